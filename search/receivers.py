"""When the index has to be told more than Wagtail tells it.

Wagtail indexes a page or a person at the moment their own row is saved. Authors, tags and
biographies are rows of their own, saved right after, so the index would have the old ones until
somebody saves again.
"""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.search.tasks import insert_or_update_object_task
from wagtail.signals import page_published

from people.models import Biography, Person


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
