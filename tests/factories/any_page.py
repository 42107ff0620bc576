"""A page of any type, for promises that every page type has to keep."""

import datetime
import itertools

from django.db import models
from django.db.models import NOT_PROVIDED
from wagtail.models import Page

from pages.models import SitePage

_numbers = itertools.count(1)
FILLERS = {
    models.DateField: datetime.date(2026, 11, 3),
    models.TimeField: datetime.time(9),
    models.PositiveSmallIntegerField: 2026,
}
SPECIAL = {"end_time": datetime.time(10), "time_zone": "Africa/Nairobi"}


def make_page(model: type[SitePage], title: str, *, home: Page, **fields) -> SitePage:
    """Return a page of this type where the tree allows one, with every required field filled."""
    parent = home.get_parent() if model is type(home) else _parent(model, home)
    page = model(
        title=title, slug=f"{model._meta.model_name}-{next(_numbers)}", **_required(model) | fields
    )
    return parent.add_child(instance=page)


def _parent(model: type[SitePage], home: Page) -> Page:
    allowed = model.allowed_parent_page_models()
    pages = [page.specific for page in home.get_descendants(inclusive=True)]
    found = next((page for page in pages if type(page) in allowed), None)
    if found is None:
        kind = next(kind for kind in allowed if issubclass(kind, SitePage) and kind is not model)
        found = make_page(kind, "Parent", home=home)
    return found


def _required(model: type[SitePage]) -> dict:
    return {
        field.name: SPECIAL.get(field.name, _filler(field))
        for field in model._meta.local_fields
        if not field.blank
        and field.editable
        and field.default is NOT_PROVIDED
        and not field.is_relation
    }


def _filler(field: models.Field):
    return next((value for kind, value in FILLERS.items() if isinstance(field, kind)), "text")
