"""What Wagtail and Django tell us when content changes."""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from . import generation

FROM_WAGTAIL = (Locale, PageViewRestriction, Site)


@receiver((page_published, page_unpublished, post_page_move))
def on_page_change(**kwargs) -> None:
    """A page was published, unpublished or moved."""
    generation.renew()


@receiver(post_save)
def on_save(sender: type[Model], instance: Model, **kwargs) -> None:
    """Something that pages show was saved; a draft is not shown, and only updates some fields."""
    if isinstance(instance, Page):
        shown = instance.live and kwargs.get("update_fields") is None
    else:
        shown = _shows_on_pages(instance)
    if shown:
        generation.renew()


@receiver(m2m_changed)
def on_relation(instance: Model, action: str, **kwargs) -> None:
    """Terms of something that pages show were chosen anew."""
    if action.startswith("post_") and _shows_on_pages(instance):
        generation.renew()


@receiver(post_delete)
def on_delete(sender: type[Model], instance: Model, **kwargs) -> None:
    """Something that pages show is gone."""
    if isinstance(instance, Page) or _shows_on_pages(instance):
        generation.renew()


def _shows_on_pages(instance: Model) -> bool:
    return getattr(instance, "shows_on_pages", False) or isinstance(instance, FROM_WAGTAIL)
