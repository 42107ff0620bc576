"""Knowledge products with their files and editions."""

import datetime
from collections.abc import Iterator

from demo import reader
from demo.files import store_document
from demo.loader import Loader
from demo.pdf import Imprint, make_pdf
from demo.reader import Text
from demo.spreadsheets import make_csv, make_workbook
from files.models import SiteDocument
from knowledge.models import ResourceFile, ResourcePage
from pages.models import PageAuthor

Kind = ResourcePage.Kind
KINDS = {
    "primer": Kind.PRIMER,
    "intro-guide": Kind.GUIDE,
    "explainer": Kind.EXPLAINER,
    "policy-brief": Kind.POLICY_BRIEF,
    "assessment-framework": Kind.FRAMEWORK,
    "country-profile": Kind.COUNTRY_PROFILE,
    "fiscal-review": Kind.FISCAL_REVIEW,
    "comparative-report": Kind.REPORT,
    "dataset": Kind.DATASET,
    "toolkit": Kind.WORKBOOK,
    "online-course": Kind.ONLINE_COURSE,
}
Status = ResourcePage.Status
STATUSES = {
    "published": Status.PUBLISHED,
    "superseded": Status.PUBLISHED,
    "forthcoming": Status.FORTHCOMING,
    "draft-for-comment": Status.DRAFT_FOR_COMMENT,
}


def plant(loader: Loader) -> None:
    """Make the products’ pages in the library."""
    for item in loader.outline["products"]:
        front = loader.texts("products")[item["id"]].front
        page = ResourcePage(
            title=front["title"],
            slug=front["slug"],
            summary=front["summary"],
            kind=KINDS[item["type"]],
            language=item["languages"][0],
            date=published_on(item),
            edition=front["edition"],
            status=STATUSES[front["status"]],
            status_note=item.get("status_note", ""),
            licence=front["licence"],
            external_url=front["external_url"],
            page_authors=[
                PageAuthor(person=loader.people[author], sort_order=place)
                for place, author in enumerate(front["authors"])
            ],
        )
        loader.tag(page, front)
        loader.plant(item["id"], loader.pages["library"], page)


def write(loader: Loader) -> None:
    """Write the products, tie them to groups, projects and newer editions."""
    for item, page in loader.fresh(loader.outline["products"]):
        text = loader.texts("products")[item["id"]]
        group, *others = [loader.pages[group] for group in item["groups"]] or [None]
        page.group, page.other_groups = group, others
        page.project = loader.page_or_none(item.get("project"))
        page.superseded_by = _newer(item, loader)
        page.body = loader.body(text.body, page.language)
        page.resource_files = [
            ResourceFile(document=document, sort_order=place)
            for place, document in enumerate(_files(item, page, text))
        ]
        loader.publish(page, page.date)


def _files(item: dict, page: ResourcePage, text: Text) -> Iterator[SiteDocument]:
    """Yield the product’s files: a PDF for each language, then workbooks and data."""
    for language, words in text.parts_of("file").items():
        yield store_document(
            make_pdf(words, _imprint(page, language)),
            f"{page.slug}-{language}.pdf",
            title=_title(words),
            language=language,
            licence=page.licence,
        )
    found = {name: reader.tables(words)[0] for name, words in text.parts_of("table").items()}
    if "xlsx" in item["formats"]:
        yield _spreadsheet(page, "xlsx", make_workbook(found, title=page.title))
    if "csv" in item["formats"]:
        yield _spreadsheet(page, "csv", make_csv(next(iter(found.values()))))


def _spreadsheet(page: ResourcePage, extension: str, data: bytes) -> SiteDocument:
    return store_document(
        data,
        f"{page.slug}.{extension}",
        title=page.title,
        language=page.language,
        licence=page.licence,
    )


def _imprint(page: ResourcePage, language: str) -> Imprint:
    return Imprint(
        slug=page.slug,
        language=language,
        authors=", ".join(author.shown_name for author in page.page_authors.all()),
        edition=page.edition,
        licence=page.get_licence_display(),
        published_on=page.date,
    )


def _title(markdown: str) -> str:
    """Return the words of the first line, the ``#`` heading."""
    return markdown.partition("\n")[0].lstrip("# ").strip()


def published_on(item: dict) -> datetime.date:
    """Return a day in the product’s year; the outline knows no more than the year."""
    number = int(item["id"].removeprefix("k"))
    return datetime.date(item["year"], 1 + number % 9, 1 + number)


def _newer(item: dict, loader: Loader) -> ResourcePage | None:
    newer = [each for each in loader.outline["products"] if each.get("supersedes") == item["id"]]
    return loader.pages[newer[0]["id"]] if newer else None
