"""What members fill in, and what the secretariat looks through."""

import datetime

import pytest

from members.institutions import page_changes, working_there
from members.institutions.page_changes import Wanted
from members.models import Affiliation, Application
from people.models import Organisation
from tests.factories.institutions import apply_for, make_institution, make_staff
from tests.factories.members import make_member
from tests.members.tables import state_of

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
State = Affiliation.State

pytestmark = pytest.mark.django_db


FILLED = {
    "name": "Lake Institute",
    "acronym": "LI",
    "url": "https://lake.example.org",
    "about": "Counts fish and budgets.",
    "position": "Head of research",
}


def test_a_member_applies_and_takes_it_back(client, amina):
    client.force_login(amina.user)
    for _ in range(2):
        assert client.post("/institutions/apply/", FILLED).headers["Location"] == "/my/"
    application = Application.objects.get()
    assert "Lake Institute" in client.get("/my/").text
    client.post(f"/institutions/applications/{application.pk}/withdraw/")
    assert state_of(application) == "withdrawn"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "A\x00B"},
        {"name": "x" * 201},
        {"url": "javascript:alert(1)"},
        {"about": ""},
        {"about": "x" * 1_501},
        {"position": ""},
        {"country": "999999"},
        {"country": "x"},
        {"themes": ["999999"]},
        {"themes": ["x"]},
    ],
)
def test_an_application_that_makes_no_sense_is_refused_in_words(client, amina, changes):
    client.force_login(amina.user)
    answer = client.post("/institutions/apply/", FILLED | changes)
    assert "error-summary" in answer.text
    assert not Application.objects.exists()


def test_a_name_on_the_site_leads_to_working_there(client, amina, lake):
    client.force_login(amina.user)
    answer = client.post("/institutions/apply/", FILLED | {"name": "lake institute"})
    assert f"/institutions/{lake.slug}/work-there/" in answer.text
    again = client.post("/institutions/apply/", FILLED | {"seen": str(lake.pk)})
    assert "error-summary" in again.text, "it is a member already"
    assert not Application.objects.exists()


def test_a_partner_may_apply_all_the_same(client, amina):
    partner = Organisation.objects.create(name="Lake Institute")
    client.force_login(amina.user)
    answer = client.post("/institutions/apply/", FILLED)
    assert f'name="seen" value="{partner.pk}"' in answer.text
    client.post("/institutions/apply/", FILLED | {"seen": str(partner.pk)})
    assert Application.objects.count() == 1


def test_whoever_is_no_member_joins_first_and_comes_back(client, filled_in, written_to, link_in):
    assert client.get("/institutions/apply/").headers["Location"] == "/join/institution/"
    assert "/accounts/login/?next=/institutions/apply/" in client.get("/join/institution/").text
    client.post("/join/institution/", filled_in)
    link = link_in(written_to(filled_in["email"])[-1])
    assert client.post(link, {"password": ""}).headers["Location"] == "/institutions/apply/"
    assert client.get("/institutions/apply/").status_code == 200


def test_r20_the_door_for_institutions_answers_all_addresses_alike(
    client, amina, filled_in, written_to
):
    known = client.post("/join/institution/", filled_in | {"email": amina.contact.email})
    unknown = client.post("/join/institution/", filled_in | {"email": "new@example.org"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known.content == unknown.content
    log_in = written_to(amina.contact.email)[-1].body
    assert "/accounts/login/?next=%2Finstitutions%2Fapply%2F" in log_in


def test_joining_shows_two_doors(client, home):
    page = client.get("/join/").text
    assert 'href="/join/institution/"' in page
    assert page.count('aria-current="page"') == 1


def test_opening_a_page_changes_nothing(client, amina, lake):
    client.force_login(amina.user)
    assert client.get(f"/institutions/{lake.slug}/work-there/").status_code == 200
    assert not amina.affiliations.exists()
    term = make_staff(amina, lake)
    assert client.get(f"/institutions/affiliations/{term.pk}/end/").status_code == 405
    client.post(f"/institutions/{lake.slug}/work-there/")
    assert amina.affiliations.count() == 1


def test_an_unknown_verb_is_not_found(client, speaker, lake):
    client.force_login(speaker.user)
    term = speaker.affiliations.get()
    assert client.post(f"/institutions/affiliations/{term.pk}/explode/").status_code == 404


def test_people_are_decided_about_on_their_page(client, amina, lake, speaker):
    term = working_there.ask(amina, lake, NOW)
    client.force_login(speaker.user)
    assert "Amina Mfano" in client.get(f"/institutions/{lake.slug}/people/").text
    assert "Somebody waits" in client.get("/my/").text
    answer = client.post(f"/institutions/affiliations/{term.pk}/confirm/")
    assert answer.headers["Location"] == f"/institutions/{lake.slug}/people/"
    assert state_of(term) == State.CONFIRMED


def test_the_secretariat_answers_in_the_admin(client, amina, secretary):
    application = apply_for(amina, "Lake Institute")
    client.force_login(secretary)
    assert "Lake Institute" in client.get("/admin/institution-applications/").text
    page = f"/admin/institution-applications/{application.pk}/answer/"
    assert "Amina Mfano" in client.get(page).text
    assert client.post(page, {"decision": "decline", "reason": " "}).status_code == 200
    assert state_of(application) == "new"
    client.post(page, {"decision": "approve", "reason": ""})
    assert state_of(application) == "approved"
    assert "Lake Institute" in client.get("/admin/institutions/").text


def test_the_list_shows_who_has_no_representative(client, lake, speaker, secretary):
    make_institution("Hill Institute")
    client.force_login(secretary)
    orphans = client.get("/admin/institutions/?representatives=none").text
    assert "Hill Institute" in orphans
    assert "Lake Institute" not in orphans


@pytest.mark.parametrize(
    "path",
    [
        "/admin/institution-applications/",
        "/admin/institutions/",
        "/admin/institution-pages/",
        "/admin/institution-applications/1/answer/",
        "/admin/institution-pages/1/answer/",
    ],
)
def test_r24_co_chairs_see_nothing_of_it_in_the_admin(client, chair, path):
    client.force_login(chair)
    assert client.get(path).status_code in {302, 403}


@pytest.mark.parametrize("path", ["institution-applications", "institutions", "institution-pages"])
def test_lists_of_the_admin_cost_no_more_with_more_rows(client, secretary, count_queries, path):
    def add(number: int) -> None:
        member = make_member(f"m{number}@example.org", f"Member {number}")
        institution = make_institution(f"Institute {number}")
        working_there.appoint(member, institution, NOW)
        apply_for(member, f"Centre {number}")
        wanted = Wanted(about="New words.", url="")
        page_changes.propose(institution, wanted, by=member, now=NOW)

    add(1)
    client.force_login(secretary)
    few = count_queries(f"/admin/{path}/")
    for number in range(2, 6):
        add(number)
    assert count_queries(f"/admin/{path}/") <= few
