"""What a viewer sees of a member."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext

from members.models import Member
from pages.facts import Fact, stated
from pages.pictures import PORTRAIT_SPECS, picture
from pages.portraits import PersonLine
from pages.vocabulary import known_terms
from people.rules import initials
from working_groups.listed import listed_groups

from .rules import PARTS, Standing, shown_parts
from .viewers import Viewer

IN_LINES = ("country", "affiliation", "position", "photo")


def visible_fields(
    viewer: Viewer, member: Member, parts: Collection[str] = PARTS
) -> dict[str, Any]:
    """Return what the viewer sees of a member, by part; empty where not even the name.

    A part that is hidden or empty is not there. The e-mail address is no part of it. Only groups
    and interests cost queries, and only when asked for.
    """
    return visible_to(viewer.standing_to(member), member, parts)


def visible_to(
    standing: Standing, member: Member, parts: Collection[str] = PARTS
) -> dict[str, Any]:
    """Return what somebody of this standing sees of a member."""
    if member.state != Member.State.ACTIVE:
        return {}
    shown = shown_parts(member.level, member.field_levels, standing)
    if shown is None:
        return {}
    fields = {part: _READ[part](member) for part in parts if part in shown}
    return {"name": member.name} | {part: value for part, value in fields.items() if value}


def with_faces(found: QuerySet[Member]) -> QuerySet[Member]:
    """Load with each member what their line and their page show."""
    return found.select_related("photo").prefetch_related("photo__renditions")


def line(viewer: Viewer, member: Member) -> PersonLine:
    """Return the line about a member in a list, without a query for one of ``with_faces``."""
    fields = visible_fields(viewer, member, IN_LINES)
    return PersonLine(
        name=fields["name"],
        url=member.get_absolute_url(),
        photo=picture(fields.get("photo"), PORTRAIT_SPECS, alt=""),
        initials=initials(member.name),
        role=fields.get("position", ""),
        affiliation=fields.get("affiliation", ""),
        place=fields.get("country", ""),
    )


def facts(fields: dict[str, Any]) -> list[Fact]:
    """Return what stands beside a profile, in the reader’s language."""
    return stated(
        Fact(gettext("Position"), fields.get("position", "")),
        Fact(gettext("Affiliation"), fields.get("affiliation", "")),
        Fact(gettext("Country"), fields.get("country", "")),
        Fact(gettext("Working groups"), entries=fields.get("groups", ())),
        *(Fact(label, entries=terms) for label, terms in fields.get("interests", {}).items()),
    )


def _country(member: Member) -> str:
    return next((term.label for term in known_terms("country") if term.pk == member.country_id), "")


def _groups(member: Member) -> list[dict[str, str]]:
    """Return the groups that are on the site, in the reader’s language."""
    joined = set(member.memberships.values_list("group", flat=True))
    return [
        {"value": group.title, "url": group.url, "language": group.language}
        for group in listed_groups()
        if joined.intersection(group.pks)
    ]


def _interests(member: Member) -> dict[str, list[dict[str, str]]]:
    return {
        capfirst(str(member._meta.get_field(name).verbose_name)): terms
        for name in ("regions", "themes", "sectors")
        if (terms := [{"value": term.label} for term in getattr(member, name).all()])
    }


_READ: dict[str, Callable[[Member], Any]] = {
    "country": _country,
    "affiliation": lambda member: member.affiliation,
    "position": lambda member: member.position,
    "about": lambda member: member.about,
    "photo": lambda member: member.photo,
    "groups": _groups,
    "interests": _interests,
}
