"""What the values of the facets are called, in the reader’s language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info

from pages.remembered import remembered
from pages.vocabulary import known_terms
from working_groups.listed import listed_groups

from .page_types import entity_labels, heading, kind_labels

VOCABULARIES = ("region", "theme", "country")


@dataclass(frozen=True)
class Term:
    """One value of a facet: its name, the language of the name where it is not the reader’s."""

    label: str
    language: str = ""
    short: str = ""
    url: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of each facet by value, in the order of the vocabularies, and the values by id.

    A working group goes by the address of its page in the default language, under the id of
    each language version.
    """

    terms: dict[str, dict[str, Term]]
    values: dict[str, dict[int, str]]

    def term(self, facet: str, value: str) -> Term:
        """Return the term; a value that nobody knows is its own name."""
        return self.terms.get(facet, {}).get(value) or Term(value)

    def group_ids(self, values: Sequence[str]) -> list[int]:
        """Return the ids of all language versions of these groups."""
        return [pk for pk, value in self.values["group"].items() if value in values]


def vocabulary() -> Vocabulary:
    """Return the terms in the reader’s language, remembered until the content changes."""
    return remembered("search-vocabulary", _collect)


def _collect() -> Vocabulary:
    terms: dict[str, dict[str, Term]] = {}
    values: dict[str, dict[int, str]] = {}
    for facet in VOCABULARIES:
        found = known_terms(facet)
        terms[facet] = {term.slug: Term(term.label) for term in found}
        values[facet] = {term.pk: term.slug for term in found}
    groups = listed_groups()
    terms["group"] = {
        group.slug: Term(group.title, group.language, group.short_name, group.url)
        for group in groups
    }
    values["group"] = {pk: group.slug for group in groups for pk in group.pks}
    kinds = kind_labels()
    terms["kind"] = {value: Term(label) for value, label in kinds.items()}
    terms["type"] = {value: Term(label) for value, label in (kinds | entity_labels()).items()}
    terms["language"] = {
        code: Term(heading(get_language_info(code)["name_translated"]))
        for code, _name in settings.LANGUAGES
    }
    return Vocabulary(terms, values)
