"""Short facts beside a text, as ``components/facts.html`` shows them, and ways to other pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from .models import SitePage
from .privacy import is_private


@dataclass(frozen=True)
class PageLink:
    """The way to another page, with the language of its title."""

    label: str
    url: str
    language: str


@dataclass(frozen=True)
class Fact:
    """One line: a value, or several ``entries``, each with value, url and language."""

    label: str
    value: str = ""
    url: str = ""
    language: str = ""
    entries: Sequence[dict[str, str]] = ()


def page_link(page: SitePage | None) -> PageLink | None:
    """Return the way to another page, if everybody can go there."""
    if page is None or not page.live or is_private(page.path):
        return None
    return PageLink(page.title, page.get_url() or "", page.language)


def stated(*facts: Fact | None) -> list[Fact]:
    """Return the facts that say something."""
    return [fact for fact in facts if fact and (fact.value or fact.entries)]


def fact_of_link(label: str, link: PageLink | None) -> Fact | None:
    """Return the line about a page elsewhere, such as the project of a post."""
    return Fact(label, link.label, link.url, link.language) if link else None
