"""A search can be followed: its feed brings the newest, each thing once, and only news."""

import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.content import make_person, make_post
from tests.factories.events import make_event

SITE = settings.SITE_ADDRESS
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture
def channel(ask):
    """Return a function that reads the feed of a search."""

    def read(path: str = "/search/", **parameters) -> ElementTree.Element:
        response = ask(path, **parameters, format="rss")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        return ElementTree.fromstring(response.content).find("channel")  # noqa: S314 - our own

    return read


def titles(channel: ElementTree.Element) -> list[str]:
    return [item.findtext("title") for item in channel.iter("item")]


def test_the_newest_comes_first_whatever_the_order_of_the_page(channel, home):
    make_post("Transfers, older", date=datetime.date(2024, 1, 1))
    make_post("Transfers, newer", date=datetime.date(2026, 1, 1))
    make_post("Something else")
    assert titles(channel(q="transfers", sort="oldest", page="7")) == [
        "Transfers, newer",
        "Transfers, older",
    ]


def test_an_item_keeps_its_identity_when_it_changes(channel, home):
    post = make_post("Transfers")
    (before,) = channel(q="transfers").iter("item")
    post.title, post.slug = "Transfers, again", "elsewhere"
    post.save()
    (after,) = channel(q="transfers").iter("item")
    assert after.findtext("link") != before.findtext("link")
    assert after.findtext("guid") == before.findtext("guid")
    assert after.find("guid").get("isPermaLink") == "false"


def test_an_item_says_what_it_is(channel, home):
    make_post("Recettes", summary="Du registre.", language="fr", date=datetime.date(2026, 4, 2))
    (item,) = channel(q="recettes").iter("item")
    assert item.findtext("link") == f"{SITE}/blog/recettes/"
    assert item.findtext("description") == "Du registre."
    assert item.findtext("category") == "Blog post"
    assert item.findtext("pubDate") == "Thu, 02 Apr 2026 00:00:00 +0000"
    assert item.findtext(f"{DUBLIN_CORE}language") == "fr"


def test_what_is_to_come_has_no_date_of_appearance(channel, home):
    make_event("Far off", timezone.now() + datetime.timedelta(days=300))
    (item,) = channel(q="far off").iter("item")
    assert item.find("pubDate") is None


def test_a_feed_names_the_search_and_leads_to_it(channel, home):
    make_post("Transferts", countries=["ke"])
    found = channel("/fr/search/", q="transferts", country="ke", sort="newest")
    assert found.findtext("title") == "«\u202ftransferts\u202f» · Kenya – Decentralization.Net"
    assert found.findtext("link") == f"{SITE}/fr/search/?country=ke&q=transferts"
    assert found.findtext("language") == "fr"


def test_a_reader_who_has_it_already_is_told_so(ask, client, home):
    make_post("Transfers")
    first = ask(q="transfers", format="rss")
    headers = {"if-none-match": first.headers["ETag"]}
    address = "/search/?q=transfers&format=rss"
    assert client.get(address, headers=headers).status_code == 304
    make_post("Transfers, more")
    ask()
    again = client.get(address, headers=headers)
    assert again.status_code == 200
    assert "Transfers, more" in again.text


def test_an_empty_feed_is_the_same_all_day(ask, home):
    first, second = (ask(q="zzzz", format="rss") for _ in range(2))
    assert first.content == second.content


def test_a_feed_brings_no_more_than_fifty(channel, home):
    for number in range(55):
        make_person(f"Somebody {number:02}")
    assert len(titles(channel(type="person"))) == 50


def test_the_page_leads_to_its_feed(ask, home):
    make_post("Transfers")
    page = ask(q="transfers", sort="oldest").text
    address = "/search/?q=transfers&amp;format=rss"
    assert (
        f'type="application/rss+xml" title="“transfers” – Decentralization.Net" href="{address}"'
        in page
    )
    assert f'<a href="{address}" type="application/rss+xml">Follow this search by feed</a>' in page


def test_signs_that_no_xml_may_hold_are_left_out(channel, home):
    make_post("Bell \x07 rings", slug="bell")
    assert titles(channel(q="bell")) == ["Bell  rings"]
