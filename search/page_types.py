"""The types of things to find, collected: their coarse types, their kinds, their names."""

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from wagtail.models import get_page_models

from files.models import SiteDocument
from pages.models import SitePage
from people.models import Person
from taxonomy.models import Country

PERSON, COUNTRY, DOCUMENT = "person", "country", "document"
# What can be found and is no page; the coarse type is the only kind.
OTHERS: dict[str, type[Model]] = {PERSON: Person, COUNTRY: Country, DOCUMENT: SiteDocument}


def page_types() -> list[type[SitePage]]:
    """Return every page type that a site can have."""
    return [model for model in get_page_models() if issubclass(model, SitePage)]


def entity_names() -> set[str]:
    """Return every coarse type."""
    return {*OTHERS, *(model.entity for model in page_types())}


def entity_labels() -> dict[str, str]:
    """Return what each coarse type is called, in the reader’s language.

    Where several page types make up a coarse type, the one with a kind of the same name names it:
    plain pages stand for all pages that are neither post nor event nor anything else special.
    """
    labels: dict[str, str] = {}
    for model in page_types():
        if model.entity not in labels or model.entity in model.kinds.values:
            labels[model.entity] = heading(model._meta.verbose_name_plural)
    others = {entity: heading(model._meta.verbose_name_plural) for entity, model in OTHERS.items()}
    return labels | others


def kind_labels() -> dict[str, str]:
    """Return what one thing of each fine kind is called, in the reader’s language."""
    labels = {
        value: heading(label) for model in page_types() for value, label in model.kinds.choices
    }
    others = {entity: heading(model._meta.verbose_name) for entity, model in OTHERS.items()}
    return labels | others


def kinds_by_entity() -> dict[str, str]:
    """Return the coarse type of each fine kind."""
    kinds = {value: model.entity for model in page_types() for value in model.kinds.values}
    return kinds | {entity: entity for entity in OTHERS}


def heading(name: Promise | str) -> str:
    """Return a name as it stands at the beginning of a line, translated now."""
    return str(capfirst(str(name)))
