"""What a post or a product shows of itself beside its text: its language, how to cite it."""

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

from . import citation
from .models import SitePage
from .structured_data import NAME

RIS_TYPES = {"post": "BLOG", "product": "RPRT"}


def language_name(code: str) -> str:
    """Return the name of a language in the reader’s language, as it begins a line."""
    return capfirst(gettext(get_language_info(code)["name"]))


def work(page: SitePage, request: HttpRequest, **differences) -> citation.Work:
    """Return a page as a work that can be cited; ``differences`` replace what is usual."""
    facts = {
        "slug": page.slug,
        "title": page.title,
        "url": page.get_full_url(request) or request.build_absolute_uri(),
        "publisher": NAME,
        "authors": tuple(author.shown_name for author in page.authors()),
        "date": page.date,
        "language": page.language,
        "ris_type": RIS_TYPES.get(page.entity, "GEN"),
    }
    return citation.Work(**(facts | differences))
