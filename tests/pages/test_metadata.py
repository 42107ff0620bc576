"""What search engines and other sites read of a page."""

import json
import re

import pytest
from django.core.cache import caches
from wagtail.models import Locale

from tests.factories.content import make_person, make_post
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"


def head(client, url: str) -> str:
    return client.get(url).content.decode().split("</head>")[0]


def canonical(client, url: str) -> str:
    return re.search(r'rel="canonical" href="([^"]*)"', head(client, url))[1].replace("&amp;", "&")


def test_a_page_has_one_address_on_the_host_of_the_site(client, home):
    post = make_post("A post")
    assert canonical(client, "/blog/a-post/") == f"{HOST}/blog/a-post/"
    assert post.get_full_url() == f"{HOST}/blog/a-post/"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/blog/?utm_source=mail&fbclid=1", "/blog/"),
        ("/blog/?page=1", "/blog/"),
        ("/blog/?theme=b&kind=recap&theme=a", "/blog/?kind=recap&theme=a&theme=b"),
        ("/regions/africa/?tz=Africa/Nairobi", "/regions/africa/"),
    ],
)
def test_only_known_parameters_make_another_page(client, home, asked, address):
    assert canonical(client, asked) == f"{HOST}{address}"


def test_the_description_is_the_summary_unless_editors_wrote_one(client, home):
    make_post("One", summary='Money & "power"')
    make_post("Two", summary="Short.", search_description="For search engines.")
    assert 'name="description" content="Money &amp; &quot;power&quot;"' in head(
        client, "/blog/one/"
    )
    assert 'content="For search engines."' in head(client, "/blog/two/")
    assert 'property="og:type" content="article"' in head(client, "/blog/one/")


def test_a_page_without_picture_shows_its_drawing(client, home):
    make_post("A post")
    assert f'property="og:image" content="{HOST}/share/a-post.png"' in head(client, "/blog/a-post/")


def test_the_share_image_is_a_small_png_that_may_be_kept(client):
    response = client.get("/share/africa.png")
    assert response.headers["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert len(response.content) < 40_000
    assert "max-age" in response.headers["Cache-Control"]
    assert client.get("/share/../etc.png").status_code == 404


def test_translations_name_each_other(client, home):
    post = make_post("A post")
    french = Locale.objects.get(language_code="fr")
    home.copy_for_translation(french, alias=False).save_revision().publish()
    post.get_parent().specific.copy_for_translation(french).save_revision().publish()
    translated = post.copy_for_translation(french)
    translated.title = "Un billet"
    translated.save_revision().publish()
    caches["default"].clear()
    found = head(client, "/blog/a-post/")
    assert f'hreflang="en" href="{HOST}/blog/a-post/"' in found
    assert 'hreflang="fr" href="' in found
    assert f'hreflang="x-default" href="{HOST}/blog/a-post/"' in found
    translated.refresh_from_db()
    translated.unpublish()
    caches["default"].clear()
    assert 'hreflang="fr" href="' not in head(client, "/blog/a-post/").split("canonical")[1]


def test_a_page_in_one_language_names_no_other(client, home):
    make_post("A post")
    assert 'rel="alternate" hreflang' not in head(client, "/blog/a-post/")


def test_a_view_is_there_in_every_language(client, home):
    found = head(client, "/fr/themes/local-democracy/")
    assert f'hreflang="en" href="{HOST}/themes/local-democracy/"' in found
    assert f'hreflang="ar" href="{HOST}/ar/themes/local-democracy/"' in found
    assert f'hreflang="x-default" href="{HOST}/themes/local-democracy/"' in found


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("/blog/", "/blog/feed/rss/"),
        ("/regions/africa/", "/regions/africa/feed/atom/"),
        ("/themes/gender-equity/", "/themes/gender-equity/feed/rss/"),
    ],
)
def test_feeds_can_be_discovered(client, home, url, feed):
    assert f'href="{feed}"' in head(client, url)


def test_breadcrumbs_are_told_to_machines(client, home):
    script = head(client, "/countries/ke/").split('<script type="application/ld+json">')[1]
    graph = json.loads(script.split("</script>")[0])["@graph"]
    items = graph[-1]["itemListElement"]
    assert [item["item"] for item in items] == [f"{HOST}/", f"{HOST}/countries/"]


def test_an_error_page_says_nothing_of_itself(client, home):
    assert "canonical" not in head(client, "/no/such/page/")


def test_metadata_costs_no_query_on_a_page_asked_for_before(client, home, count_queries):
    make_post("A post", authors=["One", "Two"], themes=["local-democracy"])
    assert count_queries("/blog/a-post/") <= 12


def described(client, url: str) -> dict:
    script = head(client, url).split('<script type="application/ld+json">')[1]
    return json.loads(script.split("</script>")[0])["@graph"][0]


def test_the_front_page_is_the_organisation(client, home):
    found = described(client, "/")
    assert found["@type"] == "NGO"
    assert found["url"] == f"{HOST}/"


def test_an_event_is_an_event(client, home, now):
    event = make_event("Open meeting", now)
    found = described(client, event.get_url())
    assert found["@type"] == "Event"
    assert found["startDate"] == "2026-11-22T15:00:00+03:00"  # in the zone of the event


def test_a_person_is_a_person(client, home):
    person = make_person("Amina Sample", affiliation="Example Centre")
    found = described(client, person.get_absolute_url())
    assert found["@type"] == "Person"
    assert found["affiliation"]["name"] == "Example Centre"
