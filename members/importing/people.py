"""From the cells of a row to a person: addresses, countries, dates, terms as people write them."""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from files.lists import plain
from mail.rules import normal_address
from members.models import ImportRow
from taxonomy.models import Country, Region, Sector, Term, Theme
from working_groups.models import WorkingGroupPage

from . import columns

Why = ImportRow.Why
LONGEST = {"name": 150, "affiliation": 200, "position": 150}
FIRST_YEAR = 1990
VOCABULARIES = {"regions": Region, "themes": Theme, "sectors": Sector}
LANGUAGE_NAMES = {
    "en": "english anglais ingles الانجليزية eng",
    "fr": "french francais frances الفرنسية fra fre",
    "es": "spanish espagnol espanol castellano espanhol الاسبانية spa",
    "pt": "portuguese portugais portugues البرتغالية por",
    "ar": "arabic arabe العربية ara",
}
LANGUAGES = {plain(name): code for code, names in LANGUAGE_NAMES.items() for name in names.split()}
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%m/%d/%Y", "%d/%m/%y")
_PARTS = re.compile(r"[;,|\n/]+")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"\s+")
_IN_BRACKETS = re.compile(r"<([^<>]+)>")
_BEGINS_A_FORMULA = "=+-@|%"


class Refused(ValueError):
    """A row that cannot be imported; the first argument is its ``ImportRow.Why``."""


@dataclass(frozen=True)
class Imported:
    """A person as a list knows them. Terms and groups are slugs, ``joined`` an ISO date."""

    name: str
    email: str
    address: str
    country: str = ""
    affiliation: str = ""
    position: str = ""
    language: str = ""
    joined: str = ""
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    is_partly_understood: bool = False


@dataclass(frozen=True)
class Names:
    """What countries, terms and groups are called, in every language, as it is compared."""

    slugs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def known(cls) -> "Names":
        """Return all names there are, in five queries; a group’s translations lead to it."""
        terms = {name: _term_names(model.objects.all()) for name, model in VOCABULARIES.items()}
        countries = Country.objects.all()
        codes = {plain(country.code): country.slug for country in countries}
        return cls({**terms, "country": _term_names(countries) | codes, "groups": _group_names()})

    def find(self, kind: str, written: str) -> str:
        """Return the slug of what somebody wrote; empty for what nothing is called."""
        return self.slugs[kind].get(plain(written), "")


class Understanding:
    """Makes people of rows, given what the columns are and what there is to be named."""

    def __init__(self, fields: Sequence[str], names: Names, today: datetime.date) -> None:
        self._fields, self._names, self._today = fields, names, today

    def person(self, cells: Sequence[str]) -> Imported:
        """Return the person of a row; raises ``Refused``.

        What is not understood of a person who has a name and an address is left out and said.
        """
        given = {name: cell for name, cell in zip(self._fields, cells, strict=True) if name}
        name, email = self._name(given), _email(given[columns.EMAIL])
        terms = {kind: self._terms(kind, given.get(kind, "")) for kind in (*VOCABULARIES, "groups")}
        single = {
            "country": self._names.find("country", given.get(columns.COUNTRY, "")),
            "language": _language(given.get(columns.LANGUAGE, "")),
            "joined": _date(given.get(columns.JOINED, ""), self._today),
        }
        lost = any(given.get(kind) and not value for kind, value in single.items())
        return Imported(
            name=name,
            email=email,
            address=_address(email),
            affiliation=_text(given, columns.AFFILIATION),
            position=_text(given, columns.POSITION),
            **single,
            **{kind: slugs for kind, (slugs, _all) in terms.items()},
            is_partly_understood=lost or not all(whole for _slugs, whole in terms.values()),
        )

    @staticmethod
    def _name(given: Mapping[str, str]) -> str:
        halves = (given.get(columns.FIRST_NAME, ""), given.get(columns.LAST_NAME, ""))
        written = given.get(columns.NAME) or " ".join(half for half in halves if half)
        if _has_controls(written):
            raise Refused(Why.CONTROL)
        name = _clean(written).removeprefix("'")
        last, comma, first = name.partition(",")
        if comma and first.strip() and "," not in first:
            name = f"{first.strip()} {last.strip()}"
        if not any(sign.isalpha() for sign in name) or name[0] in _BEGINS_A_FORMULA or "@" in name:
            raise Refused(Why.NO_NAME)
        if len(name) > LONGEST["name"]:
            raise Refused(Why.TOO_LONG)
        return name

    def _terms(self, kind: str, written: str) -> tuple[tuple[str, ...], bool]:
        """Return the slugs that are named, and whether nothing else was."""
        if whole := self._names.find(kind, written):  # a name may hold a comma
            return (whole,), True
        named = [part for part in _PARTS.split(written) if part.strip()]
        found = [self._names.find(kind, part) for part in named]
        return tuple(dict.fromkeys(slug for slug in found if slug)), all(found)


def _email(written: str) -> str:
    if _has_controls(written):
        raise Refused(Why.CONTROL)
    bracketed = _IN_BRACKETS.search(written)
    text = _INVISIBLE.sub("", bracketed[1] if bracketed else written)
    text = text.strip().removeprefix("mailto:").strip(" \t\u00a0;,.'")
    if text.count("@") > 1:
        raise Refused(Why.SEVERAL)
    return text


def _address(email: str) -> str:
    try:
        address = normal_address(email)
    except ValueError as error:
        raise Refused(Why.NO_ADDRESS) from error
    if "." not in address.rpartition("@")[2]:
        raise Refused(Why.NO_ADDRESS)
    return address


def _language(written: str) -> str:
    codes = {code for code, _name in settings.LANGUAGES}
    code = written.strip().lower().replace("_", "-").partition("-")[0]
    return code if code in codes else LANGUAGES.get(plain(written), "")


def _date(written: str, today: datetime.date) -> str:
    """Return a day that makes sense; day before month where both could be."""
    day = written.strip().replace("T", " ").partition(" ")[0]
    for pattern in DATE_FORMATS:
        try:
            found = datetime.datetime.strptime(day, pattern).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
        return found.isoformat() if found.year >= FIRST_YEAR and found <= today else ""
    return ""


def _text(given: Mapping[str, str], name: str) -> str:
    return _clean(given.get(name, ""))[: LONGEST[name]]


def _clean(text: str) -> str:
    """Return a text in one line, without signs that nobody sees and with one form of accents."""
    bare = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) != "Cc")
    return _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", bare))).strip()


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cc" or sign == "\ufffd" for sign in text)


def _term_names(terms: Iterable[Term]) -> dict[str, str]:
    return {
        plain(name): term.slug
        for term in terms
        for name in (*term.all_names(), term.slug.replace("-", " "))
    }


def _group_names() -> dict[str, str]:
    """Return the names of groups in all languages, leading to the slug of the English page."""
    pages = WorkingGroupPage.objects.filter(live=True).select_related("locale")
    rows = [(page.translation_key, page.locale.language_code, page) for page in pages]
    slugs = {key: page.slug for key, language, page in rows if language == "en"}
    return {
        plain(name): slugs[key]
        for key, _language, page in rows
        if key in slugs
        for name in (page.title, page.short_name, page.slug.replace("-", " "))
        if plain(name)
    }
