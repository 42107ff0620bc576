"""What a post shows around its text, remembered until the content changes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pages import citation
from pages.cards import Label
from pages.facts import Fact, PageLink, fact_of_link, page_link, stated
from pages.models import SitePage
from pages.particulars import language_name, work
from pages.portraits import PersonLine
from pages.term_labels import own_term_labels
from pages.versions import version_links
from working_groups.authors import author_lines


@dataclass(frozen=True)
class Surroundings:
    """Everything on the page of a post but its text."""

    labels: Sequence[Label]
    authors: Sequence[PersonLine]
    byline: str
    about: PageLink | None
    facts: Sequence[Fact]
    citation: dict
    url: str


def surroundings(post: SitePage, request: HttpRequest, today: datetime.date) -> Surroundings:
    """Collect what stands around the text of a post."""
    authors = author_lines(post, today)
    cited = work(post, request, kind=capfirst(post.kind_label))
    return Surroundings(
        labels=own_term_labels(post),
        authors=authors,
        byline=_byline(post, authors),
        about=page_link(post.about),
        facts=_facts(post),
        citation={
            "text": citation.plain(cited),
            "formats": [
                {"label": "BibTeX", "text": citation.bibtex(cited)},
                {"label": "RIS", "text": citation.ris(cited)},
            ],
        },
        url=cited.url,
    )


def _byline(post: SitePage, authors: Sequence[PersonLine]) -> str:
    """Return the date and the names, each name set apart for mixed directions of writing."""
    names = format_html_join(", ", "<bdi>{}</bdi>", ((author.name,) for author in authors))
    date = date_format(post.date, "DATE_FORMAT") if post.date else ""
    return format_html("{}{}{}", date, " · " if date and names else "", names)


def _facts(post: SitePage) -> list[Fact]:
    """Return the facts beside the text; what is not there is left out."""
    group = post.group_label()
    is_foreign = post.language != get_language()
    return stated(
        Fact(_("Working group"), group.label, group.url, group.language) if group else None,
        fact_of_link(_("Project"), page_link(post.project)),
        Fact(_("Written in"), language_name(post.language)) if is_foreign else None,
        Fact(_("Also in"), entries=version_links(post)),
    )
