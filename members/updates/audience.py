"""How many people hear of a page, in words for those who are about to publish it."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Item
from pages.models import SitePage

from .items import followers, topics_of


def in_words(page: SitePage) -> str:
    """Return whom publishing this page tells, or what became of it."""
    item = page.pk and Item.objects.filter(family=page.translation_key).first()
    if item:
        return _("Nobody was told.") if item.hidden_at else _("Its followers are being told.")
    if page.live:
        return _("It was published before; nobody will be told.")
    people = followers(topics_of(page))
    if not people.everybody:
        return _("Nobody follows its group and tags yet.")
    words = ngettext(
        "By its group and tags, %(all)s person follows it: %(instant)s at once, %(daily)s daily, "
        "%(weekly)s weekly.",
        "By its group and tags, %(all)s people follow it: %(instant)s at once, %(daily)s daily, "
        "%(weekly)s weekly.",
        people.everybody,
    )
    return words % {
        "all": localize(people.everybody),
        "instant": localize(people.instant),
        "daily": localize(people.daily),
        "weekly": localize(people.weekly),
    }
