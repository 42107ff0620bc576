"""The page of a post."""

import datetime
import json

import pytest
from django.core.cache import caches
from django.utils import timezone
from django.utils.html import escape

from blog.models import BlogPage
from tests.factories.content import make_person, make_post
from tests.factories.events import make_event
from tests.factories.groups import make_group
from working_groups.models import Role

pytestmark = pytest.mark.django_db


def html_of(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_post_published_without_a_date_gets_that_day_and_stands_first(home):
    make_post("Older", date=datetime.date(2026, 11, 1))
    post = make_post("Newest", date=None, live=False)
    post.save_revision().publish()
    post.refresh_from_db()
    assert post.date == timezone.localdate(post.first_published_at)
    assert BlogPage.objects.live().newest().first() == post


def test_a_post_shows_who_wrote_it_and_in_which_office(client, home):
    group = make_group("Africa", kind="regional-group")
    author = make_person(country_id=None)
    Role.objects.create(person=author, group=group, since=datetime.date(2024, 1, 1))
    html = html_of(client, make_post("A post", parent=group, authors=[author, "Guest Writer"]))
    assert "Co-chair, Africa" in html
    assert "Guest Writer" in html
    assert author.get_absolute_url() in html
    assert html.count("<h1") == 1


def test_somebody_without_a_public_page_keeps_the_name(client, home):
    author = make_person("Gone Sample", is_public=False)
    html = html_of(client, make_post(authors=[author]))
    assert "Gone Sample" in html
    assert author.get_absolute_url() not in html


def test_a_post_leads_to_what_it_is_about(client, home, now):
    event = make_event("Open meeting", now)
    html = html_of(client, make_post(kind="recap", about=event))
    assert event.get_url() in html


def test_a_post_about_a_draft_leads_nowhere(client, home, now):
    event = make_event("Secret meeting", now, live=False)
    assert "Secret meeting" not in html_of(client, make_post(about=event))


def test_an_update_says_what_and_when(client, home):
    post = make_post(updated_on=datetime.date(2026, 11, 5), update_note="Figures corrected.")
    html = html_of(client, post)
    assert "Figures corrected." in html
    assert "5 November 2026" in html


def test_a_title_in_another_language_carries_it(client, home):
    html = html_of(client, make_post("Cinco preguntas", language="es"))
    assert '<h1 class="page-header__title" lang="es" dir="ltr">' in html


def test_the_citation_is_escaped(client, home):
    title = 'Money & "power" <b>'
    html = html_of(client, make_post(title, slug="money"))
    assert escape(title) in html
    assert "<b> (Blog post)" not in html


def test_the_article_is_described_for_machines(client, home):
    post = make_post("A </script><script>alert(1)</script> title", slug="odd", authors=["N. N."])
    html = html_of(client, post)
    script = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    article, crumbs = json.loads(script)["@graph"]
    assert article["@type"] == "Article"
    assert article["headline"] == post.title
    assert article["datePublished"] == "2026-11-01"
    assert crumbs["@type"] == "BreadcrumbList"


def test_posts_cost_the_same_however_many_there_are(client, home, count_queries):
    post = make_post(themes=["local-democracy"], countries=["ke"], authors=["One", "Two"])
    for _ in range(3):
        make_post(themes=["local-democracy"])
    before = count_queries(post.get_url())
    for _ in range(9):
        make_post(themes=["local-democracy"], countries=["ke"])
    caches["default"].clear()
    assert count_queries(post.get_url()) == before
    assert before <= 12


def test_a_preview_shows_the_draft(client, home, rf, admin_user):
    post = make_post("Published")
    post.title = "Not yet"
    request = rf.get("/")
    request.user = admin_user
    response = post.make_preview_request(request, "")
    response.render()
    assert "Not yet" in response.content.decode()
    assert 'name="robots" content="noindex"' in response.content.decode()
