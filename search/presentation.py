"""What the page and the JSON say about a search, from plain facts."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, pgettext

from pages.cards import Card, Label, short_date
from pages.filters import LEGENDS, Facet, Option
from pages.listings import Chip
from pages.quotation import quoted

from .page_types import entity_names
from .request import FACETS, SORTS, SearchRequest
from .results import Result
from .vocabulary import Vocabulary

SHOWN = 7


@dataclass(frozen=True)
class Order:
    """A way to sort the results."""

    label: str
    url: str
    current: bool


def legends() -> dict[str, str]:
    """Return what each facet is called."""
    return {"type": gettext("Type")} | {name: str(legend) for name, legend in LEGENDS.items()}


def facets(
    asked: SearchRequest, counts: dict[str, Counter[str]], vocabulary: Vocabulary
) -> list[Facet]:
    """Return the facets that could narrow this search or do, the most frequent values first."""
    names = legends()
    shown = []
    for facet in FACETS:
        options = list(_options(facet, asked, counts[facet], vocabulary))
        front = [option for option in options if _stands_in_front(facet, option.value)][:SHOWN]
        more = [option for option in options if option not in front]
        more_open = any(option.checked for option in more)
        if options:
            shown.append(Facet(facet, names[facet], tuple(front), tuple(more), more_open))
    return shown


def chips(asked: SearchRequest, vocabulary: Vocabulary, path: str) -> list[Chip]:
    """Return the criteria in use, the words first, each with the address without it."""
    names = legends()
    words = [Chip(quoted(asked.q), "", address(asked.without_words(), path))] if asked.q else []
    return words + [
        Chip(
            vocabulary.term(facet, value).label,
            names[facet],
            address(asked.without(facet, value), path),
            vocabulary.term(facet, value).language,
        )
        for facet, value in asked.criteria()
    ]


def orders(asked: SearchRequest, path: str) -> list[Order]:
    """Return the ways to sort; by relevance only where there are words."""
    labels = {
        "relevance": pgettext("sorting", "Most relevant"),
        "newest": pgettext("sorting", "Newest"),
        "oldest": pgettext("sorting", "Oldest"),
    }
    return [
        Order(labels[sort], address(asked.sorted_by(sort), path), sort == asked.order)
        for sort in SORTS
        if asked.q or sort != "relevance"
    ]


def hidden_fields(asked: SearchRequest) -> list[dict[str, str]]:
    """Return what the form of the facets sends along: the words and the order."""
    fields = {"q": asked.q, "sort": asked.sort}
    return [{"name": name, "value": value} for name, value in fields.items() if value]


def theme_links(counts: Counter[str], vocabulary: Vocabulary, path: str) -> list[dict[str, str]]:
    """Return links to the results of the most frequent themes."""
    return [
        {
            "label": vocabulary.term("theme", value).label,
            "url": address(SearchRequest(theme=(value,)), path),
        }
        for value, _number in counts.most_common(SHOWN)
    ]


def address(asked: SearchRequest, path: str) -> str:
    """Return the canonical address of a search."""
    return f"{path}?{asked.query_string}" if asked.query_string else path


def card(result: Result) -> Card:
    """Return the line about a result; the hits in its text are marked."""
    term = result.group_term
    labels = (
        [Label(term.short or term.label, term.url, result.group, "group", term.language)]
        if term and result.type != "group"
        else []
    )
    return Card(
        url=result.url,
        title=result.title,
        language=result.language,
        kind_label=result.kind_label,
        summary=result.snippet.html,
        date=result.date,
        date_label=short_date(result.date) if result.date else "",
        labels=labels,
    )


def as_json(result: Result, request: HttpRequest) -> dict[str, Any]:
    """Return a result as other programs read it; ``snippet_html`` has the hits marked."""
    return {
        "title": result.title,
        "url": request.build_absolute_uri(result.url),
        "type": result.type,
        "kind": result.kind,
        "date": result.date.isoformat() if result.date else None,
        "language": result.language or None,
        "group": result.group or None,
        "snippet": result.snippet.text,
        "snippet_html": result.snippet.html,
    }


def facets_as_json(shown: list[Facet]) -> dict[str, list[dict[str, Any]]]:
    """Return the facets as other programs read them."""
    return {
        facet.name: [
            {
                "value": option.value,
                "label": option.label,
                "count": option.count,
                "selected": option.checked,
            }
            for option in (*facet.options, *facet.more)
        ]
        for facet in shown
    }


def _options(
    facet: str, asked: SearchRequest, counts: Counter[str], vocabulary: Vocabulary
) -> Iterator[Option]:
    """Yield the values that have results or are chosen, in the order of their facet."""
    chosen = asked.chosen(facet)
    values = {value for value, number in counts.items() if value and number} | set(chosen)
    for value in sorted(values, key=_place(facet, counts, vocabulary)):
        term = vocabulary.term(facet, value)
        yield Option(value, term.label, counts[value], value in chosen, term.language)


def _place(facet: str, counts: Counter[str], vocabulary: Vocabulary) -> Callable[[str], tuple]:
    """Return the key that sorts values: regions as the menu does, years back, else by number."""
    if facet == "region":
        order = {value: place for place, value in enumerate(vocabulary.terms[facet])}
        return lambda value: (order.get(value, len(order)), value)
    if facet == "year":
        return lambda value: (-int(value),)
    return lambda value: (-counts[value], vocabulary.term(facet, value).label, value)


def _stands_in_front(facet: str, value: str) -> bool:
    """Coarse types come first; their kinds are among what “more” opens."""
    return facet != "type" or value in entity_names()
