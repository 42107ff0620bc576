"""How a search can be narrowed and widened: facets, criteria in use, orders, addresses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import pgettext

from pages.filters import Facet, Option
from pages.listings import Chip
from pages.quotation import quoted

from .engines.answers import FACETS, Answer
from .page_types import entity_names
from .request import SORTS, SearchRequest
from .vocabulary import Vocabulary

Counts = Mapping[str, Mapping[str, int]]
SHOWN = 7
MOST_OPTIONS = {"author": 30}  # whoever looks for somebody rarer types the name
LONGEST_UNKNOWN = 60


@dataclass(frozen=True)
class Notes:
    """What a reader must know to understand the results, as ``components/search_notes.html`` says.

    ``meant`` is a better spelling and ``meant_url`` leads to it; with ``typed`` the results are
    already those of the better spelling, and ``typed_url`` leads back to what was typed.
    """

    meant: str = ""
    meant_url: str = ""
    typed: str = ""
    typed_url: str = ""
    relaxed: bool = False
    basic: bool = False
    partial: bool = False


@dataclass(frozen=True)
class Order:
    """A way to sort the results."""

    label: str
    url: str
    current: bool


def facets(asked: SearchRequest, counts: Counts, vocabulary: Vocabulary) -> list[Facet]:
    """Return the facets that could narrow this search or do, the most frequent values first."""
    vocabulary.read_names(_most_frequent(counts.get("author", {}), MOST_OPTIONS["author"]))
    shown = []
    for facet in FACETS:
        options = list(_options(facet, asked, counts.get(facet, {}), vocabulary))
        front = [option for option in options if _stands_in_front(facet, option.value)][:SHOWN]
        more = [option for option in options if option not in front]
        if facet == "country":
            more.sort(key=lambda option: option.label)
        more_open = any(option.checked for option in more)
        if options:
            legend = vocabulary.legends[facet]
            shown.append(Facet(facet, legend, tuple(front), tuple(more), more_open))
    return shown


def can_narrow(facet: Facet, total: int) -> bool:
    """Return whether the facet is of use: some choice leads to other results."""
    options = (*facet.options, *facet.more)
    return len(options) > 1 or any(option.checked or option.count < total for option in options)


def chips(asked: SearchRequest, vocabulary: Vocabulary, path: str) -> list[Chip]:
    """Return the criteria in use, the words first, each with the address without it."""
    words = [Chip(quoted(asked.q), "", address(asked.without_words(), path))] if asked.q else []
    return words + [
        _chip(facet, value, asked, vocabulary, path) for facet, value in asked.criteria()
    ]


def ways_out(asked: SearchRequest, counts: Counts, vocabulary: Vocabulary, path: str) -> list[Chip]:
    """Return the criteria without which something would be found, for who found nothing.

    Each facet was counted without itself, so the counts know already where it helps.
    """
    return [
        _chip(facet, value, asked, vocabulary, path)
        for facet, values in asked.in_use.items()
        if len(values) == 1 and any(counts.get(facet, {}).values())
        for value in values
    ]


def notes(asked: SearchRequest, answer: Answer, path: str) -> Notes:
    """Return what there is to say about how the results came about."""
    meant, corrected = answer.did_you_mean, answer.corrected
    return Notes(
        meant=meant,
        meant_url=address(asked.with_words(meant), path) if meant else "",
        typed=asked.q if corrected else "",
        typed_url=address(asked.with_words(asked.q, exact=True), path) if corrected else "",
        relaxed=answer.relaxed and answer.total > 0,
        basic=answer.basic,
        partial=answer.partial,
    )


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
    fields = {"q": asked.q, "exact": "1" if asked.exact else "", "sort": asked.sort}
    return [{"name": name, "value": value} for name, value in fields.items() if value]


def criteria_fields(asked: SearchRequest) -> list[dict[str, str]]:
    """Return what the box for the words sends along: the criteria in use."""
    return [{"name": facet, "value": value} for facet, value in asked.criteria()]


def unknown_words(asked: SearchRequest, vocabulary: Vocabulary) -> str:
    """Return what was left out because nothing goes by that name, as a list of words."""
    return " · ".join(
        f"{vocabulary.legends[facet]}: {quoted(value[:LONGEST_UNKNOWN])}"
        for facet, value in asked.unknown[:SHOWN]
    )


def theme_links(
    counts: Mapping[str, int], vocabulary: Vocabulary, path: str
) -> list[dict[str, str]]:
    """Return links to the results of the most frequent themes."""
    terms = vocabulary.terms("theme")
    known = {value: number for value, number in counts.items() if value in terms}
    return [
        {
            "label": terms[value].label,
            "url": address(SearchRequest(theme=(value,)), path),
        }
        for value in _most_frequent(known, SHOWN)
    ]


def address(asked: SearchRequest, path: str) -> str:
    """Return the canonical address of a search."""
    return f"{path}?{asked.query_string}" if asked.query_string else path


def address_in(form: str, asked: SearchRequest, path: str) -> str:
    """Return the canonical address of the same search as JSON or as a feed."""
    parameters = asked.parameters
    parameters["format"] = form
    return f"{path}?{parameters.urlencode()}"


def feed_of(asked: SearchRequest) -> SearchRequest:
    """Return the search that its feed answers: the newest, from the start."""
    return replace(asked, page=1, sort="", format="rss")


def _chip(facet: str, value: str, asked: SearchRequest, vocabulary: Vocabulary, path: str) -> Chip:
    term = vocabulary.term(facet, value)
    without = address(asked.without(facet, value), path)
    return Chip(term.label, vocabulary.legends[facet], without, term.language)


def _options(
    facet: str, asked: SearchRequest, counts: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[Option]:
    """Yield the values that have results or are chosen, in the order of their facet."""
    chosen = asked.chosen(facet)
    found = {value for value, number in counts.items() if value and number}
    known = vocabulary.known(facet, {*found, *chosen})
    for value in sorted(known, key=_place(facet, counts, vocabulary)):
        term = vocabulary.term(facet, value)
        yield Option(value, term.label, counts.get(value, 0), value in chosen, term.language)


def _place(facet: str, counts: Mapping[str, int], vocabulary: Vocabulary) -> Callable[[str], tuple]:
    """Return the key that sorts values: regions as the menu does, years back, else by number."""
    if facet == "region":
        order = {value: place for place, value in enumerate(vocabulary.terms(facet))}
        return lambda value: (order[value],)
    if facet == "year":
        return lambda value: (-int(value),)
    return lambda value: (-counts.get(value, 0), vocabulary.term(facet, value).label, value)


def _stands_in_front(facet: str, value: str) -> bool:
    """Coarse types come first; their kinds are among what “more” opens."""
    return facet != "type" or value in entity_names()


def _most_frequent(counts: Mapping[str, int], number: int) -> list[str]:
    return sorted(counts, key=lambda value: (-counts[value], value))[:number]
