"""All groups as every page names them: in the topics bar, on lines, among other groups."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from pages.cards import Label
from pages.places import site_settings
from pages.remembered import remembered

# The page models call this module, so the names in it are looked up late.
from . import models


@dataclass(frozen=True)
class ListedGroup:
    """A group in the reader’s language; ``slug`` is the one of the default language."""

    key: str
    title: str
    short_name: str
    slug: str
    url: str
    language: str
    kind: str
    status: str
    status_words: str
    summary: str
    contact_email: str
    pks: tuple[int, ...]

    @property
    def is_archived(self) -> bool:
        """Closed: no list of groups to join leads there."""
        return self.status == "archived"

    @property
    def scope(self) -> str:
        """What the group is for, a region or a theme: “regional” or “thematic”."""
        return self.kind.removesuffix("-group")


def listed_groups() -> tuple[ListedGroup, ...]:
    """Return all groups that readers can see, in the order of the tree; remembered."""
    return remembered("listed-groups", _find)


def open_groups() -> list[ListedGroup]:
    """Return the listed groups that are active or being formed."""
    return [group for group in listed_groups() if not group.is_archived]


def listed_group(pk: int | None) -> ListedGroup | None:
    """Return the group, given the id of any of its versions, without a query."""
    return next((group for group in listed_groups() if pk in group.pks), None)


def group_label(pk: int | None) -> Label | None:
    """Return the mark of a group, given the id of any of its versions, without a query."""
    group = listed_group(pk)
    if group is None:
        return None
    return Label(group.short_name or group.title, group.url, group.slug, "group", group.language)


def contact_address(pk: int | None) -> str:
    """Return whom to ask about the work of a group, or of none: the group, or the secretariat."""
    group = listed_group(pk)
    return (group.contact_email if group else "") or site_settings().contact_email


def _find() -> tuple[ListedGroup, ...]:
    """Read all versions of all groups in one query, and keep the one for the reader."""
    every_version = models.WorkingGroupPage.objects.live().public().select_related("locale")
    by_key: dict[str, dict[str, models.WorkingGroupPage]] = {}
    for group in every_version.order_by("path"):
        by_key.setdefault(str(group.translation_key), {})[group.locale.language_code] = group
    found = []
    for key, versions in by_key.items():
        original = versions.get(settings.LANGUAGE_CODE)
        shown = versions.get(get_language() or settings.LANGUAGE_CODE, original)
        if shown is not None:
            found.append((original or shown, _listed(key, shown, original or shown, versions)))
    return tuple(listed for _original, listed in sorted(found, key=lambda pair: pair[0].path))


def _listed(key: str, shown, original, versions: dict) -> ListedGroup:
    return ListedGroup(
        key=key,
        title=shown.title,
        short_name=shown.short_name,
        slug=original.slug,
        url=shown.get_url() or "",
        language=shown.language,
        kind=original.kind,
        status=original.status,
        status_words=str(shown.status_words),
        summary=shown.summary,
        contact_email=shown.contact_email or original.contact_email,
        pks=tuple(version.pk for version in versions.values()),
    )
