"""Who may find what."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from accounts.models import User
from pages.models import SitePage
from search.projection.readers import (
    EVERYBODY,
    MEMBERS,
    all_read,
    both,
    open_to_everybody,
    readers_of,
    readers_of_documents,
    readers_of_pages,
)
from tests.factories.content import make_document, make_post
from tests.factories.groups import make_group

ONE, OTHER = (frozenset({"superuser", f"group:{number}"}) for number in (1, 2))
NOBODY_KNOWN = frozenset({"superuser"})


def restrict(page, kind: str, *groups: Group) -> None:
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="x" if kind == "password" else ""
    )
    restriction.groups.set(groups)


def test_everybody_reads_what_nobody_restricted(home):
    post = make_post()
    assert readers_of_pages([post]) == {post.pk: EVERYBODY}


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        (PageViewRestriction.NONE, EVERYBODY),
        (PageViewRestriction.LOGIN, MEMBERS),
        (PageViewRestriction.PASSWORD, NOBODY_KNOWN),
    ],
)
def test_a_restriction_says_who_reads(home, kind, readers):
    post = make_post()
    restrict(post, kind)
    assert readers_of_pages([post])[post.pk] == readers


def test_a_page_below_a_restricted_one_is_as_private(home):
    group, staff = make_group("LAC"), Group.objects.create(name="Staff")
    below, beside = make_post("Below", parent=group), make_post("Beside")
    restrict(group, PageViewRestriction.GROUPS, staff)
    readers = readers_of_pages([below, beside])
    assert readers == {below.pk: {"superuser", f"group:{staff.pk}"}, beside.pk: EVERYBODY}


def test_restrictions_within_restrictions_leave_who_passes_both(home):
    group, staff = make_group("LAC"), Group.objects.create(name="Staff")
    post, secret = make_post("Below", parent=group), make_post("Secret", parent=group)
    restrict(group, PageViewRestriction.LOGIN)
    restrict(post, PageViewRestriction.GROUPS, staff)
    restrict(secret, PageViewRestriction.PASSWORD)
    readers = readers_of_pages([post, secret])
    assert readers[post.pk] == {"superuser", f"group:{staff.pk}"}
    assert readers[secret.pk] == NOBODY_KNOWN


@pytest.mark.parametrize(
    ("first", "second", "readers"),
    [
        (EVERYBODY, EVERYBODY, EVERYBODY),
        (EVERYBODY, ONE, ONE),
        (MEMBERS, ONE, ONE),
        (MEMBERS, MEMBERS, MEMBERS),
        (ONE, ONE | OTHER, ONE),
        (ONE, OTHER, NOBODY_KNOWN),
        (MEMBERS, NOBODY_KNOWN, NOBODY_KNOWN),
        (EVERYBODY, frozenset(), frozenset()),
    ],
)
def test_who_passes_two_restrictions(first, second, readers):
    assert both(first, second) == both(second, first) == readers


def test_all_readers_of_the_narrower_read_the_wider():
    assert all_read(ONE, MEMBERS)
    assert all_read(ONE, EVERYBODY)
    assert not all_read(MEMBERS, ONE)
    assert not all_read(EVERYBODY, MEMBERS)
    assert not all_read(EVERYBODY, frozenset())


def test_the_restrictions_of_any_number_of_pages_cost_the_same(
    home, django_assert_num_queries, django_assert_max_num_queries
):
    pages = [make_post() for _ in range(3)]
    staff = Group.objects.create(name="Staff")
    for page in pages[1:]:
        restrict(page, PageViewRestriction.GROUPS, staff)
    with django_assert_num_queries(2):
        readers_of_pages(pages)


def test_pages_open_to_everybody_follow_a_restriction_at_once(home):
    post = make_post()
    assert post.sitepage_ptr in open_to_everybody(SitePage.objects.all())
    restrict(post, PageViewRestriction.LOGIN)
    assert post.sitepage_ptr not in open_to_everybody(SitePage.objects.all())


def test_a_document_is_as_private_as_its_collection_and_those_around(db):
    outer = Collection.get_first_root_node().add_child(name="Outer")
    inner = outer.add_child(name="Inner")
    document, open_one = make_document(collection=inner), make_document()
    CollectionViewRestriction.objects.create(
        collection=outer, restriction_type=CollectionViewRestriction.LOGIN
    )
    readers = readers_of_documents([document, open_one])
    assert readers == {document.pk: MEMBERS, open_one.pk: EVERYBODY}


def test_what_somebody_carries(db, django_assert_num_queries):
    staff = Group.objects.create(name="Staff")
    member = User.objects.create_user(email="member@example.org")
    member.groups.add(staff)
    chief = User.objects.create_superuser(email="chief@example.org")
    with django_assert_num_queries(0):
        assert readers_of(AnonymousUser()) == EVERYBODY
    with django_assert_num_queries(1):
        assert readers_of(member) == {"public", "members", f"group:{staff.pk}"}
    assert readers_of(chief) == {"public", "members", "superuser"}
