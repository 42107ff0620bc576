"""The people of the Alliance: who they are, which offices they hold, what they wrote and led."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.card_lists import by_entity
from pages.facts import Fact, stated
from pages.models import PageAuthor, SitePage
from pages.portraits import PersonLine, person_line
from people.models import Person, Seat
from people.querysets import PersonQuerySet, TermOfOfficeQuerySet

from . import rules
from .advisory import advisory_board
from .listed import listed_groups, open_groups
from .models import Role

MOST_AUTHORS = 24


@dataclass(frozen=True)
class Part:
    """A part of the list of people."""

    slug: str
    title: str
    note: str
    people: list[PersonLine]
    is_cut: bool = False


def role_names() -> dict[str, str]:
    """Return what one can filter by, in order, in the reader’s language."""
    return {
        "directors": _("Board of Directors"),
        "advisory": _("Advisory Board"),
        "co-chair": _("Co-chairs"),
        "coordinator": _("Coordinators"),
        "author": _("Authors"),
    }


def group_names() -> dict[str, str]:
    """Return the groups that are open, by slug, with their titles in the reader’s language."""
    in_order = sorted(open_groups(), key=lambda group: group.title)
    return {group.slug: group.title for group in in_order}


def matching(
    roles: Sequence[str], group_slugs: Sequence[str], today: datetime.date
) -> PersonQuerySet:
    """Return the people with a page who hold one of the roles, in one of the groups if given."""
    groups = [pk for group in listed_groups() if group.slug in group_slugs for pk in group.pks]
    found = Person.objects.public().order_by("name")
    if roles:
        any_of = Q()
        for role in roles:
            any_of |= Q(pk__in=_holders(role, groups, today))
        found = found.filter(any_of)
    if groups:
        found = found.filter(pk__in=_in_office(today, groups).values("person_id"))
    return found


def _in_office(today: datetime.date, groups: Sequence[int] = ()) -> TermOfOfficeQuerySet:
    roles = Role.objects.in_office(today).exclude(title=Role.Title.CORE_MEMBER)
    return roles.filter(group__in=groups) if groups else roles


def _holders(role: str, groups: Sequence[int], today: datetime.date):
    """Return the ids of those who hold a role, as a subquery."""
    if role == "directors":
        seats = Seat.objects.in_office(today).filter(board=Seat.Board.DIRECTORS)
        return seats.order_by().values("person_id")
    if role == "advisory":
        return advisory_board(today).order_by().values("pk")
    if role == "author":
        return PageAuthor.objects.filter(page__live=True, person__isnull=False).values("person_id")
    return _in_office(today, groups).filter(title=role).order_by().values("person_id")


def lines(people: Iterable[Person], today: datetime.date) -> list[PersonLine]:
    """Return a line for each person with what they are today; three queries for any number."""
    people = list(people)
    words = offices_in_words([person.pk for person in people], today)
    return [person_line(person, role="; ".join(words[person.pk])) for person in people]


def offices_in_words(pks: Sequence[int], today: datetime.date) -> dict[int, list[str]]:
    """Return the offices of these people today, by person: “Co-chair, Asia”."""
    words: dict[int, list[str]] = defaultdict(list)
    for seat in Seat.objects.in_office(today).filter(person__in=pks).order_by("-board", "since"):
        words[seat.person_id].append(_seat_words(seat))
    roles = _in_office(today).filter(person__in=pks).select_related("group").order_by("since")
    for role in roles:
        title = capfirst(role.get_title_display())
        words[role.person_id].append(f"{title}, {role.group.short_name}")
    return words


def _seat_words(seat: Seat) -> str:
    board = str(seat.get_board_display())
    return f"{seat.office}, {board}" if seat.office else board


def parts(today: datetime.date) -> list[Part]:
    """Return the whole list of people: the boards, those who lead groups, those who write."""
    names = role_names()
    notes = {
        "directors": _("Governs the Alliance."),
        "advisory": _("Guides the Alliance. Every co-chair of a working group is a member."),
        "coordinator": _("They keep groups running. Co-chairs stand above, on the Advisory Board."),
    }
    found = {
        "directors": matching(["directors"], (), today),
        "advisory": matching(["advisory"], (), today),
        "coordinator": matching(["coordinator"], (), today),
        "author": matching(["author"], (), today)[: MOST_AUTHORS + 1],
    }
    members = {slug: list(people.values_list("pk", flat=True)) for slug, people in found.items()}
    everyone = Person.objects.with_public_face().in_bulk(
        {pk for pks in members.values() for pk in pks}
    )
    shown = dict(zip(everyone, lines(everyone.values(), today), strict=True))
    return [
        Part(
            slug=slug,
            title=names[slug],
            note=notes.get(slug, ""),
            people=[shown[pk] for pk in pks[: MOST_AUTHORS if slug == "author" else None]],
            is_cut=slug == "author" and len(pks) > MOST_AUTHORS,
        )
        for slug, pks in members.items()
        if pks
    ]


def offices(person: Person, today: datetime.date) -> tuple[list[Fact], list[Fact]]:
    """Return what a person is and what they were, each with its years; the newest first."""
    roles = list(person.roles.select_related("group__locale").order_by("-since", "-pk"))
    seats = list(person.seats.all())
    terms = [*seats, *roles]
    now = [_office(term) for term in terms if term.is_held(today)]
    before = [_office(term) for term in terms if term.until and term.until < today]
    is_co_chair = any(role.title == Role.Title.CO_CHAIR and role.is_held(today) for role in roles)
    holds_seat = any(seat.board == Seat.Board.ADVISORY and seat.is_held(today) for seat in seats)
    is_member = rules.sits_on_advisory_board(holds_seat=holds_seat, is_co_chair=is_co_chair)
    if is_member and not holds_seat:
        now.append(Fact(_("As a co-chair"), str(Seat.Board.ADVISORY.label)))
    return now, before


def _office(term: Seat | Role) -> Fact:
    if isinstance(term, Seat):
        return Fact(label=capfirst(str(term.years_label)), value=_seat_words(term))
    return Fact(
        label=f"{capfirst(term.get_title_display())}, {term.years_label}",
        value=term.group.title,
        url=term.group.get_url() or "" if term.group.live else "",
        language=term.group.language,
    )


def facts(person: Person) -> list[Fact]:
    """Return where a person works and lives, and their own web page."""
    organisation = person.affiliation or str(person.organisation or "")
    country = person.country
    return stated(
        Fact(_("Affiliation"), organisation),
        Fact(_("Country"), country.label, country.get_absolute_url()) if country else None,
        Fact(_("Web page"), urlsplit(person.url).netloc, person.url),
    )


def work_of(person: Person) -> dict[str, list[SitePage]]:
    """Return what a person wrote and the events they led or spoke at, the newest by type."""
    ids = (
        person.authored.order_by()
        .values("page_id")
        .union(person.appearances.order_by().values("event_id"))
    )
    return by_entity(SitePage.objects.for_reader_now().filter(pk__in=ids), 10)
