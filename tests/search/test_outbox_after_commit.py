"""What follows the commit: few documents are built at once, nobody waits, nothing is lost."""

import threading
import time

import pytest
from django.db import connection, transaction
from wagtail.models import Page

from blog.models import BlogPage
from search.models import Change, Document
from search.projection import changes
from taxonomy.models import Theme
from tests.factories.content import make_post
from tests.factories.groups import make_group
from tests.search.elastic.doors import nobody_answers
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)
one_writer = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="only one connection writes to SQLite at a time"
)


@pytest.fixture(autouse=True)
def _nothing_waits(home):
    """The site itself has been worked off."""
    changes.catch_up()


def marked() -> list[str]:
    return list(Change.objects.order_by("pk").values_list("what", flat=True))


def test_a_save_builds_its_document_at_once():
    post = make_post("On land")
    assert Document.objects.filter(uid=f"page:{post.pk}", deleted_at=None).exists()
    assert marked() == []


def test_a_page_that_is_moved_below_a_group_says_so_at_once():
    group, post = make_group("Africa"), make_post("On land")
    Page.objects.get(pk=post.pk).move(Page.objects.get(pk=group.pk), "last-child")
    document = Document.objects.get(uid=f"page:{post.pk}")
    assert document.facets.filter(facet="group", value=group.slug).exists()
    assert document.url.startswith(group.get_url())


def test_what_reaches_far_is_left_to_the_worker(monkeypatch):
    monkeypatch.setattr(changes, "FEW", 3)
    posts = [make_post(f"On land {number}", themes=["gender-equity"]) for number in range(5)]
    theme = Theme.objects.get(slug="gender-equity")
    theme.name = "Fairness"
    theme.save()
    assert marked() == ["facet:theme:gender-equity"]
    changes.catch_up()
    uids = [f"page:{post.pk}" for post in posts]
    assert Document.objects.filter(uid__in=uids, labels__contains="Fairness").count() == 5


@pytest.fixture
def broken(monkeypatch):
    """Posts called “bad” cannot say what they are."""
    real = BlogPage.findable

    def findable(post):
        if post.title == "bad":
            raise LookupError("no words")
        return real(post)

    monkeypatch.setattr(BlogPage, "findable", findable)


@pytest.mark.usefixtures("broken")
def test_a_page_that_cannot_be_built_can_still_be_saved():
    post = make_post("bad")
    assert BlogPage.objects.filter(pk=post.pk).exists()
    assert not Document.objects.filter(uid=f"page:{post.pk}").exists()
    assert marked() == [f"page:{post.pk}"]


def test_a_save_asks_a_hung_cluster_for_nothing(settings):
    with nobody_answers() as settings.ELASTICSEARCH_URL:
        began = time.monotonic()
        post = make_post("On land")
        post.save_revision().publish()
        post.unpublish()
        post.delete()
        assert time.monotonic() - began < 5
    assert marked() == []


@one_writer
def test_two_who_work_off_changes_miss_nothing():
    posts = [make_post(f"Post {number}", live=False) for number in range(30)]
    BlogPage.objects.filter(pk__in=[post.pk for post in posts]).update(live=True)
    changes.announce(*(f"page:{post.pk}" for post in posts))

    side_by_side(lambda: changes.catch_up(limit=7), 5)
    changes.catch_up()
    found = Document.objects.filter(uid__in=[f"page:{post.pk}" for post in posts], deleted_at=None)
    assert found.count() == 30
    assert marked() == []


@one_writer
def test_a_save_does_not_wait_for_somebody_who_works_off_changes():
    is_locked, may_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            changes.last_version()
            is_locked.set()
            may_go.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    is_locked.wait(10)
    post = make_post("On land")
    assert marked() == [f"page:{post.pk}"]
    may_go.set()
    holder.join()
    changes.catch_up()
    assert marked() == []
