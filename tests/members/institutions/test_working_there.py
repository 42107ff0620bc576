"""Who works for an institution and who speaks for it, in dated terms."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mail.models import Delivery
from members.institutions import access, working_there
from members.models import Affiliation, Member
from tests.factories.institutions import make_institution, make_staff

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
TOMORROW = NOW + datetime.timedelta(days=1)
Title = Affiliation.Title

pytestmark = pytest.mark.django_db


def terms_of(member: Member) -> list[str]:
    return [term.title for term in member.affiliations.held(TODAY).order_by("pk")]


def test_a_representative_is_asked_and_the_member_is_told(lake, speaker, amina, written_to):
    wish = working_there.ask(amina, lake, NOW)
    assert working_there.ask(amina, lake, NOW) == wish
    assert len(written_to(speaker.contact.email)) == 1
    assert terms_of(amina) == []
    assert working_there.confirm(wish, speaker.user, NOW)
    assert terms_of(amina) == [Title.STAFF]
    assert "It is confirmed" in written_to(amina.contact.email)[-1].body


def test_without_a_representative_the_secretariat_is_asked(amina, secretary, written_to):
    wish = working_there.ask(amina, make_institution(), NOW)
    assert len(written_to(secretary.email)) == 1
    assert working_there.confirm(wish, secretary, NOW)


def test_whoever_was_declined_asks_again_after_a_while(lake, speaker, amina, written_to):
    wish = working_there.ask(amina, lake, NOW)
    assert working_there.decline(wish, speaker.user, NOW)
    assert not working_there.confirm(wish, speaker.user, NOW)
    assert "did not confirm" in written_to(amina.contact.email)[-1].body
    with pytest.raises(ValidationError):
        working_there.ask(amina, lake, TOMORROW)
    assert working_there.ask(amina, lake, NOW + datetime.timedelta(days=30)).pk != wish.pk


def test_asking_and_taking_back_over_and_over_sends_one_mail_a_day(
    lake, speaker, amina, written_to
):
    for _ in range(3):
        assert working_there.end(working_there.ask(amina, lake, NOW), amina.user, NOW)
    assert len(written_to(speaker.contact.email)) == 1


def test_a_member_can_work_for_several_institutions(lake, amina):
    make_staff(amina, lake)
    make_staff(amina, make_institution("Hill Institute"))
    assert terms_of(amina) == [Title.STAFF, Title.STAFF]


def test_an_institution_gives_its_people_nothing_but_a_link(lake, amina):
    make_staff(amina, lake)
    amina.refresh_from_db()
    assert (amina.affiliation, amina.country, amina.memberships.count()) == ("", None, 0)


def test_rights_end_with_the_term_at_once(lake, speaker, baraka):
    other = working_there.appoint(baraka, lake, NOW)
    assert working_there.end(other, speaker.user, NOW)
    assert not access.may_manage(baraka.user, lake, TODAY)
    assert not working_there.end(other, speaker.user, NOW)


def test_a_term_that_was_entered_with_its_last_day_ends_after_it(lake, speaker):
    speaker.affiliations.update(until=TODAY)
    assert access.represents(speaker.user, lake, TODAY)
    assert not access.represents(speaker.user, lake, TOMORROW.date())


def test_a_representative_lets_somebody_else_speak_too(lake, speaker, amina, written_to):
    term = make_staff(amina, lake)
    assert working_there.promote(term, speaker.user, NOW)
    assert not working_there.promote(term, speaker.user, NOW)
    assert terms_of(amina) == terms_of(speaker) == [Title.REPRESENTATIVE]
    assert "You speak for" in written_to(amina.contact.email)[-1].body


def test_handing_over_leaves_one_as_staff(lake, speaker, amina, secretary, written_to):
    assert working_there.hand_over(make_staff(amina, lake), speaker.user, NOW)
    assert terms_of(amina) == [Title.REPRESENTATIVE]
    assert terms_of(speaker) == [Title.STAFF]
    assert written_to(secretary.email) == []


def test_only_staff_can_be_made_representatives(lake, speaker, amina):
    wish = working_there.ask(amina, lake, NOW)
    assert not working_there.promote(wish, speaker.user, NOW)
    assert not working_there.hand_over(wish, speaker.user, NOW)
    assert terms_of(speaker) == [Title.REPRESENTATIVE]


def test_the_last_representative_does_not_vanish_in_silence(lake, speaker, secretary, written_to):
    assert working_there.end(speaker.affiliations.get(), speaker.user, NOW)
    assert "last representative" in written_to(secretary.email)[-1].body


def test_the_secretariat_makes_somebody_speak_for_an_orphan(lake, speaker, amina, secretary):
    working_there.end(speaker.affiliations.get(), speaker.user, NOW)
    assert working_there.promote(make_staff(amina, lake), secretary, NOW)
    assert access.represents(amina.user, lake, TODAY)


def test_one_open_affiliation_per_institution_is_a_rule_of_the_database(lake, speaker):
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(member=speaker, organisation=lake, since=TODAY)


def test_mails_about_institutions_carry_a_key_each(lake, speaker, amina):
    working_there.confirm(working_there.ask(amina, lake, NOW), speaker.user, NOW)
    assert Delivery.objects.count() == Delivery.objects.values("key").distinct().count() == 2
