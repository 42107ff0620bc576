"""What the templates of other apps take from the search."""

from collections.abc import Sequence
from dataclasses import replace

from django import template
from django.urls import reverse

from pages.cards import Card
from pages.models import SitePage
from search import related
from search.narrowing import address
from search.request import parse
from search.vocabulary import Vocabulary

register = template.Library()


@register.simple_tag(takes_context=True)
def more_like_this(context: template.Context, page: SitePage) -> Sequence[Card]:
    """Return the lines on what to read after this page, for ``components/card.html``."""
    return related.more_like(page, context["request"])


@register.simple_tag(takes_context=True)
def search_address(context: template.Context, entity: str) -> str:
    """Return the address of the full search for one type, narrowed as the list on this page is."""
    parameters = context["request"].GET.copy()
    kinds = parameters.pop("kind", [])
    parameters.setlist("type", [kind for kind in kinds if kind] or [entity])
    asked = parse(parameters, Vocabulary().knows)
    return address(replace(asked.without_words(), sort=""), reverse("search"))
