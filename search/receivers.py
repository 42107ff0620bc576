"""What Django and Wagtail tell us when something changes that can be found.

Everything ends as a row of the outbox, in the transaction that makes the change. Wagtail’s own
signals come after that transaction or not at all (a move, a new address, an alias that follows its
page), so it is the saving and the deleting of rows to which we listen.
"""

from collections.abc import Collection
from typing import Any

from django.core.signals import request_finished
from django.db import connection
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.search.tasks import insert_or_update_object_task
from wagtail.signals import page_published

from people.models import Biography, Person
from search import usage
from search.projection import causes, changes
from working_groups.models import Role

# What a page’s row says of drafts, locks and the rows below it, which no reader sees.
UNSEEN = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)
# Wagtail’s and modeladmin’s views save these rows in no transaction.
SAVED_ALONE = (CollectionViewRestriction, PageViewRestriction, Role)
PAST = "_past_for_the_search"


@receiver(pre_save)
def look_before_saving(
    instance: Model, raw: bool, update_fields: Collection[str] | None, **kwargs
) -> None:
    """Remember what the row was, and announce it where nothing holds row and mark together.

    Who loads rows of a dump builds everything afterwards.
    """
    if raw or not _is_seen(instance, update_fields):
        return
    past = causes.past_of(instance)
    setattr(instance, PAST, past)
    if isinstance(instance, SAVED_ALONE) and not connection.in_atomic_block:
        changes.announce(*causes.saved(instance, past))


@receiver(post_save)
def mark_saved(instance: Model, **kwargs) -> None:
    """Mark what the saving of the row changes."""
    past = instance.__dict__.pop(PAST, None)
    if past is not None:
        changes.mark(*causes.saved(instance, past))


@receiver(pre_delete)
def mark_deleted(instance: Model, origin: Any = None, **kwargs) -> None:
    """Mark what the deletion of the row changes, unless it goes with something greater."""
    goes_alone = getattr(origin, "model", type(origin)) is type(instance)
    if goes_alone or not causes.is_part(instance):
        changes.mark(*causes.deleted(instance))


@receiver(m2m_changed)
def mark_linked(
    instance: Model, action: str, reverse: bool, model: type[Model], pk_set, **kwargs
) -> None:
    """Mark the rows whose links have changed: further groups, those who may read."""
    if not action.startswith("post_"):
        return
    rows = model._base_manager.filter(pk__in=pk_set or ()) if reverse else [instance]
    for row in rows:
        changes.mark(*causes.saved(row, causes.past_of(row)))


def _is_seen(instance: Model, update_fields: Collection[str] | None) -> bool:
    is_page = isinstance(instance, Page)
    return not (is_page and update_fields is not None and UNSEEN.issuperset(update_fields))


# Wagtail’s own index, in which the admin searches -----------------------------------------------
#
# It takes a page or a person at the moment their own row is saved. Authors, tags and biographies
# are saved right after, so it would have the old ones until somebody saves again.


@receiver(page_published)
def index_page(sender: type[Page], instance: Page, **kwargs) -> None:
    """Index a page that was published, now that its tags and authors are saved."""
    _index(sender, instance.pk)


@receiver([post_save, post_delete], sender=Biography)
def index_person(sender: type[Biography], instance: Biography, **kwargs) -> None:
    """Index the person whose biography has changed; nothing when the person went with it."""
    if not kwargs.get("raw") and Person.objects.filter(pk=instance.person_id).exists():
        _index(Person, instance.person_id)


def _index(model: type[Model], pk: int) -> None:
    insert_or_update_object_task.enqueue(model._meta.app_label, model._meta.model_name, str(pk))


@receiver(request_finished)
def write_usage(**kwargs) -> None:
    """Count what was searched, now that the reader has the answer."""
    usage.write_pending()
