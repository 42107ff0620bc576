"""RSS and Atom."""

import datetime
from xml.etree import ElementTree as ET

import pytest
from wagtail.models import PageViewRestriction

from tests.factories.content import make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db
DC = "{http://purl.org/dc/elements/1.1/}"
ATOM = "{http://www.w3.org/2005/Atom}"


def items(client, url: str) -> list[ET.Element]:
    response = client.get(url)
    assert response.status_code == 200, url
    root = ET.fromstring(response.content)  # noqa: S314
    return root.findall("channel/item") or root.findall(f"{ATOM}entry")


def titles(client, url: str) -> list[str]:
    return [item.findtext("title") or item.findtext(f"{ATOM}title") for item in items(client, url)]


def test_the_blog_as_rss(client, home):
    make_post("Older", date=datetime.date(2026, 1, 1))
    make_post("Newer", summary="What it says.", authors=[make_person(), "B"], language="es")
    assert titles(client, "/blog/feed/rss/") == ["Newer", "Older"]
    newest = items(client, "/blog/feed/rss/")[0]
    assert newest.findtext("description") == "What it says."
    assert newest.findtext(f"{DC}creator") == "Amina Sample, B"
    assert newest.findtext(f"{DC}language") == "es"
    assert newest.findtext("link").endswith("/blog/newer/")


def test_a_feed_says_its_language(client, home):
    root = ET.fromstring(client.get("/fr/blog/feed/rss/").content)  # noqa: S314
    assert root.findtext("channel/language") == "fr"


def test_the_blog_as_atom(client, home):
    make_post("A post", summary="What it says.", language="ar", authors=["A"])
    entry = items(client, "/blog/feed/atom/")[0]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert entry.findtext(f"{ATOM}summary") == "What it says."
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A"


def test_a_region_brings_everything_about_it_and_its_countries(client, home, now):
    make_post("By region", regions=["africa"])
    make_product("By country", countries=["ke"])
    make_post("Elsewhere", regions=["asia"])
    assert set(titles(client, "/regions/africa/feed/rss/")) == {"By region", "By country"}


def test_a_theme_has_a_feed(client, home):
    make_post("Money", themes=["subnational-finance"])
    assert titles(client, "/themes/subnational-finance/feed/atom/") == ["Money"]


def test_a_group_brings_its_posts_meetings_and_products(client, home, now):
    group = make_group("Africa", kind="regional-group")
    make_post("Post", parent=group)
    make_event("Meeting", now, parent=group)
    make_product("Brief", group=group)
    make_post("Not ours")
    assert set(titles(client, "/groups/africa/feed/rss/")) == {"Post", "Meeting", "Brief"}


@pytest.mark.parametrize(
    "url",
    [
        "/blog/feed/xml/",
        "/regions/atlantis/feed/rss/",
        "/themes/none/feed/atom/",
        "/groups/none/feed/rss/",
    ],
)
def test_a_feed_that_is_not_there_is_404(client, home, url):
    assert client.get(url).status_code == 404


def test_drafts_private_and_withdrawn_pages_are_in_no_feed(client, home):
    group = make_group("Closed", kind="regional-group")
    make_post("Draft", live=False, regions=["africa"])
    make_post("Private", parent=group, regions=["africa"])
    make_product("Withdrawn", status="withdrawn", regions=["africa"])
    PageViewRestriction.objects.create(page=group, restriction_type="login")
    assert titles(client, "/blog/feed/rss/") == []
    assert titles(client, "/regions/africa/feed/rss/") == []
    assert client.get("/groups/closed/feed/rss/").status_code == 404


def test_a_control_character_breaks_no_feed(client, home):
    make_post("Odd \x0b title", slug="odd", summary="a\x01b")
    assert titles(client, "/blog/feed/rss/") == ["Odd  title"]


def test_a_feed_has_thirty_items(client, home):
    for _ in range(32):
        make_post()
    assert len(items(client, "/blog/feed/rss/")) == 30


def test_a_reader_that_has_it_gets_nothing_again(client, home):
    make_post(first_published_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    response = client.get("/blog/feed/rss/")
    assert response.headers["Last-Modified"]
    again = client.get("/blog/feed/rss/", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_feed_costs_the_same_with_more_items(client, home, count_queries):
    make_post(authors=["A"])
    before = count_queries("/blog/feed/rss/")
    for _ in range(11):
        make_post(authors=["A", "B"])
    assert count_queries("/blog/feed/rss/") == before
