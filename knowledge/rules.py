"""What state a product is in, and which of its files suits a reader best."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class State(StrEnum):
    """Where a product is in its life, as readers are told."""

    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    FORTHCOMING = "forthcoming"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


STATUSES = {
    "published": State.PUBLISHED,
    "forthcoming": State.FORTHCOMING,
    "draft-for-comment": State.DRAFT,
    "withdrawn": State.WITHDRAWN,
}


def state(status: str, *, is_superseded: bool) -> State:
    """Return the state; that there is a newer edition matters more than the edition’s own status.

    Only a withdrawal goes before it.
    """
    own = STATUSES.get(status, State.PUBLISHED)
    if own is State.WITHDRAWN or not is_superseded:
        return own
    return State.SUPERSEDED


def first_file(files: Sequence[Mapping], languages: Sequence[str]) -> Mapping | None:
    """Return the file to offer first: in the first of these languages, a PDF before others.

    Files without an address are not at hand and are not offered.
    """
    at_hand = [file for file in files if file["url"]]
    wishes = {language: place for place, language in reversed(list(enumerate(languages)))}

    def rank(file: Mapping) -> tuple[int, bool]:
        return wishes.get(file["language"], len(languages)), file["format"] != "PDF"

    return min(at_hand, key=rank, default=None)
