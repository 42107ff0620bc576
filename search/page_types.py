"""The page types of the site, collected: their coarse types, their kinds, their names."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.text import capfirst
from wagtail.models import get_page_models

from pages.models import SitePage
from people.models import Person

PERSON = "person"


def page_types() -> list[type[SitePage]]:
    """Return every page type that a site can have."""
    return [model for model in get_page_models() if issubclass(model, SitePage)]


def content_types(entities: Sequence[str]) -> list[int]:
    """Return the content types of the page types that belong to these coarse types."""
    models = [model for model in page_types() if model.entity in entities]
    return [found.pk for found in ContentType.objects.get_for_models(*models).values()]


def entities() -> dict[int, str]:
    """Return the coarse type of each page type, by content type."""
    found = ContentType.objects.get_for_models(*page_types())
    return {content_type.pk: model.entity for model, content_type in found.items()}


def entity_names() -> set[str]:
    """Return every coarse type, people included."""
    return {PERSON, *(model.entity for model in page_types())}


def entity_labels() -> dict[str, str]:
    """Return what each coarse type is called, in the reader’s language, people included.

    Where several page types make up a coarse type, the one with a kind of the same name names it:
    plain pages stand for all pages that are neither post nor event nor anything else special.
    """
    labels: dict[str, str] = {}
    for model in page_types():
        if model.entity not in labels or model.entity in model.kinds.values:
            labels[model.entity] = heading(model._meta.verbose_name_plural)
    labels[PERSON] = heading(Person._meta.verbose_name_plural)
    return labels


def kind_labels() -> dict[str, str]:
    """Return what one thing of each fine kind is called, in the reader’s language."""
    labels = {
        value: heading(label) for model in page_types() for value, label in model.kinds.choices
    }
    return labels | {PERSON: heading(Person._meta.verbose_name)}


def heading(name: Promise | str) -> str:
    """Return a name as it stands at the beginning of a line, translated now."""
    return str(capfirst(str(name)))
