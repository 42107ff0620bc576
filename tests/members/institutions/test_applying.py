"""Institutions apply, and the secretariat answers."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.institutions import access, applying
from members.institutions.applying import Answer
from members.models import Application
from people.models import Organisation
from taxonomy.models import Theme
from tests.factories.institutions import apply_for
from tests.members.tables import state_of

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
YES = Answer(accepted=True, reason="Welcome.")
NO = Answer(accepted=False, reason="Please tell us more.")

pytestmark = pytest.mark.django_db


def test_an_application_reaches_the_secretariat_once(amina, secretary, written_to):
    assert apply_for(amina, "Lake  Institute") == apply_for(amina, "lake institute")
    assert Application.objects.get().name == "Lake Institute"
    assert [mail.subject for mail in written_to(secretary.email)] == [
        "Lake Institute applies for membership"
    ]


def test_two_members_may_apply_for_the_same_institution(amina, baraka, secretary):
    apply_for(amina)
    apply_for(baraka)
    assert Application.objects.count() == 2


def test_one_open_application_per_institution_is_a_rule_of_the_database(amina):
    application = apply_for(amina)
    application.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        application.save()


def test_nobody_floods_the_secretariat(amina):
    for number in range(3):
        apply_for(amina, f"Institute {number}")
    with pytest.raises(ValidationError):
        apply_for(amina, "Institute 4")


def test_approving_makes_a_member_institution_and_its_representative(amina, secretary, written_to):
    application = apply_for(amina, "Lake Institute", acronym="LI")
    assert applying.decide(application, YES, by=secretary, now=NOW)
    institution = Organisation.objects.get()
    assert (institution.name, institution.acronym, institution.kind, institution.slug) == (
        *("Lake Institute", "LI", "institution"),
        "lake-institute",
    )
    assert institution.member_since == TODAY
    assert access.represents(amina.user, institution, TODAY)
    assert state_of(application) == "approved"
    answer = written_to(amina.contact.email)[-1]
    assert "is a member of the Alliance now" in answer.body
    assert "Welcome." in answer.body


def test_the_answer_speaks_the_language_of_the_applicant(amina, secretary, written_to):
    amina.contact.language = "fr"
    amina.contact.save()
    applying.decide(apply_for(amina), NO, by=secretary, now=NOW)
    assert "/fr/" in written_to(amina.contact.email)[-1].body


def test_approving_takes_the_organisation_that_is_on_the_site_already(amina, secretary):
    partner = Organisation.objects.create(name="Lake Institute", about="Old words.")
    applying.decide(apply_for(amina, "LAKE Institute"), YES, by=secretary, now=NOW)
    partner.refresh_from_db()
    assert Organisation.objects.count() == 1
    assert (partner.kind, partner.about) == ("partner", "Old words.")
    assert partner.member_since == TODAY


def test_the_secretariat_says_under_which_name_an_institution_is_here(amina, secretary):
    meant = Organisation.objects.create(name="Institute of the Lake")
    applying.decide(apply_for(amina), Answer(True, "", meant), by=secretary, now=NOW)
    assert access.represents(amina.user, meant, TODAY)
    assert Organisation.objects.count() == 1


def test_declining_makes_nothing_and_says_why(amina, secretary, written_to):
    applying.decide(apply_for(amina), NO, by=secretary, now=NOW)
    assert not Organisation.objects.exists()
    assert "Please tell us more." in written_to(amina.contact.email)[-1].body


def test_the_second_answer_comes_too_late(amina, secretary, written_to):
    application = apply_for(amina)
    assert applying.decide(application, NO, by=secretary, now=NOW)
    assert not applying.decide(application, YES, by=secretary, now=NOW)
    assert not Organisation.objects.exists()
    assert len(written_to(amina.contact.email)) == 1


def test_what_was_taken_back_is_not_approved(amina, secretary):
    application = apply_for(amina)
    assert applying.withdraw(application)
    assert not applying.withdraw(application)
    assert not applying.decide(application, YES, by=secretary, now=NOW)


def test_an_institution_whose_applicant_has_left_is_not_approved(amina, secretary):
    application = apply_for(amina)
    Application.objects.update(applicant=None)
    with pytest.raises(ValidationError):
        applying.decide(application, YES, by=secretary, now=NOW)


def test_the_themes_of_an_application_become_those_of_a_new_institution(amina, secretary):
    finance = Theme.objects.filter(slug="subnational-finance")
    application = Application(applicant=amina, name="Hill Fund", about="x", position="y")
    applying.apply(application, NOW, finance)
    applying.decide(application, Answer(accepted=True, reason=""), by=secretary, now=NOW)
    assert [term.slug for term in Organisation.objects.get().themes.all()] == [
        "subnational-finance"
    ]


def test_an_organisation_that_was_there_keeps_its_themes(amina, secretary):
    there = Organisation.objects.create(name="Hill Fund")
    application = Application(applicant=amina, name="Hill Fund", about="x", position="y")
    applying.apply(application, NOW, Theme.objects.filter(slug="subnational-finance"))
    applying.decide(application, Answer(accepted=True, reason=""), by=secretary, now=NOW)
    assert not there.themes.exists()
