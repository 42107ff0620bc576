"""What a mail says of one item: drawn once for each language and clock, then only put together."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from events import times
from events.models import EventPage
from members.models import Item, ItemTopic
from pages import card_lists, generation
from pages.cards import short_date

from .clock import clock_of
from .items import readable, told_now


@dataclass(frozen=True)
class Line:
    """An item in a mail: its title, and all of it as HTML and as text."""

    title: str
    kind: str
    group: str
    html: str
    text: str
    topics: frozenset[int]


class Drawn:
    """The lines that this process drew, until the content changes."""

    MOST = 20_000

    def __init__(self) -> None:
        self._generation = ""
        self._lines: dict[tuple[str, str, int], Line | None] = {}

    def lines(
        self, items: Collection[int], language: str, zone: str, now: datetime.datetime
    ) -> list[Line]:
        """Return the lines of those items that may be told now, in the order given."""
        self._forget_what_is_old()
        missing = [item for item in items if (language, zone, item) not in self._lines]
        if missing:
            found = draw(missing, language, zone, now)
            self._lines |= {(language, zone, item): found.get(item) for item in missing}
        lines = (self._lines[language, zone, item] for item in items)
        return [line for line in lines if line]

    def _forget_what_is_old(self) -> None:
        current = generation.current()
        if current != self._generation or len(self._lines) > self.MOST:
            self._generation, self._lines = current, {}


drawn = Drawn()


def draw(
    items: Collection[int], language: str, zone: str, now: datetime.datetime
) -> dict[int, Line]:
    """Return the lines of items in a language, with the times of events on a clock."""
    found = list(told_now(now).filter(pk__in=items).select_related("page"))
    chosen = _versions(found, language)
    pages = {page.pk: page for page in card_lists.load(set(chosen.values()))}
    topics: dict[int, set[int]] = defaultdict(set)
    for item, topic in ItemTopic.objects.filter(item__in=found).values_list("item_id", "topic_id"):
        topics[item].add(topic)
    with override(language):
        return {
            item.pk: line_of(item, pages[chosen[item.pk]], frozenset(topics[item.pk]), zone)
            for item in found
            if chosen[item.pk] in pages
        }


def _versions(items: Collection[Item], language: str) -> Mapping[int, int]:
    """Return the page in which each item is read in this language, or its own page."""
    translated = dict(
        readable()
        .filter(translation_key__in={item.family for item in items}, locale__language_code=language)
        .values_list("translation_key", "pk")
    )
    return {item.pk: translated.get(item.family, item.page_id) for item in items}


def line_of(item: Item, page: Page, topics: frozenset[int], zone: str) -> Line:
    """Return what a mail says of an item, in the language that is active."""
    group = page.group_label()
    is_event = isinstance(page, EventPage)
    is_recording = item.what == Item.What.RECORDING
    facts = {
        "title": page.title,
        "language": page.language,
        "url": page.full_url,
        "kind": _("Recording") if is_recording else capfirst(page.kind_label),
        "group": group.label if group else "",
        "when": _when(page, zone) if is_event and not is_recording else "",
        "day": short_date(page.date) if page.date and not is_event else "",
        "summary": page.summary,
    }
    return Line(
        title=page.title,
        kind=facts["kind"],
        group=facts["group"],
        html=render_to_string("mail/members/update_line.html", facts).strip(),
        text=render_to_string("mail/members/update_line.txt", facts).strip(),
        topics=topics,
    )


def _when(page: EventPage, zone: str) -> str:
    """Return when an event is, on the reader’s clock."""
    words = times.in_one_line(page, clock_of(zone))
    if not words:
        return _("Date to come")
    state = times.lasting_state(page).label
    return f"{state}: {words}" if state else words
