"""No change is lost and no save is held up: the outbox in the transaction of the change."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from blog.models import BlogPage
from people.models import Person
from search.models import Change, Document
from search.projection import changes
from search.projection.retries import MOST_ATTEMPTS
from tests.factories.content import make_person, make_post
from tests.factories.events import make_event


def marked() -> list[str]:
    return list(Change.objects.order_by("pk").values_list("what", flat=True))


# In the same transaction -----------------------------------------------------------------------


def test_a_mark_vanishes_with_the_change_that_was_rolled_back(home):
    changes.catch_up()
    with transaction.atomic():
        make_post("On land")
        transaction.set_rollback(True)
    assert marked() == []


def test_a_mark_that_was_rolled_back_is_made_again(home):
    post = make_post("On land")
    changes.catch_up()
    with transaction.atomic():
        post.save()
        transaction.set_rollback(True)
    post.save()
    assert marked() == [f"page:{post.pk}"]


def test_one_save_marks_once_however_many_rows_it_writes(home, now):
    post = make_post(
        "On land",
        themes=["gender-equity", "subnational-finance"],
        authors=["Amina Sample", "Kofi Sample"],
    )
    changes.catch_up()
    post.save_revision().publish()
    assert marked() == [f"page:{post.pk}"]


def test_what_is_marked_after_the_outbox_was_worked_off_is_marked_again(home):
    post = make_post("On land")
    changes.catch_up()
    post.title = "On water"
    post.save()
    changes.catch_up()
    assert Document.objects.get(uid=f"page:{post.pk}").title == "On water"


def test_a_process_that_dies_after_the_commit_leaves_its_marks(home):
    """Nothing that follows a commit runs in this test, as in a process that was killed."""
    post = make_post("On land")
    assert not Document.objects.filter(uid=f"page:{post.pk}").exists()
    changes.catch_up()
    assert Document.objects.filter(uid=f"page:{post.pk}", deleted_at=None).exists()


REFUSE = {
    "sqlite": [
        "create trigger no_marks before insert on search_change "
        "begin select raise(abort, 'full'); end"
    ],
    "postgresql": [
        "create function no_marks() returns trigger language plpgsql as "
        "$$ begin raise exception 'full'; end $$",
        "create trigger no_marks before insert on search_change execute function no_marks()",
    ],
}
ALLOW = {
    "sqlite": ["drop trigger no_marks"],
    "postgresql": ["drop trigger no_marks on search_change", "drop function no_marks"],
}


@pytest.fixture
def outbox_is_full(home):
    """Let the database refuse every mark from now on, until the function returned is called."""
    post, person = make_post("On land"), make_person("Amina Sample")
    changes.catch_up()

    def run(statements: dict[str, list[str]]) -> None:
        with connection.cursor() as cursor:
            for statement in statements[connection.vendor]:
                cursor.execute(statement)

    run(REFUSE)
    yield post, person
    run(ALLOW)


def test_a_page_and_its_mark_stand_or_fall_together(outbox_is_full):
    post, _person = outbox_is_full
    post.title = "On water"
    with pytest.raises(DatabaseError):
        post.save_revision().publish()
    assert BlogPage.objects.get(pk=post.pk).title == "On land"
    with pytest.raises(DatabaseError):
        BlogPage.objects.get(pk=post.pk).unpublish()
    assert BlogPage.objects.get(pk=post.pk).live
    with pytest.raises(DatabaseError), transaction.atomic():
        BlogPage.objects.get(pk=post.pk).delete()
    assert BlogPage.objects.filter(pk=post.pk).exists()


def test_a_person_who_is_edited_in_the_admin_stands_or_falls_with_the_mark(
    outbox_is_full, admin_client
):
    _post, person = outbox_is_full
    address = f"/admin/snippets/people/person/edit/{person.pk}/"
    form = admin_client.get(address).context["form"]
    data = {name: value for name, value in form.initial.items() if value is not None}
    for prefix in ("biographies", "seats"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    with pytest.raises(DatabaseError):
        admin_client.post(address, data | {"name": "Amina Example"})
    assert Person.objects.get(pk=person.pk).name == "Amina Sample"


# What cannot be built --------------------------------------------------------------------------


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
def test_one_bad_page_keeps_no_other_out_and_is_tried_again(home, now):
    good, bad, last = make_post("One"), make_post("bad"), make_post("Two")
    changes.catch_up(now=now)
    found = set(Document.objects.filter(deleted_at=None).values_list("uid", flat=True))
    assert {f"page:{good.pk}", f"page:{last.pk}"} <= found
    change = Change.objects.get()
    assert (change.what, change.attempts) == (f"page:{bad.pk}", 1)
    assert "no words" in change.error
    assert changes.catch_up(now=now) == 0
    BlogPage.objects.filter(pk=bad.pk).update(title="mended")
    changes.catch_up(now=change.retry_at)
    assert marked() == []
    assert Document.objects.filter(uid=f"page:{bad.pk}", deleted_at=None).exists()


@pytest.mark.usefixtures("broken")
def test_a_page_that_fails_for_ever_is_given_up_until_somebody_saves_it(home, now):
    bad = make_post("bad")
    while changes.waiting(now).exists():
        changes.catch_up(now=now)
        now = max(now, Change.objects.get().retry_at)
    assert changes.given_up().get().attempts == MOST_ATTEMPTS
    bad.title = "mended"
    bad.save()
    changes.catch_up(now=now)
    assert marked() == []


def test_a_commit_that_comes_after_a_later_number_is_not_lost(home):
    """Numbers are drawn before they commit, so a lower one may appear after a higher was taken."""
    post = make_post("On land")
    changes.catch_up()
    document = Document.objects.get(uid=f"page:{post.pk}")
    BlogPage.objects.filter(pk=post.pk).update(title="On water")
    Change.objects.create(pk=document.version - 1, what=document.uid)
    changes.catch_up()
    before, document = document.version, Document.objects.get(pk=document.pk)
    assert document.title == "On water"
    assert document.version > before


def test_the_order_of_marks_is_kept_however_they_are_named(home, now):
    event = make_event("A meeting", now)
    changes.mark("everything", f"page:{event.pk}", "page:999999", "country:xx", "file:999999")
    changes.catch_up(now=timezone.now())
    assert marked() == []
