"""A system check: every page type says what search needs to know about it."""

import re
from collections.abc import Iterator

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models
from wagtail.fields import StreamField

from pages.models import SitePage

from .page_types import PERSON, page_types

ONE_WORD = re.compile(r"[a-z][a-z-]*")
TEXT_FIELDS = (models.TextField, StreamField)


@register(Tags.models)
def check_page_types(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Return an error for each page type that forgot to declare something, by name."""
    models_to_check = [model for model in page_types() if model is not SitePage]
    return [
        *(error for model in models_to_check for error in missing(model)),
        *ambiguous(models_to_check),
    ]


def missing(model: type[SitePage]) -> Iterator[Error]:
    """Yield what one page type does not declare itself."""
    if "kinds" not in vars(model):
        yield _error(model, "E001", "does not declare its own kinds.")
    if not ONE_WORD.fullmatch(model.entity) or model.entity == PERSON:
        yield _error(model, "E002", f"has no usable entity: “{model.entity}”.")
    texts = _texts(model)
    if texts and "search_fields" not in vars(model):
        names = ", ".join(texts)
        yield _error(model, "E003", f"has texts of its own ({names}) but no search_fields.")
    if texts and not {"findable", "findable_texts"} & set(vars(model)):
        names = ", ".join(texts)
        yield _error(
            model,
            "E005",
            f"has texts of its own ({names}) but neither findable_texts nor findable().",
        )
    yield from unknown_texts(model)


def unknown_texts(model: type[SitePage]) -> Iterator[Error]:
    """Yield what a page type declares as its text and does not have."""
    fields = {field.name for field in model._meta.get_fields()}
    for name in model.findable_texts:
        if name not in fields:
            yield _error(model, "E006", f"has no field “{name}”, which its findable_texts name.")


def ambiguous(models_to_check: list[type[SitePage]]) -> Iterator[Error]:
    """Yield a kind that means two things, so that ``?type=`` could not tell which is meant."""
    meanings = {model.entity: model.entity for model in models_to_check} | {PERSON: PERSON}
    for model in models_to_check:
        for kind in model.kinds.values:
            if meanings.setdefault(kind, model.entity) != model.entity:
                yield _error(model, "E004", f"has the kind “{kind}”, which {meanings[kind]} has.")


def _texts(model: type[SitePage]) -> list[str]:
    return [field.name for field in model._meta.local_fields if isinstance(field, TEXT_FIELDS)]


def _error(model: type[SitePage], number: str, what: str) -> Error:
    return Error(f"{model._meta.label} {what}", obj=model, id=f"search.{number}")
