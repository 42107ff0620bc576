"""Pages in the words of schema.org."""

import datetime
import json

import pytest

from pages import structured_data
from pages.structured_data import Happening, Name, Writing

NOON = datetime.datetime(2026, 12, 3, 12, 0, tzinfo=datetime.UTC)
WRITING = Writing(url="https://e.org/p/", title="A post", language="fr")
MEETING = Happening(
    url="https://e.org/m/",
    title="Meeting",
    language="en",
    starts_at=NOON,
    ends_at=NOON + datetime.timedelta(hours=1),
    mode="online",
    status="scheduled",
)


@pytest.mark.parametrize("text", ["</script>", "<!--", "&amp;", "\u2028\u2029"])
def test_a_script_cannot_be_left(text):
    written = structured_data.script({"name": text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"name": text}


def test_nothing_empty_is_said():
    assert all(structured_data.article(WRITING).values())
    assert "datePublished" not in structured_data.article(WRITING)


def test_a_writing_without_authors_is_the_alliances():
    assert structured_data.article(WRITING)["author"] == [
        {"@type": "Organization", "name": "Local Public Sector Alliance"}
    ]


def test_authors_have_their_pages():
    writing = Writing("u", "t", "en", authors=[Name("Amina Sample", "https://e.org/a/"), Name("B")])
    assert structured_data.article(writing)["author"] == [
        {"@type": "Person", "name": "Amina Sample", "url": "https://e.org/a/"},
        {"@type": "Person", "name": "B"},
    ]


def test_a_report_lists_its_files():
    files = [{"url": "https://e.org/f.pdf", "format": "application/pdf", "language": "es"}]
    assert structured_data.report(WRITING, files)["encoding"] == [
        {
            "@type": "MediaObject",
            "contentUrl": "https://e.org/f.pdf",
            "encodingFormat": "application/pdf",
            "inLanguage": "es",
        }
    ]


@pytest.mark.parametrize(
    ("mode", "venue", "places"),
    [
        ("online", "", ["VirtualLocation"]),
        ("in-person", "Example Hall", ["Place"]),
        ("in-person", "", None),
        ("hybrid", "Example Hall", ["VirtualLocation", "Place"]),
        ("hybrid", "", ["VirtualLocation"]),
    ],
)
def test_an_event_says_where_it_takes_place(mode, venue, places):
    happening = Happening(**(vars(MEETING) | {"mode": mode, "venue": venue}))
    location = structured_data.event(happening).get("location")
    assert (location and [place["@type"] for place in location]) == places


def test_a_cancelled_event_says_so():
    happening = Happening(**(vars(MEETING) | {"status": "cancelled"}))
    described = structured_data.event(happening)
    assert described["eventStatus"] == "https://schema.org/EventCancelled"
    assert described["startDate"] == "2026-12-03T12:00:00+00:00"


def test_breadcrumbs_are_numbered():
    crumbs = structured_data.breadcrumb_list([("Home", "https://e.org/"), ("Blog", "/blog/")])
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2]
