"""Posts: published, scheduled and waiting for approval."""

import datetime

from blog.models import BlogPage
from demo.loader import Loader, morning, submit
from pages.models import PageAuthor

from .pictures import with_figure

# One post shows what a picture within the text looks like.
WITH_FIGURE = {"b15"}


def plant(loader: Loader) -> None:
    """Make the posts’ pages, below their group or below the blog."""
    for item in loader.outline["posts"]:
        front = loader.texts("posts")[item["id"]].front
        page = BlogPage(
            title=front["title"],
            slug=front["slug"],
            summary=front["summary"],
            kind=front["kind"],
            language=front["language"],
            date=loader.calendar.day(_day(front)),
            page_authors=[
                PageAuthor(person=loader.people[author], sort_order=place)
                for place, author in enumerate(front["authors"])
            ],
        )
        page.owner = page.page_authors.first().person.user if front["authors"] else None
        loader.tag(page, front)
        loader.plant(item["id"], loader.pages[front["group"] or "blog-index"], page)


def write(loader: Loader) -> None:
    """Write the posts and bring each into its state."""
    for item, page in loader.fresh(loader.outline["posts"]):
        text = loader.texts("posts")[item["id"]]
        body = loader.body(text.body, page.language)
        has_figure = item["id"] in WITH_FIGURE
        page.body = with_figure(body, page.listing_image) if has_figure else body
        page.about = loader.page_or_none(text.front["about"])
        page.project = loader.page_or_none(text.front["project"])
        _bring_into_state(page, text.front["status"], loader)


def _bring_into_state(page: BlogPage, status: str, loader: Loader) -> None:
    if status == "published":
        loader.publish(page, page.date)
    elif status == "scheduled":
        page.go_live_at = morning(page.date)
        page.save_revision().publish()
    else:
        submit(page, page.owner)


def _day(front: dict) -> datetime.date:
    return datetime.date.fromisoformat(front["date"])
