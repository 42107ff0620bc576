"""What the values of the facets are called, in the reader’s language."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import get_language_info, gettext, pgettext

from pages.filters import LEGENDS
from pages.remembered import remembered
from pages.vocabulary import known_terms
from people.models import Person
from working_groups.listed import listed_groups

from .page_types import entity_labels, heading, kind_labels, kinds_by_entity

VOCABULARIES = ("region", "theme", "country")
WITH_RECORDING = "yes"


@dataclass(frozen=True)
class Term:
    """One value of a facet: its name, the language of the name where it is not the reader’s."""

    label: str
    language: str = ""
    short: str = ""
    url: str = ""


class Vocabulary:
    """The terms of each facet by value, in the order of the vocabularies.

    A working group goes by the address of its page in the default language. People are too many
    to be remembered: their names are read for the values that a page shows, all at once.
    """

    def __init__(self):
        self._terms = remembered("search-vocabulary", _collect)
        self._people: dict[str, Term] = {}

    def knows(self, facet: str, values: Sequence[str]) -> Collection[str]:
        """Return which of the values mean something to this reader."""
        if facet == "author":
            self.read_names(values)
        return self.known(facet, values)

    def read_names(self, slugs: Iterable[str]) -> None:
        """Look up the names of those people who have a page."""
        missing = {slug for slug in slugs if slug not in self._people}
        if missing:
            names = Person.objects.public().filter(slug__in=missing).values_list("slug", "name")
            self._people |= {slug: Term(name) for slug, name in names}

    def known(self, facet: str, values: Collection[str]) -> Collection[str]:
        """Return the values that have a name here: what is not public has none."""
        if facet == "year":
            return values
        terms = self.terms(facet)
        return [value for value in values if value in terms]

    def terms(self, facet: str) -> dict[str, Term]:
        """Return the known terms of a facet by value."""
        return self._people if facet == "author" else self._terms.get(facet, {})

    def term(self, facet: str, value: str) -> Term:
        """Return the term; a value that nobody knows is its own name."""
        return self.terms(facet).get(value) or Term(value)

    def kind_label(self, kind: str) -> str:
        """Return what one thing of a kind is called."""
        return self._terms["kind"].get(kind, Term(kind)).label

    @cached_property
    def legends(self) -> dict[str, str]:
        """What each facet is called."""
        own = {
            "type": gettext("Type"),
            "author": gettext("Author"),
            "recording": gettext("Recording"),
        }
        return own | {name: str(legend) for name, legend in LEGENDS.items()}


def _collect() -> dict[str, dict[str, Term]]:
    kinds = {value: Term(label) for value, label in kind_labels().items()}
    entities = {value: Term(label) for value, label in entity_labels().items()}
    return {
        **{facet: _of_vocabulary(facet) for facet in VOCABULARIES},
        "group": {
            group.slug: Term(group.title, group.language, group.short_name, group.url)
            for group in listed_groups()
        },
        "kind": kinds,
        "type": _told_apart(kinds) | entities,
        "language": {
            code: Term(heading(get_language_info(code)["name_translated"]))
            for code, _name in settings.LANGUAGES
        },
        "recording": {WITH_RECORDING: Term(pgettext("filter", "With a recording"))},
    }


def _of_vocabulary(facet: str) -> dict[str, Term]:
    return {term.slug: Term(term.label) for term in known_terms(facet)}


def _told_apart(kinds: dict[str, Term]) -> dict[str, Term]:
    """Return the kinds; those of the same name say of which type they are."""
    labels = [term.label for term in kinds.values()]
    entities, owners = entity_labels(), kinds_by_entity()
    return {
        value: Term(f"{term.label} ({entities[owners[value]]})")
        if labels.count(term.label) > 1
        else term
        for value, term in kinds.items()
    }
