"""A search as a feed: the newest things that answer it."""

import datetime
import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pages.feeds import Rss, without_control_characters
from pages.metadata import SITE_NAME, absolute
from pages.quotation import quoted

from . import narrowing
from .engines.answers import Answer, Hit
from .presentation import address, title_of
from .request import SearchRequest
from .vocabulary import Vocabulary


class SearchFeed(Rss):
    """RSS that is the same, byte by byte, as long as it says the same."""

    def latest_post_date(self) -> datetime.datetime:
        """Return when the newest item appeared; without any item, the beginning of today."""
        dates = [item["pubdate"] for item in self.items if item["pubdate"]]
        return max(dates, default=_midnight(timezone.localdate()))


def feed(
    asked: SearchRequest, answer: Answer, vocabulary: Vocabulary, request: HttpRequest
) -> HttpResponse:
    """Return what was found as RSS, or “not modified” to a reader that has it already."""
    content = _written(asked, answer, vocabulary, request)
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    response = HttpResponse(content, content_type=SearchFeed.content_type)
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def title(asked: SearchRequest, vocabulary: Vocabulary) -> str:
    """Return what the feed is called: the words and criteria that it follows."""
    words = [quoted(asked.q)] if asked.q else []
    terms = [vocabulary.term(facet, value).label for facet, value in asked.criteria()]
    return f"{' · '.join([*words, *terms]) or _('Everything new')} – {SITE_NAME}"


def _written(
    asked: SearchRequest, answer: Answer, vocabulary: Vocabulary, request: HttpRequest
) -> bytes:
    page = absolute(request, narrowing.address(asked, request.path))
    described = SearchFeed(
        title=without_control_characters(title(asked, vocabulary)),
        link=page,
        description=_("The newest results of a search on %(site)s.") % {"site": SITE_NAME},
        language=get_language(),
        feed_url=absolute(request, narrowing.address_in("rss", asked, request.path)),
    )
    host = urlsplit(page).hostname
    today = timezone.localdate()
    for hit in answer.hits:
        described.add_item(
            title=without_control_characters(title_of(hit, vocabulary)),
            link=absolute(request, address(hit)),
            description=without_control_characters(hit.passage.text),
            unique_id=f"tag:{host},2026:{hit.uid}",
            unique_id_is_permalink=False,
            pubdate=_appeared(hit, today),
            categories=[vocabulary.kind_label(hit.kind)],
            language=hit.language or settings.LANGUAGE_CODE,
        )
    return described.writeString("utf-8").encode()


def _appeared(hit: Hit, today: datetime.date) -> datetime.datetime | None:
    """Return the date of the hit; none for an event to come, which feed readers would hold back."""
    return _midnight(hit.date) if hit.date and hit.date <= today else None


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
