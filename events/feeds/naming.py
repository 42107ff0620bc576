"""What a selection of events is called, and the shortest address that asks for it."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db.models import TextChoices
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.metadata import SITE_NAME
from pages.vocabulary import known_terms
from working_groups.listed import listed_groups

Chosen = Mapping[str, Sequence[str]]


def name_of(known: Chosen, kinds: type[TextChoices]) -> str:
    """Return “Webinar, Africa – Decentralization.Net”, or what the whole calendar is called."""
    labels = [label for name, values in known.items() for label in _labels(name, values, kinds)]
    return f"{', '.join(labels) or _('Events')} – {SITE_NAME}"


def query_of(known: Chosen) -> str:
    """Return what an address says to choose the same again."""
    return urlencode(known, doseq=True)


def _labels(name: str, values: Sequence[str], kinds: type[TextChoices]) -> list[str]:
    if name == "group":
        found = {group.slug: group.title for group in listed_groups()}
    elif name == "kind":
        found = {value: capfirst(str(label)) for value, label in kinds.choices}
    elif name == "language":
        found = {code: str(label) for code, label in settings.LANGUAGES}
    else:
        found = {term.slug: term.label for term in known_terms(name)}
    return [str(found[value]) for value in values if value in found]
