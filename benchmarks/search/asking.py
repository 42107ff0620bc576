"""What a search, a page of results and suggestions take, beside the cluster’s own part of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client, override_settings

from search.engines.answers import PUBLIC, Question, Unavailable
from search.engines.elastic import asking, suggesting
from search.engines.elastic.client import ANSWERS_WITHIN
from search.engines.elastic.engine import ElasticEngine
from search.words.known import known_synonyms
from search.words.parsing import parse

from . import empty_page
from .cluster import Cluster
from .timing import p50, p95, turn_by_turn

HEADERS = {"x-forwarded-proto": "https"}
READERS = frozenset({PUBLIC})
TYPED = ("loc", "local gov", "gouv", "finan", "descentr", "fiscal dec", "budg", "muni", "cli", "ال")


@dataclass(frozen=True)
class Asked:
    """What a visitor asks for."""

    text: str
    language: str = "en"
    chosen: dict[str, list[str]] = field(default_factory=dict)

    @property
    def question(self) -> Question:
        wanted = parse(self.text, known_synonyms())
        return Question(wanted, self.chosen, readers=READERS, language=self.language)

    @property
    def address(self) -> str:
        prefix = "" if self.language == "en" else f"/{self.language}"
        return f"{prefix}/search/?{urlencode({'q': self.text, **self.chosen}, doseq=True)}"


ASKED = (
    Asked("local finance"),
    Asked("decentralization"),
    Asked("decentralization", chosen={"region": ["africa"]}),
    Asked("multilevel governance", chosen={"year": ["2025", "2026"], "type": ["post"]}),
    Asked("gender equity budget"),
    Asked("municipal finance", chosen={"theme": ["subnational-finance"], "language": ["en"]}),
    Asked("local democracy -budget"),
    Asked('"local government finance"'),
    Asked("own revenue", chosen={"type": ["product"]}),
    Asked("climate action cities", chosen={"region": ["lac", "africa"]}),
    Asked("LAC municipal finance"),
    Asked("finances locales", "fr"),
    Asked("gouvernance multiniveaux", "fr", {"region": ["africa"]}),
    Asked("égalité des genres", "fr"),
    Asked("finanzas municipales", "es"),
    Asked("gobernanza multinivel", "es", {"type": ["event"]}),
    Asked("democracia local", "pt"),
    Asked("finanças municipais", "pt", {"year": ["2026"]}),
    Asked("الديمقراطية المحلية", "ar"),
    Asked("المالية المحلية", "ar", {"type": ["post"]}),
)


def measure(rounds: int = 10) -> dict:
    """Return the times of questions and pages, beside the same questions asked by bytes alone."""
    return {**_questions(rounds), **_pages(max(rounds // 2, 3)), **_suggestions(rounds * 2)}


def _questions(rounds: int) -> dict:
    cluster, engine = Cluster(settings.ELASTICSEARCH_URL), ElasticEngine()
    # Without the site’s client: a cluster that has just begun is slower than the site waits.
    totals = [json.loads(ask())["hits"]["total"]["value"] for ask in _raw(cluster)]
    if not all(totals):
        raise SystemExit(f"Every question has to find something: {totals}")
    patience = Patience()
    times = turn_by_turn(
        {
            "raw": list(_raw(cluster)),
            "engine": [partial(patience.ask, engine.find, asked.question) for asked in ASKED],
        },
        rounds,
    )
    raw, ours = times["raw"], times["engine"]
    return {
        "found_mean": round(sum(totals) / len(totals)),
        "raw_p50_ms": round(p50(raw), 1),
        "raw_p95_ms": round(p95(raw), 1),
        "engine_p50_ms": round(p50(ours), 1),
        "engine_to_raw_p50": round(p50(ours) / p50(raw), 2),
        "unanswered": patience.unanswered,
    }


class Patience:
    """Counts the questions that the cluster did not answer in time, and goes on."""

    def __init__(self) -> None:
        self.unanswered = 0

    def ask(self, question: Callable[..., object], *about: object) -> None:
        """Ask, whether an answer comes or not."""
        try:
            question(*about)
        except Unavailable:
            self.unanswered += 1


@override_settings(ROOT_URLCONF=empty_page.__name__)
def _pages(rounds: int) -> dict:
    """Return what whole pages take, and how many searches the cluster sees for each."""
    cluster, client = Cluster(settings.ELASTICSEARCH_URL), Client(headers=HEADERS)
    calls = {
        "raw": list(_raw(cluster)),
        "page": [partial(_page, client, asked.address) for asked in ASKED],
        "empty": [partial(_page, client, empty_page.ADDRESS)] * len(ASKED),
    }
    for call in calls["page"]:
        call()
    before = cluster.searches(settings.ELASTICSEARCH_INDEX)
    for call in calls["page"]:
        call()
    searches = cluster.searches(settings.ELASTICSEARCH_INDEX) - before
    times = turn_by_turn(calls, rounds)
    raw, page, empty = times["raw"], times["page"], times["empty"]
    return {
        "searches_per_page": searches / len(ASKED),
        "page_p95_ms": round(p95(page), 1),
        "empty_page_p50_ms": round(p50(empty), 1),
        "page_without_empty_to_raw_p95": round((p95(page) - p50(empty)) / p95(raw), 2),
    }


def _suggestions(rounds: int) -> dict:
    cluster, engine = Cluster(settings.ELASTICSEARCH_URL), ElasticEngine()
    patience = Patience()
    bodies = [_timed(suggesting.body(text, READERS, "en", 8)) for text in TYPED]
    times = turn_by_turn(
        {
            "raw": [partial(cluster.send, "POST", _path(), body) for body in bodies],
            "engine": [
                partial(patience.ask, engine.suggest, text, READERS, "en", 8) for text in TYPED
            ],
        },
        rounds,
    )
    return {
        "suggest_raw_p95_ms": round(p95(times["raw"]), 1),
        "suggest_p95_ms": round(p95(times["engine"]), 1),
        "unanswered_suggestions": patience.unanswered,
        "suggest_to_raw_p95": round(p95(times["engine"]) / p95(times["raw"]), 2),
    }


def _raw(cluster: Cluster) -> Iterator[partial]:
    """Yield for each question the same request, ready made, to be answered in bytes."""
    for asked in ASKED:
        yield partial(cluster.send, "POST", _path(), _timed(asking.body(asked.question)))


def _path() -> str:
    return f"/{settings.ELASTICSEARCH_INDEX}/_search"


def _timed(body: dict) -> bytes:
    return json.dumps({**body, "timeout": f"{ANSWERS_WITHIN * 900:.0f}ms"}).encode()


def _page(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
