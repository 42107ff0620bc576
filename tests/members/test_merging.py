"""Two members who are one person: found, compared, made one, whoever presses at the same time."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from mail import contacts, outbox, subscriptions
from mail.models import Cadence, Consent, Contact, Delivery, Lane, Suppression
from members import duplicates
from members.actions import joining, merging, privacy
from members.models import (
    Affiliation,
    Application,
    ExpressionOfInterest,
    FormerAddress,
    GroupMembership,
    Member,
)
from members.rules import mailbox, same_name
from people.models import Organisation
from taxonomy.models import Country, Region
from tests.factories.content import make_person
from tests.factories.groups import make_group
from tests.factories.members import make_member
from tests.members.lists import a_list, fates, imported
from tests.members.tables import tables_that_know
from tests.side_by_side import side_by_side
from working_groups.actions import ensure_secretariat

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(home) -> tuple[Member, Member]:
    kenya = Country.objects.get(slug="ke")
    amina = make_member("amina@example.org", "Amina Mfano", country=kenya)
    double = make_member("a.mfano@example.com", "AMINA  MFANO", country=kenya, position="Mayor")
    return amina, double


def merge(pair, secretary, **chosen: str) -> Member:
    return merging.merge(pair[0].pk, pair[1].pk, chosen, by=secretary, now=NOW)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a.b@gmail.com", "ab+news@googlemail.com", True),
        ("amina@example.org", "amina+x@example.org", True),
        ("a.mina@example.org", "amina@example.org", True),
        ("amina@example.org", "amina@example.com", False),
        ("amina@example.org", "aminah@example.org", False),
    ],
)
def test_addresses_of_one_mailbox_look_alike(one, other, alike):
    assert (mailbox(one) == mailbox(other)) == alike


def test_names_are_the_same_whatever_their_accents_and_order():
    assert same_name("Ñandú, José  María") == same_name("jose maria nandu")
    assert same_name("José") != same_name("Josefa")


def test_likely_doubles_are_found_and_namesakes_elsewhere_are_not(pair):
    france = Country.objects.get(slug="fr")
    make_member("other@example.org", "Amina Mfano", country=france)
    make_member("amina+list@example.org", "A. M.")
    found = {(pair.one.contact.email, pair.other.contact.email) for pair in duplicates.pairs()}
    assert found == {
        ("amina@example.org", "a.mfano@example.com"),
        ("amina@example.org", "amina+list@example.org"),
    }


def test_two_people_are_suggested_once_only(pair):
    merging.tell_apart(*pair)
    merging.tell_apart(pair[1], pair[0])
    assert duplicates.pairs() == []


def test_everything_of_both_comes_together(pair, secretary):
    amina, double = pair
    africa, asia = make_group("Africa"), make_group("Asia")
    for member, groups in ((amina, [africa]), (double, [africa, asia])):
        for group in groups:
            joining.join_group(member, group, NOW)
    double.regions.set(Region.objects.filter(slug="global"))
    news, region = ("general", "news"), ("region", "africa")
    wishes = subscriptions.set_wishes
    wishes(amina.contact, {news: Cadence.DAILY}, source="t", now=NOW)
    wishes(double.contact, {news: Cadence.WEEKLY, region: Cadence.WEEKLY}, source="t", now=NOW)
    consent = subscriptions.Decision("membership", True, "1", "join")
    subscriptions.record_consent(double.contact, consent, NOW)
    wish = ExpressionOfInterest.objects.create(
        member=double, kind="join", group=asia, text="x", submitted_at=NOW
    )
    house = Organisation.objects.create(name="County of X")
    Affiliation.objects.create(member=double, organisation=house, since=TODAY)
    Application.objects.create(applicant=double, name="County of X", about="x", submitted_at=NOW)
    person = make_person("Amina Mfano", user=double.user)
    merged = merge(pair, secretary)
    assert merged == amina
    assert {place.group for place in merged.memberships.all()} == {africa, asia}
    assert [term.slug for term in merged.regions.all()] == ["global"]
    found = {str(topic): cadence for topic, cadence in subscriptions.wishes(merged.contact).items()}
    assert found == {"general:news": "daily", "region:africa": "weekly"}
    assert Consent.objects.get().contact == merged.contact
    wish.refresh_from_db()
    assert wish.member == merged
    assert Affiliation.objects.get().member == Application.objects.get().applicant == merged
    person.refresh_from_db()
    assert (merged.person, person.user) == (person, merged.user)
    assert merged.position == "Mayor"


def test_the_fields_of_the_other_are_taken_where_they_were_chosen(pair, secretary):
    merged = merge(pair, secretary, name="other")
    assert merged.name == merged.user.name == merged.contact.name == "AMINA  MFANO"


def test_the_other_address_is_known_by_its_hash_only(pair, secretary):
    merge(pair, secretary)
    assert Member.objects.count() == 1
    assert not Contact.objects.filter(email="a.mfano@example.com").exists()
    assert not User.objects.filter(email="a.mfano@example.com").exists()
    assert FormerAddress.objects.get().digest == contacts.address_digest("a.mfano@example.com")
    assert "mfano" not in str(FormerAddress.objects.values().get())
    again = imported(a_list("Amina M,a.mfano@example.com,KE"), secretary, NOW)
    assert fates(again) == [(2, "known", "merged-before")]


def test_r25_who_is_erased_after_a_merge_leaves_neither_address(pair, secretary):
    outbox.plan(
        outbox.Planned(
            key="k",
            purpose="digest",
            lane=Lane.BULK,
            contact=pair[1].contact,
            payload={},
            due_at=NOW,
        )
    )
    merged = merge(pair, secretary)
    assert Delivery.objects.get(key="k").recipient == "amina@example.org"
    privacy.erase(merged, NOW)
    words = ("amina@example.org", "a.mfano@example.com", "amina mfano")
    assert tables_that_know(*words) == []
    assert contacts.is_suppressed("a.mfano@example.com")
    assert fates(imported(a_list("X Y,a.mfano@example.com,KE"), secretary, NOW)) == [
        (2, "refused", "suppressed")
    ]


def test_who_complained_under_one_address_hears_nothing_under_the_other(pair, secretary):
    topic = {("region", "africa"): Cadence.WEEKLY}
    subscriptions.set_wishes(pair[0].contact, topic, source="t", now=NOW)
    contacts.suppress("a.mfano@example.com", Suppression.Reason.COMPLAINED, NOW)
    merged = merge(pair, secretary)
    assert not merged.contact.subscriptions.exclude(cadence="off").exists()


def test_an_account_with_rights_does_not_end(pair, secretary):
    pair[1].user.groups.add(ensure_secretariat())
    with pytest.raises(ValidationError, match="rights"):
        merge(pair, secretary)
    assert Member.objects.count() == 2


def test_a_confirmed_address_does_not_give_way_to_an_unconfirmed_one(pair, secretary):
    Contact.objects.filter(pk=pair[0].contact_id).update(state="unverified")
    with pytest.raises(ValidationError, match="confirmed"):
        merge(pair, secretary)


def test_who_leaves_is_not_merged(pair, secretary):
    privacy.ask_to_be_erased(pair[1], NOW)
    with pytest.raises(ValidationError, match="erased"):
        merge(pair, secretary)


def test_two_entries_under_people_are_not_thrown_together(pair, secretary):
    make_person("One", user=pair[0].user)
    make_person("Other", user=pair[1].user)
    with pytest.raises(ValidationError, match="People"):
        merge(pair, secretary)


def test_a_merge_that_fails_half_way_changes_nothing(pair, secretary, monkeypatch):
    africa = make_group("Africa")
    joining.join_group(pair[1], africa, NOW)

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(merging, "_take_away", fail)
    with pytest.raises(RuntimeError):
        merge(pair, secretary)
    assert GroupMembership.objects.get().member == pair[1]
    assert not FormerAddress.objects.exists()


def test_it_is_done_by_a_form_that_says_one_is_sure(client, pair, secretary):
    client.force_login(secretary)
    path = f"/admin/members/doubles/{pair[0].pk}/{pair[1].pk}/"
    assert "a.mfano@example.com" in client.get(path).content.decode()
    client.post(path, {"address": "0"})
    assert Member.objects.count() == 2
    client.post(path, {"address": "1", "name": "0", "sure": "yes"})
    merged = Member.objects.get()
    assert (merged.contact.email, merged.name) == ("a.mfano@example.com", "Amina Mfano")
    assert client.post(path, {"address": "0", "sure": "yes"}).status_code == 404


def test_they_are_told_apart_by_a_button(client, pair, secretary):
    client.force_login(secretary)
    client.post(f"/admin/members/doubles/{pair[0].pk}/{pair[1].pk}/", {"apart": "1"})
    assert "No two members" in client.get("/admin/members/doubles/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_is_refused(pair, secretary):
    def press() -> bool:
        try:
            merging.merge(pair[0].pk, pair[1].pk, {}, by=secretary, now=NOW)
        except ValidationError:
            return False
        return True

    assert sorted(side_by_side(press, 2)) == [False, True]
    assert Member.objects.count() == FormerAddress.objects.count() == 1


def test_whoever_was_two_is_told_at_the_address_that_stays(pair, secretary, written_to):
    merge(pair, secretary)
    (mail,) = written_to("amina@example.org")
    assert mail.subject == "We joined your two entries"
    assert "You log in with amina@example.org." in mail.body
    assert "a.mfano@example.com" not in mail.body + mail.html
    assert written_to("a.mfano@example.com") == []


def test_an_address_that_nobody_confirmed_is_told_nothing(secretary, written_to):
    rows = ["Amina Mfano,amina@example.org,KE", "Amina Mfano,a.mfano@example.com,KE"]
    imported(a_list(*rows), secretary, NOW)
    merge(tuple(Member.objects.order_by("pk")), secretary)
    assert {mail.purpose for mail in written_to("amina@example.org")} == {"invitation"}
