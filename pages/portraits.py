"""Lines about people, as ``components/person_line.html`` draws them."""

from dataclasses import dataclass

from django.utils.translation import get_language_bidi

from people.models import Person

from .pictures import PORTRAIT_SPECS, Picture, picture


@dataclass(frozen=True)
class PersonLine:
    """One person of a list."""

    name: str
    url: str = ""
    photo: Picture | None = None
    initials: str = ""
    role: str = ""
    affiliation: str = ""
    place: str = ""
    years: str = ""
    name_latin: str = ""


def person_line(person: Person, role: str = "", years: str = "") -> PersonLine:
    """Return the line about a person; load people ``with_public_face()`` to spare queries."""
    return PersonLine(
        name=person.name,
        url=person.get_absolute_url() if person.is_public else "",
        photo=picture(person.photo, PORTRAIT_SPECS, alt=""),
        initials=person.initials,
        role=role,
        affiliation=person.affiliation or str(person.organisation or ""),
        place=person.country.label if person.country else "",
        years=years,
        name_latin=_help_with_reading(person),
    )


def _help_with_reading(person: Person) -> str:
    """Return the name in Latin script where it differs, for readers of such a script."""
    reads_latin = not get_language_bidi()
    return person.name_latin if reads_latin and person.name_latin != person.name else ""
