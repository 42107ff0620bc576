"""Plan sample pages. No database, no clock: the same seed and number give the same page.

Each page is drawn from a random source of its own, so that asking for more pages later leaves the
first ones as they are.
"""

import datetime
import random
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from demo.reader import CONTENT

LANGUAGES = ("en", "fr", "es", "pt", "ar")
# About half of what is written is in English, the rest is spread evenly.
LANGUAGE_WEIGHTS = (52, 12, 12, 12, 12)
BODY_BYTES = 3_200  # of text, which its markup and the block ids bring to some 4 kB
GAPS = ("service", "place", "actor")
# How often a sentence keeps to the subject of its page.
FAITHFUL = 0.6
YEARS = 12
LAST_DAY = datetime.date(2026, 11, 20)
LAST_EVENT_DAY = datetime.date(2027, 11, 20)

POST_KINDS = ("blog", "blog", "blog", "recap", "explainer", "announcement")
PRODUCT_KINDS = ("guide", "policy-brief", "country-profile", "comparative-report", "dataset")
EVENT_KINDS = ("group-meeting", "group-meeting", "webinar", "workshop", "roundtable")
PRODUCT_SHARE = 0.3
ZONES = (
    *("Africa/Nairobi", "Africa/Lagos", "Asia/Kathmandu", "Asia/Manila", "Europe/Budapest"),
    *("Asia/Tashkent", "America/Bogota", "America/Sao_Paulo", "Asia/Amman", "America/New_York"),
)


@dataclass(frozen=True)
class Places:
    """What a site offers to hang pages on: how many groups and people, and which terms."""

    groups: int
    people: int
    themes: tuple[str, ...]
    sectors: tuple[str, ...]
    # Country codes by the slug of their region.
    countries: dict[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True)
class Occasion:
    """When and how a planned event takes place."""

    starts: datetime.datetime
    minutes: int
    zone: str
    status: str
    mode: str
    recording: str
    agenda: tuple[str, ...]


@dataclass(frozen=True)
class PlannedPage:
    """A page before it has a place in a tree. Groups and people are numbers, terms are slugs."""

    entity: str
    slug: str
    title: str
    summary: str
    language: str
    kind: str
    day: datetime.date
    body: tuple[dict, ...]
    group: int | None
    authors: tuple[int, ...]
    region: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    sectors: tuple[str, ...]
    occasion: Occasion | None = None


def plan_page(seed: int, number: int, places: Places) -> PlannedPage:
    """Return the post or the knowledge product of this number."""
    numbers = random.Random(f"{seed}/page/{number}")  # noqa: S311
    is_product = numbers.random() < PRODUCT_SHARE
    words = Words(numbers)
    return PlannedPage(
        entity="product" if is_product else "post",
        slug=f"sample-{seed}-{number}",
        title=words.title("product_titles" if is_product else "titles"),
        kind=numbers.choice(PRODUCT_KINDS if is_product else POST_KINDS),
        day=LAST_DAY - datetime.timedelta(days=int(numbers.random() * YEARS * 365)),
        body=tuple(words.body(BODY_BYTES)),
        authors=tuple(numbers.sample(range(places.people), numbers.choice((1, 1, 1, 2, 3)))),
        **_shared(numbers, words, places),
    )


def plan_event(seed: int, number: int, places: Places) -> PlannedPage:
    """Return the event of this number."""
    numbers = random.Random(f"{seed}/event/{number}")  # noqa: S311
    words = Words(numbers)
    day = LAST_EVENT_DAY - datetime.timedelta(days=int(numbers.random() * YEARS * 365))
    return PlannedPage(
        entity="event",
        slug=f"sample-event-{seed}-{number}",
        title=words.title("event_titles"),
        kind=numbers.choice(EVENT_KINDS),
        day=day,
        body=tuple(words.body(BODY_BYTES // 4)),
        authors=tuple(numbers.sample(range(places.people), numbers.choice((1, 2)))),
        occasion=_occasion(numbers, words, day),
        **_shared(numbers, words, places),
    )


def _shared(numbers: random.Random, words: "Words", places: Places) -> dict:
    region = numbers.choice(sorted(places.countries))
    return {
        "language": words.language,
        "summary": words.about(words.bank["summary"]),
        "group": numbers.randrange(places.groups) if numbers.random() < 0.8 else None,
        "region": region,
        "countries": tuple(numbers.sample(places.countries[region], numbers.choice((0, 1, 1, 2)))),
        "themes": tuple(numbers.sample(places.themes, numbers.choice((1, 1, 2)))),
        "sectors": tuple(numbers.sample(places.sectors, numbers.choice((0, 1, 1)))),
    }


def _occasion(numbers: random.Random, words: "Words", day: datetime.date) -> Occasion:
    is_over = day < LAST_DAY
    time = datetime.time(numbers.randrange(8, 18), numbers.choice((0, 30)))
    return Occasion(
        starts=datetime.datetime.combine(day, time),
        minutes=numbers.choice((60, 75, 90, 90, 120, 180)),
        zone=numbers.choice(ZONES),
        status=numbers.choices(("scheduled", "postponed", "cancelled"), (92, 3, 5))[0],
        mode=numbers.choices(("online", "hybrid", "in-person"), (85, 10, 5))[0],
        recording=numbers.choice(("available", "available", "none", "")) if is_over else "",
        agenda=tuple(words.about(item) for item in words.bank["agenda"]),
    )


class Words:
    """Makes titles and texts in one language from its bank of sentences."""

    def __init__(self, numbers: random.Random):
        self.numbers = numbers
        self.language = numbers.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0]
        self.bank = bank(self.language)
        self.subject = {gap: numbers.choice(self.bank[f"{gap}s"]) for gap in GAPS}

    def fill(self, sentence: str) -> str:
        """Return the sentence about the subject of the page or, by chance, about another."""
        filled = {
            gap: self.subject[gap] if self.numbers.random() < FAITHFUL else self._other(gap)
            for gap in GAPS
        }
        return sentence.format(**filled)

    def about(self, sentence: str) -> str:
        """Return the sentence about the subject of the page; its first letter is a capital."""
        words = sentence.format(**self.subject)
        return words[0].upper() + words[1:]

    def title(self, name: str) -> str:
        """Return a title of this kind."""
        angle = self.numbers.choice(self.bank["angles"])
        return self.about(self.numbers.choice(self.bank[name]).replace("{angle}", angle))

    def body(self, size: int) -> Iterator[dict]:
        """Yield blocks of together about this many bytes: text, a list, a quotation."""
        sentences = self._sentences()
        yield self._paragraph(f"<p>{self.fill(self.numbers.choice(self.bank['openings']))}</p>")
        headings = self.numbers.sample(self.bank["headings"], len(self.bank["headings"]))
        written = 0
        for place, heading in enumerate(headings):
            text = f"<h2>{heading}</h2>" + "".join(
                f"<p>{' '.join(next(sentences) for _ in range(4))}</p>" for _ in range(2)
            )
            if place == 1:
                text += self._list()
            yield self._paragraph(text)
            written += len(text.encode())
            if written >= size:
                break
        yield self._block("quote", {"text": next(sentences), "source": ""})
        yield self._paragraph(f"<p>{self.fill(self.numbers.choice(self.bank['closings']))}</p>")

    def _other(self, gap: str) -> str:
        return self.numbers.choice(self.bank[f"{gap}s"])

    def _sentences(self) -> Iterator[str]:
        """Yield sentences without end; none comes back before all were used."""
        while True:
            for sentence in self.numbers.sample(
                self.bank["sentences"], len(self.bank["sentences"])
            ):
                words = self.fill(sentence)
                yield words[0].upper() + words[1:]

    def _list(self) -> str:
        items = self.numbers.sample(self.bank["items"], 4)
        return f"<ul>{''.join(f'<li>{self.fill(item)}</li>' for item in items)}</ul>"

    def _paragraph(self, html: str) -> dict:
        return self._block("paragraph", html)

    def _block(self, kind: str, value) -> dict:
        identity = uuid.UUID(int=self.numbers.getrandbits(128), version=4)
        return {"type": kind, "value": value, "id": str(identity)}


@cache
def bank(language: str) -> dict:
    """Return the sentence bank of a language."""
    path = CONTENT / "populate" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
