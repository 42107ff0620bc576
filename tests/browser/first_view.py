"""What the browser fetches, and what it complains of, when a page is opened for the first time."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page, Response

# Compressed, as sent over the wire, before anybody scrolls.
BYTES_AT_MOST = {"document": 25_000, "stylesheet": 15_000, "script": 15_000, "image": 45_000}
REQUESTS_AT_MOST = 12


@dataclass
class FirstView:
    """A page that was opened with an empty cache, and everything that happened meanwhile."""

    page: Page
    answers: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        return [answer.url for answer in self.answers if answer.status >= 400]

    @property
    def hosts(self) -> set[str]:
        return {answer.url.split("/")[2] for answer in self.answers}

    def bytes_by_kind(self) -> Counter:
        weights: Counter = Counter()
        for answer in self.answers:
            weights[answer.request.resource_type] += answer.request.sizes()["responseBodySize"]
        return weights


def first_view(page: Page, address: str) -> FirstView:
    """Open the address in a fresh tab and wait until the network rests."""
    view = FirstView(page)
    page.on("response", lambda answer: view.answers.append(answer))
    page.on("console", lambda message: view.complaints.append(message.text))
    page.on("pageerror", lambda error: view.complaints.append(str(error)))
    page.on("requestfailed", lambda request: view.complaints.append(f"failed: {request.url}"))
    page.goto(address, wait_until="networkidle")
    return view


def assert_within_budget(view: FirstView, host: str) -> None:
    weights = view.bytes_by_kind()
    over = {kind: weights[kind] - most for kind, most in BYTES_AT_MOST.items()}
    assert {kind: excess for kind, excess in over.items() if excess > 0} == {}
    assert len(view.answers) <= REQUESTS_AT_MOST
    assert view.hosts == {host}
    assert weights["font"] == 0
