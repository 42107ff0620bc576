"""Pieces of text as the readers of formats yield them, put together to pages."""

from collections.abc import Iterable, Iterator

from .cleaning import clean
from .limits import Limits

NEXT_PAGE = "\f"  # the piece that ends a page


def pages_of(pieces: Iterable[str], limits: Limits) -> Iterator[str]:
    """Yield the clean text of each page, as many pages and letters as are kept."""
    page: list[str] = []
    number, left = 0, limits.characters
    for piece in pieces:
        if piece == NEXT_PAGE:
            yield clean("".join(page))
            page, number = [], number + 1
        else:
            page.append(piece[:left])
            left -= len(piece)
        if left <= 0 or number >= limits.pages:
            break
    if page:
        yield clean("".join(page))
