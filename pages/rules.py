"""What a page must have before others are asked to read it. Pure: everything comes in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

FOUND_BY_TAGS = frozenset({"post", "event", "product"})
LISTED_WITH_SUMMARY = FOUND_BY_TAGS | {"group", "project"}
WITHOUT_THEME = frozenset({"announcement"})

HEADING = re.compile(r"<h([1-6])[\s>]", re.IGNORECASE)


class Missing(StrEnum):
    """What an editor still has to do; the form owns the words."""

    SUMMARY = "summary"
    THEME = "theme"
    PLACE = "place"
    ALT_TEXT = "alt-text"
    LICENCE = "licence"
    LANGUAGE = "language"
    TIME_ZONE = "time-zone"
    HEADING_ORDER = "heading-order"


@dataclass(frozen=True)
class Content:
    """What the checks look at, whatever form or page it comes from.

    ``undescribed_images`` counts the images that have no alternative text and are not marked as
    decorative; ``headings`` are the levels in the order of the text.
    """

    entity: str
    kind: str = ""
    summary: str = ""
    themes: int = 0
    places: int = 0
    licence: str = ""
    language: str = ""
    time_zone: str = ""
    undescribed_images: int = 0
    headings: Sequence[int] = field(default=())


def missing_before_submitting(content: Content) -> list[Missing]:
    """Return what is missing before this may be submitted or published, in the form’s order."""
    checks = {
        Missing.SUMMARY: content.entity in LISTED_WITH_SUMMARY and not content.summary.strip(),
        Missing.TIME_ZONE: content.entity == "event" and not content.time_zone,
        Missing.LICENCE: content.entity == "product" and not content.licence,
        Missing.ALT_TEXT: content.undescribed_images > 0,
        Missing.HEADING_ORDER: not are_headings_in_order(content.headings),
        Missing.THEME: needs_theme(content) and not content.themes,
        Missing.PLACE: content.entity in FOUND_BY_TAGS and not content.places,
        Missing.LANGUAGE: not content.language,
    }
    return [missing for missing, is_missing in checks.items() if is_missing]


def needs_theme(content: Content) -> bool:
    """Say whether readers must find this under a theme; announcements are found by date."""
    return content.entity in FOUND_BY_TAGS and content.kind not in WITHOUT_THEME


def heading_levels(html: str) -> list[int]:
    """Return the levels of the headings in a text, in order."""
    return [int(level) for level in HEADING.findall(html)]


def are_headings_in_order(levels: Sequence[int], above: int = 1) -> bool:
    """Say whether no heading goes more than one level deeper than the one before it.

    ``above`` is the level of the title over the text.
    """
    before = above
    for level in levels:
        if level > before + 1:
            return False
        before = level
    return True
