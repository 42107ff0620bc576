"""Enough members for a directory, a map and filters: they joined, and show themselves in turn."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.loader import Loader
from mail import contacts
from members.actions.joining import Joining, finish
from members.models import Level, Member

FILE = Path(__file__).parent.parent / "content" / "members.toml"
POSITIONS = ("Planner", "Researcher", "Treasurer", "Trainer", "Councillor (sample)", "")
LEVELS = (Level.PUBLIC, Level.MEMBERS, Level.PUBLIC, Level.GROUPS, Level.PUBLIC, Level.HIDDEN)
NARROWER = ({}, {"country": "members"}, {}, {"affiliation": "groups", "interests": "members"})
THEMES = ("subnational-finance", "local-democracy", "localizing-services", "gender-equity")
SECOND_GROUPS = ("subnational-finance", "local-democracy", "gender-equity")
REGIONS = {"africa", "asia", "eca", "lac", "mena"}
ABOUT = (
    "Placeholder: follows how money reaches the places where people live.",
    "Placeholder: looks for others who compare how councils decide.",
    "",
)


@dataclass(frozen=True)
class Sample:
    """Somebody invented; ``place`` in the row says what comes in turn."""

    place: int
    name: str
    country: str
    group: str
    affiliation: str

    @property
    def email(self) -> str:
        """An address that nobody reads."""
        return f"member{self.place}@example.org"


def plant(loader: Loader) -> None:
    """Nothing to plant: only published groups can be joined."""


def write(loader: Loader) -> None:
    """Let those join who have not; who has is left as they are."""
    known = set(Member.objects.values_list("contact__email", flat=True))
    for sample in samples():
        if sample.email not in known:
            _join(sample, loader)


def samples() -> Iterator[Sample]:
    """Return everybody whom the file names."""
    numbers = itertools.count(1)
    for country in tomllib.loads(FILE.read_text(encoding="utf-8"))["countries"]:
        for name in country["names"]:
            yield Sample(next(numbers), name, country["code"], country["group"], country["place"])


def _join(sample: Sample, loader: Loader) -> None:
    group, place = sample.group, sample.place
    second = (_turn(SECOND_GROUPS, place),) if place % 3 == 0 and group in REGIONS else ()
    joining = Joining(
        name=sample.name,
        email=sample.email,
        language="ar" if sample.country in {"ma", "jo"} else "en",
        country=sample.country,
        affiliation=sample.affiliation,
        groups=(group, *second),
        regions=(group,) if group in REGIONS else ("global",),
        themes=tuple({_turn(THEMES, place), _turn(THEMES, place // 2)}),
    )
    contact = contacts.contact_for(sample.email, now=loader.now, name=sample.name)
    member = finish(contact, joining, loader.now)
    member.position, member.about = _turn(POSITIONS, place), _turn(ABOUT, place)
    member.level, member.field_levels = _turn(LEVELS, place), _turn(NARROWER, place)
    member.save(update_fields=["position", "about", "level", "field_levels"])


def _turn(choices: tuple, place: int):
    return choices[place % len(choices)]
