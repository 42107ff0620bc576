"""Two at once cannot contradict each other, and nobody who left is remembered."""

import datetime

import pytest

from members.actions import privacy
from members.institutions import applying, page_changes, working_there
from members.institutions.applying import Answer
from members.institutions.page_changes import Wanted
from members.models import Affiliation, Application, PageChange
from members.own_data.collecting import collected
from people.models import Organisation
from tests.factories.institutions import apply_for, make_institution, make_staff
from tests.members.tables import tables_that_know
from tests.side_by_side import side_by_side

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


@pytest.mark.django_db(transaction=True)
def test_r5_clicks_at_once_make_one_application(amina):
    made = side_by_side(lambda: apply_for(amina).pk, 4)
    assert len(set(made)) == Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_make_one_institution(amina, secretary):
    application = apply_for(amina)
    answer = Answer(accepted=True, reason="")
    done = side_by_side(lambda: applying.decide(application, answer, by=secretary, now=NOW), 4)
    assert sorted(done) == [False, False, False, True]
    assert Organisation.objects.count() == Affiliation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_representatives_who_go_at_once_do_not_vanish_in_silence(
    lake, speaker, baraka, secretary, written_to
):
    terms = [speaker.affiliations.get(), working_there.appoint(baraka, lake, NOW)]
    waiting = iter(terms)

    def go() -> bool:
        term = next(waiting)
        return working_there.end(term, term.member.user, NOW)

    assert side_by_side(go, 2) == [True, True]
    assert len(written_to(secretary.email)) == 1


@pytest.mark.django_db(transaction=True)
def test_r5_asking_at_once_asks_once(lake, speaker, amina, written_to):
    side_by_side(lambda: working_there.ask(amina, lake, NOW), 4)
    assert amina.affiliations.count() == 1
    assert len(written_to(speaker.contact.email)) == 1


@pytest.mark.django_db(transaction=True)
def test_changes_of_a_page_at_once_stay_one(lake, speaker):
    wanted = Wanted(about="New words.", url="")
    side_by_side(lambda: page_changes.propose(lake, wanted, by=speaker, now=NOW), 4)
    assert PageChange.objects.count() == 1


@pytest.mark.django_db
def test_the_export_holds_what_a_member_is_at_institutions(lake, speaker):
    apply_for(speaker, "Hill Institute")
    page_changes.propose(lake, Wanted("New words.", ""), by=speaker, now=NOW)
    facts = collected(speaker)
    assert facts["applications"][0]["name"] == "Hill Institute"
    assert facts["institutions"][0]["organisation__name"] == "Lake Institute"
    assert facts["changes_of_pages"][0]["about"] == "New words."


@pytest.mark.django_db
def test_r25_no_table_remembers_who_spoke_for_an_institution_and_who_applied(
    lake, speaker, amina, secretary, written_to
):
    applying.decide(
        apply_for(speaker, "Hill Institute", position="Deputy of Siku Mfano"),
        Answer(accepted=True, reason="Dear Siku Mfano, welcome."),
        by=secretary,
        now=NOW,
    )
    apply_for(speaker, "Sea Institute")
    page_changes.propose(lake, Wanted("New words.", ""), by=speaker, now=NOW)
    working_there.ask(speaker, make_institution("Shore Institute"), NOW)
    make_staff(amina, lake)
    privacy.ask_to_be_erased(speaker, NOW)
    assert "mail_delivery" in tables_that_know("speaker@example.org", "Siku Mfano")
    privacy.erase_due(NOW + datetime.timedelta(days=15))
    assert tables_that_know("speaker@example.org", "Siku Mfano") == []
    assert [row.name for row in Application.objects.all()] == ["Hill Institute"]
    orphans = {mail.subject for mail in written_to(secretary.email)}
    assert "Nobody represents Lake Institute any more" in orphans
