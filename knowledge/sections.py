"""What a product shows around its text, remembered until the content changes."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from files.downloads import download_line
from files.licences import licence_url
from files.models import SiteDocument
from pages import citation
from pages.cards import Label
from pages.facts import Fact, fact_of_link, page_link, stated
from pages.models import SitePage
from pages.particulars import language_name, work
from pages.portraits import PersonLine
from pages.term_labels import own_term_labels
from pages.versions import version_links
from working_groups.authors import author_lines
from working_groups.listed import contact_address, group_label

from .rules import State, first_file, state

MOST_EDITIONS = 20


@dataclass(frozen=True)
class Surroundings:
    """Everything on the page of a product but its text."""

    labels: Sequence[Label]
    authors: Sequence[PersonLine]
    byline: str
    state: State
    state_label: str
    notice: dict | None
    files: Sequence[dict]
    action: dict | None
    editions: Sequence[dict]
    facts: Sequence[Fact]
    citation: dict
    url: str
    tint: str


def surroundings(product: SitePage, request: HttpRequest, today: datetime.date) -> Surroundings:
    """Collect what stands around the text of a product."""
    labels = own_term_labels(product)
    authors = author_lines(product, today)
    files = files_of(product, contact_address(product.group_id))
    where = state(product.status, is_superseded=newer_edition(product) is not None)
    work_cited = cited(product, request)
    return Surroundings(
        labels=labels,
        authors=authors,
        byline=_byline(product, authors),
        state=where,
        state_label="" if where is State.PUBLISHED else state_words(where),
        notice=_notice(product, where),
        files=files,
        action=_action(product, files),
        editions=_editions(product),
        facts=_facts(product),
        citation={
            "text": citation.plain(work_cited),
            "formats": [
                {"label": label, "url": reverse("citation_file", args=[product.pk, form])}
                for form, label in (("bib", "BibTeX (.bib)"), ("ris", "RIS (.ris)"))
            ],
        },
        url=work_cited.url,
        tint=next((label.slug for label in labels if label.kind in {"region", "theme"}), "global"),
    )


def cited(product: SitePage, request: HttpRequest) -> citation.Work:
    """Return the product as a work that can be cited."""
    return work(
        product,
        request,
        kind=capfirst(product.kind_label),
        edition=product.edition,
        doi=product.doi,
    )


def newer_edition(product: SitePage) -> SitePage | None:
    """Return the edition that replaces this one, if readers can see it."""
    newer = product.superseded_by
    return newer if newer and newer.live and newer.is_listed else None


def state_words(where: State) -> str:
    """Return the state in the reader’s language."""
    return {
        State.PUBLISHED: _("Published"),
        State.SUPERSEDED: _("Superseded"),
        State.FORTHCOMING: _("Forthcoming"),
        State.DRAFT: _("Draft for comment"),
        State.WITHDRAWN: _("Withdrawn"),
    }[where]


def files_of(product: SitePage, contact_email: str) -> list[dict]:
    """Return the lines about the files; one that is missing is offered on request."""
    lines = []
    for item in product.files():
        line = asdict(download_line(item.document, item.label))
        line["media_type"] = item.document.content_type
        if not _is_there(item.document):
            line |= {"url": "", "size": "", "contact_email": contact_email}
        lines.append(line)
    return lines


def _is_there(document: SiteDocument) -> bool:
    try:
        return bool(document.file) and document.file.storage.exists(document.file.name)
    except OSError:
        return False


def _byline(product: SitePage, authors: Sequence[PersonLine]) -> str:
    """Return the year, the edition and the names."""
    names = format_html_join(", ", "<bdi>{}</bdi>", ((author.name,) for author in authors))
    edition = _("edition %(edition)s") % {"edition": product.edition} if product.edition else ""
    parts = [str(product.date.year) if product.date else "", edition, names]
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _notice(product: SitePage, where: State) -> dict | None:
    """Return what readers must know before they use the product."""
    newer = newer_edition(product)
    if where is State.SUPERSEDED and newer:
        edition = newer.edition or (newer.date.year if newer.date else "")
        text = _("Edition %(edition)s replaces this one, which stays here to be cited.")
        return {
            "kind": "superseded",
            "title": _("There is a newer edition"),
            "text": text % {"edition": edition} if edition else "",
            "link": page_link(newer),
        }
    if where is State.FORTHCOMING:
        text = product.status_note or _("We are still working on it.")
        return {"kind": "info", "title": _("Forthcoming"), "text": text}
    if where is State.DRAFT:
        text = product.status_note or _("Comments are welcome at the address below.")
        return {"kind": "warning", "title": _("This is a draft for comment"), "text": text}
    return None


def _action(product: SitePage, files: Sequence[dict]) -> dict | None:
    """Return the one button: the file that suits the reader best, or the place elsewhere."""
    file = first_file(files, (get_language() or "en", product.language, "en"))
    if file:
        facts = (file["language_name"], file["format"], file["size"])
        return {
            "label": _("Download"),
            "url": file["url"],
            "note": " · ".join(filter(None, facts)),
        }
    if product.external_url:
        host = urlsplit(product.external_url).hostname or ""
        course = product.kind == product.Kind.ONLINE_COURSE
        return {
            "label": _("Open the course") if course else _("Open where it is published"),
            "url": product.external_url,
            "note": host.removeprefix("www."),
        }
    return None


def _editions(product: SitePage) -> list[dict]:
    """Return all public editions, the newest first; none when this is the only one."""
    newest, seen = product, {product.pk}
    while (newer := newer_edition(newest)) and newer.pk not in seen:
        newest = newer
        seen.add(newest.pk)
    chain, found = [newest], {newest.pk}
    for edition in chain:
        older = edition.supersedes.live().public().filter(is_listed=True).exclude(pk__in=found)
        for page in older.newest()[:MOST_EDITIONS]:
            found.add(page.pk)
            chain.append(page)
        if len(chain) > MOST_EDITIONS:
            break
    if len(chain) == 1:
        return []
    return [
        {
            "label": edition.title,
            "url": edition.get_url() or "",
            "language": edition.language,
            "note": " · ".join(
                filter(None, [str(edition.date.year) if edition.date else "", edition.edition])
            ),
            "current": edition.pk == product.pk,
        }
        for edition in chain
    ]


def _facts(product: SitePage) -> list[Fact]:
    """Return the facts beside the text; what is not there is left out."""
    groups = [product.group_id, *(group.pk for group in product.other_groups.all())]
    labels = [label for label in map(group_label, groups) if label]
    entries = [
        {"value": label.label, "url": label.url, "language": label.language} for label in labels
    ]
    licence = product.get_licence_display() if product.licence else ""
    is_foreign = product.language != get_language()
    return stated(
        Fact(_("Working group"), entries=entries),
        fact_of_link(_("Project"), page_link(product.project)),
        Fact(_("Licence"), licence, licence_url(product.licence)),
        Fact("DOI", product.doi, f"https://doi.org/{product.doi}"),
        Fact(_("Language of this page"), language_name(product.language)) if is_foreign else None,
        Fact(_("This page also in"), entries=version_links(product)),
    )
