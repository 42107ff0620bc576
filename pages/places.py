"""Where the pages stand that other pages send readers to."""

from django.conf import settings
from django.utils.translation import get_language

from .models import SitePage
from .remembered import remembered
from .settings import SiteSettings

# By the slug that they have in the default language, wherever they stand in the tree.
PLACES = (
    "about",
    "contact",
    "membership",
    "policies-and-disclosures",
    "resources-for-co-chairs-and-members",
    "start-or-join-a-group",
    "blog",
    "events",
    "groups",
    "library",
    "projects",
)


def places() -> dict[str, str]:
    """Return the addresses of well-known pages by slug, for the reader’s language.

    What nobody has made yet is left out. “Membership” leads to the outside portal if one is set.
    """
    return remembered("places", _find)


def _find() -> dict[str, str]:
    originals = list(
        SitePage.objects.live()
        .filter(slug__in=PLACES, locale__language_code=settings.LANGUAGE_CODE, depth__lte=4)
        .select_related("locale")
        .order_by("-depth")
    )
    slugs = {page.translation_key: page.slug for page in originals}
    shown = originals
    if get_language() != settings.LANGUAGE_CODE:
        shown = SitePage.objects.for_reader_now().filter(translation_key__in=slugs)
        shown = shown.select_related("locale")
    found = {slugs[page.translation_key]: page.get_url() or "" for page in shown}
    portal = SiteSettings.objects.values_list("member_portal_url", flat=True).first()
    return found | ({"membership": portal} if portal else {})
