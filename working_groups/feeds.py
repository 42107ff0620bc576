"""The feed of a working group."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from pages.feeds import Source, answer
from pages.metadata import SITE_NAME
from pages.models import SitePage

from .models import WorkingGroupPage
from .sections import work

# By the reverse names under which a group is given its work.
NEWS = ("blog", "events", "knowledge")


def group_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return the newest posts, meetings and products of a group, by its slug in English."""

    def find() -> Source:
        groups = WorkingGroupPage.objects.live().public()
        group = get_object_or_404(groups, slug=slug, locale__language_code=settings.LANGUAGE_CODE)
        posts, *others = (work(group, name).order_by().values("pk") for name in NEWS)
        shown = WorkingGroupPage.objects.for_reader_now().filter(
            translation_key=group.translation_key
        )
        group = shown.select_related("locale").first() or group
        return Source(
            title=f"{group.title} – {SITE_NAME}",
            description=group.summary,
            url=group.get_url(request) or "/",
            pages=SitePage.objects.for_reader_now().filter(pk__in=posts.union(*others)),
        )

    return answer(request, form, find)
