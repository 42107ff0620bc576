"""Where the pages stand that other pages send readers to."""

from wagtail.models import Locale

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
    originals = dict(
        SitePage.objects.live()
        .filter(slug__in=PLACES, locale=Locale.get_default(), depth__lte=4)
        .order_by("-depth")
        .values_list("translation_key", "slug")
    )
    shown = SitePage.objects.for_reader_now().filter(translation_key__in=originals)
    found = {
        originals[page.translation_key]: page.get_url() or ""
        for page in shown.select_related("locale")
    }
    portal = SiteSettings.objects.values_list("member_portal_url", flat=True).first()
    return found | ({"membership": portal} if portal else {})
