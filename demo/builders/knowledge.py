"""Knowledge products with their files and editions."""

import datetime

from demo.loader import Loader
from knowledge.models import ResourcePage
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
    fresh = loader.fresh(loader.outline["products"])
    for item, page in fresh:
        text = loader.texts("products")[item["id"]]
        group, *others = [loader.pages[group] for group in item["groups"]] or [None]
        page.group, page.other_groups = group, others
        page.project = loader.page_or_none(item.get("project"))
        page.superseded_by = _newer(item, loader)
        page.body = loader.body(text.body, page.language)
        loader.publish(page, page.date)


def published_on(item: dict) -> datetime.date:
    """Return a day in the product’s year; the outline knows no more than the year."""
    number = int(item["id"].removeprefix("k"))
    return datetime.date(item["year"], 1 + number % 9, 1 + number)


def _newer(item: dict, loader: Loader) -> ResourcePage | None:
    newer = [each for each in loader.outline["products"] if each.get("supersedes") == item["id"]]
    return loader.pages[newer[0]["id"]] if newer else None
