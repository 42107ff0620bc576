"""Posts and products for tests: the least that each needs."""

import datetime
import io
import itertools
import zipfile

from django.core.files.base import ContentFile
from django.utils.text import slugify
from pypdf import PdfWriter

from blog.models import BlogIndexPage, BlogPage
from files.models import SiteDocument
from knowledge.models import LibraryPage, ResourceFile, ResourcePage
from pages.models import SitePage
from people.models import Person
from taxonomy.models import Country, Region, Theme

VOCABULARIES = {"themes": Theme, "regions": Region, "countries": Country}
DAY = datetime.date(2026, 11, 1)
_numbers = itertools.count(1)


def make_post(title: str = "", *, parent: SitePage | None = None, **fields) -> BlogPage:
    """Return a live post below the blog; ``themes``, ``regions``, ``countries`` are slugs."""
    parent = parent or BlogIndexPage.objects.get(locale__language_code="en")
    return _make(BlogPage, parent, title or f"Post {next(_numbers)}", fields)


def make_product(title: str = "", *, parent: SitePage | None = None, **fields) -> ResourcePage:
    """Return a live product in the library."""
    parent = parent or LibraryPage.objects.get(locale__language_code="en")
    return _make(ResourcePage, parent, title or f"Product {next(_numbers)}", fields)


def make_person(name: str = "Amina Sample", **fields) -> Person:
    """Return somebody with a public page."""
    return Person.objects.create(name=name, slug=slugify(name), **fields)


def make_document(title: str = "A paper", *, name: str = "paper.pdf", **fields) -> SiteDocument:
    """Return a small PDF of one page."""
    document = SiteDocument(title=title, file=ContentFile(pdf(), name=name), **fields)
    document._set_document_file_metadata()
    document.save()
    return document


def attach(product: ResourcePage, document: SiteDocument, label: str = "") -> None:
    """Offer the document on the product’s page."""
    ResourceFile.objects.create(resource=product, document=document, label=label)


def tag(page: SitePage, **slugs: list[str]) -> None:
    """Tag the page, to be saved, by vocabulary: ``tag(page, themes=["gender-equity"])``."""
    for name, values in slugs.items():
        getattr(page, name).set(list(VOCABULARIES[name].objects.filter(slug__in=values)))


def pdf() -> bytes:
    """Return a PDF with one blank page."""
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(written)
    return written.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return a ZIP file of these parts; in a name, ``__`` is a slash and ``_dot_`` a dot."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return written.getvalue()


def _make(model: type[SitePage], parent: SitePage, title: str, fields: dict) -> SitePage:
    terms = {name: fields.pop(name, ()) for name in VOCABULARIES}
    authors = fields.pop("authors", ())
    page = model(title=title, **({"slug": slugify(title), "date": DAY} | fields))
    tag(page, **terms)
    for place, author in enumerate(authors):
        given = {"name": author} if isinstance(author, str) else {"person": author}
        page.page_authors.create(sort_order=place, **given)
    return parent.add_child(instance=page)
