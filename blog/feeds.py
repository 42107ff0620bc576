"""The feed of the blog."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pages.feeds import Source, answer
from pages.places import places

from .models import BlogPage


def blog_feed(request: HttpRequest, form: str) -> HttpResponse:
    """Return the newest posts of all groups and of the secretariat."""

    def find() -> Source:
        return Source(
            title=_("Blog of the Local Public Sector Alliance"),
            description=_("Posts, recaps, explainers and announcements."),
            url=places().get("blog", "/"),
            pages=BlogPage.objects.for_reader_now(),
        )

    return answer(request, form, find)
