"""What is kept too long goes in the night, and a dry run says exactly what."""

import datetime
import io

import pytest
import time_machine
from django.core.management import call_command

from accounts import retention
from files.models import ExportLog
from mail import contacts, subscriptions
from mail.models import Consent, Contact, Delivery, DeliveryEvent, Suppression
from members.actions import invitations, privacy
from members.models import (
    DataRequest,
    DigestRun,
    ExpressionOfInterest,
    Member,
    MemberImport,
)
from members.retention import KEPT
from tests.factories.members import make_member
from tests.members.lists import a_list, imported, tried

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


def everything_as_of(at: datetime.datetime, secretary, name: str) -> None:
    """Leave one row of every kind, as it was written at this moment."""
    with time_machine.travel(at, tick=False):
        over = {"purpose": "p", "recipient": "x@example.org", "due_at": at}
        Delivery.objects.create(key=f"{name}1", state="sent", sent_at=at, **over)
        Delivery.objects.create(key=f"{name}2", state="queued", **over)
        DeliveryEvent.objects.create(provider="P", provider_event_id=name, kind="x", at=at)
        Contact.objects.create(email=f"{name}@example.org", address=f"{name}@example.org")
        imported(a_list(f"B,{name}-listed@example.org,KE"), secretary, at)
        leaver = make_member(f"{name}-leaver@example.org", f"Leaver {name}")
        decision = subscriptions.Decision("membership", True, "1", "join")
        subscriptions.record_consent(leaver.contact, decision, at - 900 * DAY)
        privacy.erase(leaver, at)
        tried(a_list(f"A,{name}-tried@example.org,KE"), secretary, at)  # erasing takes its file
        stays = make_member(f"{name}-stays@example.org", f"Stays {name}")
        subscriptions.record_consent(stays.contact, decision, at)
        facts = {"member": stays, "kind": "form", "text": "x", "submitted_at": at}
        ExpressionOfInterest.objects.create(state="declined", answered_at=at, **facts)
        ExpressionOfInterest.objects.create(state="new", **facts)
        DataRequest.objects.create(kind="export", state="done", asked_at=at, done_at=at)
        ExportLog.objects.create(what="members", file_format="csv", at=at)
        DigestRun.objects.create(cadence="daily", period=name, zone="UTC", finished_at=at)


def numbers(outcomes: list[retention.Outcome]) -> dict[str, int]:
    """Return how many of each kind go that membership keeps."""
    own = {kept.name for kept in KEPT}
    return {outcome.name: outcome.number for outcome in outcomes if outcome.name in own}


def test_what_is_young_stays(secretary):
    everything_as_of(NOW - DAY / 2, secretary, "young")
    assert set(numbers(retention.purge(NOW)).values()) == {0}


def test_what_is_old_goes_and_a_dry_run_says_exactly_that(secretary):
    everything_as_of(NOW - DAY / 2, secretary, "young")
    everything_as_of(NOW - 4 * 365 * DAY, secretary, "old")
    foretold = retention.purge(NOW, dry_run=True)
    assert foretold == retention.purge(NOW, dry_run=True)
    assert numbers(foretold) | {"mails that are over": 1} == dict.fromkeys(numbers(foretold), 1)
    assert retention.purge(NOW) == foretold
    assert set(numbers(retention.purge(NOW)).values()) == {0}


def test_what_is_still_needed_is_not_forgotten(secretary):
    everything_as_of(NOW - 4 * 365 * DAY, secretary, "old")
    retention.purge(NOW)
    assert Member.objects.filter(name="Stays old").exists()
    assert Consent.objects.get().contact.email == "old-stays@example.org"
    assert Delivery.objects.filter(key="old2", state="queued").exists()
    assert ExpressionOfInterest.objects.get().state == "new"
    assert Suppression.objects.filter(reason="erased").exists()


def test_consents_are_kept_for_three_years_after_leaving(secretary):
    member = make_member("amina@example.org", "Amina Mfano")
    decision = subscriptions.Decision("membership", True, "1", "join")
    subscriptions.record_consent(member.contact, decision, NOW - 5 * 365 * DAY)
    privacy.erase(member, NOW)
    retention.purge(NOW + 1_000 * DAY)
    assert Consent.objects.count() == 1
    retention.purge(NOW + 1_100 * DAY)
    assert not Consent.objects.exists()


def test_imported_people_who_never_answer_are_forgotten_and_never_come_back(secretary):
    with time_machine.travel(NOW - 181 * DAY, tick=False):
        imported(a_list("A,a@example.org,KE", "B,b@example.org,KE"), secretary, NOW - 181 * DAY)
    invitations.accept(Contact.objects.get(email="b@example.org"), NOW - 10 * DAY)
    retention.purge(NOW)
    assert [member.name for member in Member.objects.all()] == ["B"]
    assert contacts.is_suppressed("a@example.org")


def test_more_than_a_batch_goes_in_one_night(secretary, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 10)
    with time_machine.travel(NOW - 40 * DAY, tick=False):
        for number in range(25):
            Contact.objects.create(email=f"{number}@example.org", address=f"{number}@example.org")
    assert numbers(retention.purge(NOW))["addresses nobody confirmed"] == 25


def test_the_command_says_what_goes_and_a_dry_run_changes_nothing(secretary):
    everything_as_of(NOW - 4 * 365 * DAY, secretary, "old")
    with time_machine.travel(NOW, tick=False):
        foretold, done = io.StringIO(), io.StringIO()
        call_command("tidy_members", dry_run=True, stdout=foretold)
        assert MemberImport.objects.count() == 2
        call_command("tidy_members", stdout=done)
    assert foretold.getvalue() == done.getvalue() + "Nothing was changed.\n"
    assert "consents of those who left (after 1095 days)" in done.getvalue()
    assert not MemberImport.objects.exists()
