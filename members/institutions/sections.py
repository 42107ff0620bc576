"""What the page of an institution shows beside its own words, and what members see of theirs."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from members.directory.finding import directory
from members.directory.profiles import line, with_faces
from members.directory.viewers import Viewer
from members.models import Affiliation, Application, Member, PageChange
from pages.facts import Fact, stated
from pages.pictures import Picture, picture
from pages.portraits import PersonLine
from people.models import Organisation, Person
from working_groups.directory import lines

State = Affiliation.State
LOGO_SPECS = ("max-240x160", "max-480x320")
MOST_PEOPLE = 60


@dataclass(frozen=True)
class Place:
    """An institution at which a member works or wants to; ``is_asked`` while others wait there."""

    term: Affiliation
    is_speaker: bool
    is_asked: bool


@dataclass(frozen=True)
class Mine:
    """What a member has to do with institutions."""

    places: Sequence[Place]
    applications: Sequence[Application]


def facts(organisation: Organisation) -> list[Fact]:
    """Return where an institution is, its own web page, and since when it is a member."""
    country, since = organisation.country, organisation.member_since
    return stated(
        Fact(_("Acronym"), organisation.acronym),
        Fact(_("Country"), country.label, country.get_absolute_url()) if country else None,
        Fact(_("Themes"), _together(term.label for term in organisation.themes.all())),
        Fact(_("Web page"), urlsplit(organisation.url).netloc, organisation.url),
        Fact(_("Member since"), date_format(since, "YEAR_MONTH_FORMAT")) if since else None,
    )


def _together(names: Iterable[str]) -> str:
    return pgettext("between two names", ", ").join(names)


def logo(organisation: Organisation | PageChange) -> Picture | None:
    """Return the logo; its name stands beside it, so it is for the eye only."""
    return picture(organisation.logo, LOGO_SPECS, alt="")


def people(organisation: Organisation, today: datetime.date) -> list[PersonLine]:
    """Return those of the institution’s people who have a page on the site."""
    public = Person.objects.public().filter(organisation=organisation).order_by("name")
    return lines(public.with_public_face()[:MOST_PEOPLE], today)


def representatives(
    organisation: Organisation, viewer: Viewer, today: datetime.date
) -> list[PersonLine]:
    """Return who speaks for an institution, as far as each lets the viewer see."""
    terms = organisation.affiliations.representing(today)
    shown = directory(viewer).filter(pk__in=terms.order_by().values("member"))
    return [line(viewer, member) for member in with_faces(shown)]


def mine(member: Member, today: datetime.date) -> Mine:
    """Return a member’s institutions and applications."""
    running = member.affiliations.open() | member.affiliations.held(today)
    terms = list(running.select_related("organisation").order_by("organisation__name"))
    spoken_for = {term.organisation_id for term in terms if _speaks(term)}
    asked = Affiliation.objects.filter(organisation__in=spoken_for, state=State.ASKED)
    waiting = set(asked.order_by().values_list("organisation", flat=True))
    places = [Place(term, _speaks(term), term.organisation_id in waiting) for term in terms]
    return Mine(places, list(member.applications.all()))


def _speaks(term: Affiliation) -> bool:
    return term.title == Affiliation.Title.REPRESENTATIVE and term.state == State.CONFIRMED


@dataclass(frozen=True)
class Staff:
    """Who works for an institution: those who ask, those who speak for it, and the others."""

    asked: Sequence[Affiliation]
    speakers: Sequence[Affiliation]
    others: Sequence[Affiliation]
    ended: Sequence[Affiliation]
    reader_speaks: bool


def staff(organisation: Organisation, user: AbstractBaseUser, today: datetime.date) -> Staff:
    """Return the people of an institution as those see them who decide about them."""
    terms = organisation.affiliations.select_related("member")
    held = list(terms.held(today).order_by("since", "pk"))
    speakers = [term for term in held if _speaks(term)]
    return Staff(
        asked=list(terms.filter(state=State.ASKED).order_by("since", "pk")),
        speakers=speakers,
        others=[term for term in held if not _speaks(term)],
        ended=list(terms.filter(state=State.ENDED).order_by("-until", "-pk")[:MOST_PEOPLE]),
        reader_speaks=any(term.member.user_id == user.pk for term in speakers),
    )
