"""What can be followed, in the reader’s words and in the order of the vocabularies."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mail.models import Topic
from pages.vocabulary import known_terms
from working_groups.listed import listed_groups

KINDS = (Topic.Kind.GROUP, Topic.Kind.REGION, Topic.Kind.THEME, Topic.Kind.SECTOR)
NEWS = (Topic.Kind.GENERAL.value, "news")


@dataclass(frozen=True)
class Followable:
    """A topic as a reader sees it."""

    kind: str
    slug: str
    label: str
    language: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """How the topic is known to ``mail.subscriptions``."""
        return self.kind, self.slug

    @property
    def value(self) -> str:
        """How the topic stands in a form: ``theme:subnational-finance``."""
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True)
class Choice:
    """All topics of one kind, under what the kind is called."""

    kind: str
    legend: str
    topics: tuple[Followable, ...]


def followable() -> list[Choice]:
    """Return everything that can be followed, by kind; no query while the terms are remembered."""
    legends = {
        Topic.Kind.GROUP: _("Working groups"),
        Topic.Kind.REGION: _("Regions"),
        Topic.Kind.THEME: _("Themes"),
        Topic.Kind.SECTOR: _("Sectors"),
    }
    return [Choice(kind.value, legends[kind], tuple(_of_kind(kind))) for kind in KINDS]


def by_value() -> dict[str, Followable]:
    """Return every topic by its value in a form."""
    news = Followable(*NEWS, _("News of the Alliance"))
    topics = [topic for choice in followable() for topic in choice.topics]
    return {topic.value: topic for topic in (*topics, news)}


def _of_kind(kind: Topic.Kind) -> Iterable[Followable]:
    if kind == Topic.Kind.GROUP:
        for group in listed_groups():
            if not group.is_archived:
                yield Followable(kind.value, group.slug, group.title, group.language)
    else:
        for term in known_terms(kind.value):
            yield Followable(kind.value, term.slug, term.label)
