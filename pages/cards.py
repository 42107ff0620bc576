"""What one line about a page shows; ``card_lists`` loads and renders many of them."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import pgettext
from wagtail.models import Page

from taxonomy.models import Term

from .pictures import CARD_SPECS, Picture, picture


@dataclass(frozen=True)
class Label:
    """A small mark with a link: a group, a region, a theme, a country."""

    label: str
    url: str
    slug: str
    kind: str
    language: str = ""


@dataclass(frozen=True)
class Card:
    """What ``components/card.html`` shows."""

    url: str
    title: str
    language: str
    kind_label: str
    summary: str
    date: datetime.date | None = None
    date_label: str = ""
    labels: Sequence[Label] = ()
    people: str = ""
    image: Picture | None = None
    note: str = ""
    status: str = ""
    status_label: str = ""


@dataclass
class Surroundings:
    """What was loaded in bulk beside the pages of a list."""

    time_zone: datetime.tzinfo | None
    authors: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[int, list[Label]] = field(default_factory=lambda: defaultdict(list))


def short_date(day: datetime.date) -> str:
    """Return a day as lists show it: 5 Nov 2026."""
    return date_format(day, pgettext("format of a date", "j M Y"))


def term_label(term: Term, kind: str) -> Label:
    """Return the mark of a region, theme, sector or country."""
    return Label(
        label=getattr(term, "short_label", term.label),
        url=term.get_absolute_url(),
        slug=term.slug,
        kind=kind,
    )


def card(page: Page, around: Surroundings, **differences) -> Card:
    """Return the line about a specific page; ``differences`` replace what its type shows else."""
    own = [label for label in (page.group_label(),) if label]
    said = {label.label for label in own}  # a regional group need not be followed by its region
    others = [label for label in around.terms[page.pk] if label.label not in said]
    facts = {
        "url": page.get_url() or "",
        "title": page.title,
        "language": page.language,
        "kind_label": page.kind_label,
        "summary": page.summary,
        "date": page.date,
        "date_label": short_date(page.date) if page.date else "",
        "labels": (*own, *others),
        "people": ", ".join(around.authors[page.pk]),
        "image": picture(page.listing_image, CARD_SPECS, alt=""),
    }
    return Card(**(facts | differences))
