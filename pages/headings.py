"""Headings inside texts: addresses for each, and the list that stands above a long text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import slugify

HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<inner>.*?)</h2>", re.DOTALL)
FEWEST = 4


@dataclass(frozen=True)
class Heading:
    label: str
    anchor: str


def anchored(html: str, part: int = 1) -> tuple[str, list[Heading]]:
    """Return the HTML with an ``id`` on each second-level heading, and those headings.

    ``part`` counts the pieces of which a text is made, so that no two pieces share an address.
    """
    found: list[Heading] = []

    def with_id(match: re.Match) -> str:
        label = unescape(strip_tags(match["inner"])).strip()
        base = slugify(label, allow_unicode=True) or "part"
        number = sum(heading.anchor.startswith(base) for heading in found) + 1
        steps = [base, *([str(part)] if part > 1 else []), *([str(number)] if number > 1 else [])]
        found.append(Heading(label, "-".join(steps)))
        return f'<h2{match["attributes"]} id="{found[-1].anchor}">{match["inner"]}</h2>'

    return HEADING.sub(with_id, html), found


def contents(body: Iterable) -> list[Heading]:
    """Return the second-level headings of a body of blocks; none when a text has only a few."""
    found = [
        heading
        for part, block in enumerate(body, start=1)
        if block.block_type == "paragraph"
        for heading in anchored(block.value.source, part)[1]
    ]
    return found if len(found) >= FEWEST else []
