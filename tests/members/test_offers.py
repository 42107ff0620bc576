"""Offers to join, chair or form a group: who reads them, and what an answer does."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions import open_account
from members.actions import offers
from members.models import ExpressionOfInterest, GroupMembership, Member
from tests.factories.content import make_person
from tests.factories.groups import appoint, make_group
from tests.factories.members import make_member
from working_groups.actions import ensure_access
from working_groups.advisory import advisory_board
from working_groups.models import Role

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
Kind, State = ExpressionOfInterest.Kind, ExpressionOfInterest.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(home) -> Member:
    return make_member("amina@example.org", "Amina Mfano")


@pytest.fixture
def africa(home):
    group = make_group("Africa")
    ensure_access(group)
    return group


@pytest.fixture
def chair(africa):
    """The account of somebody who chairs the group."""
    person = make_person("Baraka Sample", user=open_account("baraka@example.org"))
    appoint(person, africa)
    return person.user


def offered(member: Member, kind: Kind, group=None, name: str = "") -> ExpressionOfInterest:
    wish = ExpressionOfInterest(
        member=member, kind=kind, group=group, proposed_name=name, text="Ten years of budgets."
    )
    return offers.offer(wish, NOW)


def answer(wish, by, *, accepted: bool = True) -> bool:
    return offers.decide(wish, accepted=accepted, answer="Welcome.", by=by, now=NOW)


def test_co_chairs_read_who_wants_to_join_and_the_secretariat_who_wants_to_chair(
    amina, africa, chair, secretary, written_to
):
    offered(amina, Kind.JOIN, africa)
    assert (len(written_to(chair.email)), len(written_to(secretary.email))) == (1, 0)
    offered(amina, Kind.CHAIR, africa)
    assert (len(written_to(chair.email)), len(written_to(secretary.email))) == (1, 1)


def test_without_co_chairs_the_secretariat_reads_who_wants_to_join(
    amina, africa, secretary, written_to
):
    offered(amina, Kind.JOIN, africa)
    assert len(written_to(secretary.email)) == 1


def test_joining_that_is_accepted_puts_on_the_groups_list(amina, africa, chair, written_to):
    wish = offered(amina, Kind.JOIN, africa)
    assert answer(wish, chair)
    assert GroupMembership.objects.get().group == africa
    assert "Welcome." in written_to("amina@example.org")[-1].body


def test_chairing_that_is_accepted_gives_the_office_the_rights_and_a_seat_on_the_advisory_board(
    amina, africa, secretary
):
    wish = offered(amina, Kind.CHAIR, africa)
    answer(wish, secretary)
    role = Role.objects.get()
    assert (role.person.name, role.title, role.since) == ("Amina Mfano", "co-chair", TODAY)
    assert role.person.user == amina.user
    assert amina.user.groups.filter(name__startswith="Co-chairs").exists()
    assert list(advisory_board(TODAY)) == [role.person]


def test_a_group_that_is_full_gets_no_other_chair_and_the_offer_stays_open(
    amina, africa, secretary
):
    for number in range(4):
        appoint(make_person(f"Chair {number}"), africa)
    wish = offered(amina, Kind.CHAIR, africa)
    with pytest.raises(ValidationError):
        answer(wish, secretary)
    wish.refresh_from_db()
    assert wish.state == State.NEW


def test_an_offer_that_is_declined_changes_nothing_but_is_answered(
    amina, africa, chair, written_to
):
    answer(offered(amina, Kind.JOIN, africa), chair, accepted=False)
    assert not GroupMembership.objects.exists()
    assert "could not be accepted" in written_to("amina@example.org")[-1].body


def test_the_second_answer_comes_too_late(amina, africa, chair, secretary, written_to):
    wish = offered(amina, Kind.JOIN, africa)
    assert answer(wish, chair)
    assert not answer(wish, secretary, accepted=False)
    assert len(written_to("amina@example.org")) == 1


def test_r5_the_same_offer_twice_stays_one(amina, africa, secretary, written_to):
    assert offered(amina, Kind.JOIN, africa) == offered(amina, Kind.JOIN, africa)
    new = offered(amina, Kind.FORM, name="Urban water")
    assert offered(amina, Kind.FORM, name="Rural water") == new
    assert len(written_to(secretary.email)) == 2


def test_r24_co_chairs_read_and_answer_only_what_is_about_joining_their_own_group(
    amina, africa, chair, secretary
):
    asia = make_group("Asia")
    own = offered(amina, Kind.JOIN, africa)
    others = [
        offered(amina, Kind.JOIN, asia),
        offered(amina, Kind.CHAIR, africa),
        offered(amina, Kind.FORM, name="Urban water"),
    ]
    assert list(offers.readable_by(chair, TODAY)) == [own]
    assert offers.readable_by(secretary, TODAY).count() == 4
    assert not offers.readable_by(amina.user, TODAY).exists()
    for wish in others:
        with pytest.raises(PermissionDenied):
            answer(wish, chair)


def test_who_withdraws_is_no_longer_waited_for(amina, africa, chair):
    wish = offered(amina, Kind.JOIN, africa)
    assert offers.withdraw(wish)
    assert not offers.withdraw(wish)
    assert not answer(wish, chair)


def test_a_member_offers_and_takes_back_on_the_own_page(client, amina, africa):
    client.force_login(amina.user)
    page = client.get("/offers/new/?kind=chair&group=africa").text
    assert page.count(" checked") == page.count(" selected") == 1
    client.post("/offers/new/", {"kind": "chair", "group": "africa", "text": "I would."})
    wish = ExpressionOfInterest.objects.get()
    assert (wish.kind, wish.group) == ("chair", africa)
    client.post(f"/offers/{wish.pk}/withdraw/")
    wish.refresh_from_db()
    assert wish.state == State.WITHDRAWN


def test_nobody_takes_back_the_offer_of_somebody_else(client, amina, africa):
    wish = offered(amina, Kind.JOIN, africa)
    client.force_login(make_member("other@example.org", "Other Sample").user)
    assert client.post(f"/offers/{wish.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "chair", "text": "Yes"},
        {"kind": "form", "text": "Yes"},
        {"kind": "rule", "group": "africa", "text": "Yes"},
        {"kind": "join", "group": "nowhere", "text": "Yes"},
        {"kind": "join", "group": "africa", "text": "x" * 3_001},
    ],
)
def test_an_offer_that_makes_no_sense_is_refused_in_words(client, amina, africa, sent):
    client.force_login(amina.user)
    assert "error-summary" in client.post("/offers/new/", sent).text
    assert not ExpressionOfInterest.objects.exists()


def test_the_secretariat_answers_in_the_admin(client, amina, africa, secretary):
    wish = offered(amina, Kind.CHAIR, africa)
    client.force_login(secretary)
    assert "Amina Mfano" in client.get("/admin/offers/").text
    page = f"/admin/offers/{wish.pk}/answer/"
    assert "Ten years of budgets." in client.get(page).text
    client.post(page, {"decision": "accept", "answer": "Gladly."})
    wish.refresh_from_db()
    assert (wish.state, wish.answer, wish.reviewer) == (State.ACCEPTED, "Gladly.", secretary)


def test_r24_the_admin_shows_a_co_chair_no_offer_of_another_group(client, amina, chair):
    wish = offered(amina, Kind.JOIN, make_group("Asia"))
    client.force_login(chair)
    assert "Amina Mfano" not in client.get("/admin/offers/").text
    assert client.get(f"/admin/offers/{wish.pk}/answer/").status_code == 404
