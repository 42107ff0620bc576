"""The part of an address that stands for somebody or something with a name."""

from collections.abc import Collection

from django.db.models import Model
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

LONGEST = 140


def free_slug(
    model: type[Model], name: str, *, fallback: str, reserved: Collection[str] = ()
) -> str:
    """Return a slug made of the name that no row of the model has yet, numbered if need be.

    Names in other scripts are spelt in Latin letters; a name without letters gives ``fallback``.
    """
    wanted = slugify(string_to_ascii(name))[:LONGEST].strip("-") or fallback
    rows = model._default_manager.filter(slug__startswith=wanted)
    taken = {*rows.values_list("slug", flat=True), *reserved}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
