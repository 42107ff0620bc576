"""What the values of the facets are called, in the reader’s language."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale

from pages import generation
from taxonomy.models import Country, Region, Theme
from working_groups.models import WorkingGroupPage

from .page_types import entity_labels, heading, kind_labels

KEEP_SECONDS = 86_400
TERMS = {"region": Region, "theme": Theme, "country": Country}


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
    """Return the terms in the reader’s language; from the cache while nothing has changed."""
    key = f"search-vocabulary:{generation.current()}:{get_language()}"
    known = caches["default"].get(key)
    if known is None:
        known = _collect()
        caches["default"].set(key, known, KEEP_SECONDS)
    return known


def _collect() -> Vocabulary:
    terms: dict[str, dict[str, Term]] = {}
    values: dict[str, dict[int, str]] = {}
    for facet, model in TERMS.items():
        found = list(model.objects.all())
        terms[facet] = {term.slug: Term(term.label) for term in found}
        values[facet] = {term.pk: term.slug for term in found}
    terms["group"], values["group"] = _groups()
    kinds = kind_labels()
    terms["kind"] = {value: Term(label) for value, label in kinds.items()}
    terms["type"] = {value: Term(label) for value, label in (kinds | entity_labels()).items()}
    terms["language"] = {
        code: Term(heading(get_language_info(code)["name_translated"]))
        for code, _name in settings.LANGUAGES
    }
    return Vocabulary(terms, values)


def _groups() -> tuple[dict[str, Term], dict[int, str]]:
    """Return the public groups by value, and the value of each language version of them."""
    versions: dict[str, dict[int, WorkingGroupPage]] = defaultdict(dict)
    groups = WorkingGroupPage.objects.live().public().filter(alias_of__isnull=True)
    for group in groups.order_by("path"):
        versions[group.translation_key][group.locale_id] = group
    default, active = Locale.get_default().pk, Locale.get_active().pk
    terms, values = {}, {}
    for by_locale in versions.values():
        first = next(iter(by_locale.values()))
        original = by_locale.get(default, first)
        shown = by_locale.get(active, original)
        terms[original.slug] = Term(
            shown.title, shown.language, shown.short_name, shown.get_url() or ""
        )
        values |= {group.pk: original.slug for group in by_locale.values()}
    return terms, values
