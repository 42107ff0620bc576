"""Telling nobody of a page any more, by hand, and telling them after all."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from wagtail.log_actions import log

from mail.models import Cadence, Delivery, DeliveryState
from members.models import Item
from members.updates import clock, items
from members.updates.planning import INSTANT
from pages.models import SitePage

TAKEN_BACK, TOLD_AFTER_ALL = "members.take_back", "members.tell_after_all"


@dataclass(frozen=True)
class News:
    """Something of which followers are told: a page, and what of it is new."""

    page: SitePage
    what: str = Item.What.PUBLISHED.value


@transaction.atomic
def take_back(news: News, by: AbstractBaseUser, now: datetime.datetime) -> bool:
    """Tell nobody of this any more, also not by mails that wait; ``False`` if that was so before.

    What nobody was told of yet, as it was published minutes ago, is never told.
    """
    what = Item.What(news.what)
    made = items.make(news.page, what, items.published_at(news.page, what) or now, hidden_at=now)
    row = Item.objects.filter(family=news.page.translation_key, what=news.what, hidden_at=None)
    if not made and not row.update(hidden_at=now):
        return False
    log(instance=news.page, action=TAKEN_BACK, user=by)
    return True


@transaction.atomic
def tell_after_all(item: Item, by: AbstractBaseUser) -> bool:
    """Let an item stand in digests again; ``False`` if it did.

    It keeps its day: what is older than the next digest reaches back is not told any more.
    """
    if not Item.objects.filter(pk=item.pk, hidden_at__isnull=False).update(hidden_at=None):
        return False
    page = item.page.specific
    items.put_under_topics(item, page)
    log(instance=page, action=TOLD_AFTER_ALL, user=by)
    return True


def held_back(now: datetime.datetime) -> QuerySet[Item]:
    """Return what nobody is told of, as long as it could still stand in a digest.

    Not what was there when updates began: that was never to be told.
    """
    young = Item.objects.filter(published_at__gt=now - clock.LENGTH[Cadence.WEEKLY])
    return young.filter(hidden_at__isnull=False).exclude(hidden_at=F("published_at"))


def told_already(item: Item) -> int:
    """Return how many people were sent this at once; digests are not counted."""
    sent = Delivery.objects.filter(key__startswith=f"{INSTANT}:{item.pk}:")
    return sent.filter(state__in=(DeliveryState.SENT, DeliveryState.UNKNOWN)).count()
