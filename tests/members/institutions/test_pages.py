"""The public pages of institutions, and what their representatives want them to say."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.models import SiteImage
from members.institutions import page_changes, working_there
from members.institutions.page_changes import Wanted
from members.models import GroupMembership, PageChange
from people.models import Organisation
from taxonomy.models import Country, Theme
from tests.factories.content import make_person
from tests.factories.groups import make_group
from tests.factories.institutions import make_institution
from tests.factories.members import make_member

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
NEW_WORDS = Wanted(about="New words.", url="https://lake.example.org")
pytestmark = pytest.mark.django_db


def picture(name: str = "logo.png") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (80, 40), "teal").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), "image/png")


# The list and the page ---------------------------------------------------------------------------


def test_the_list_is_narrowed_by_kind_region_theme_and_country(client, home):
    kenya = Country.objects.get(code="KE")
    lake = make_institution("Lake Institute", country=kenya)
    hill = Organisation.objects.create(name="Hill Fund", kind="supporter")
    lake.themes.set(Theme.objects.filter(slug__in=["subnational-finance", "gender-equity"]))
    hill.themes.set(Theme.objects.filter(slug="gender-equity"))
    Organisation.objects.create(name="River Union", member_since=NOW.date())
    page = client.get("/institutions/").text
    assert all(name in page for name in ("Lake Institute", "Hill Fund", "River Union"))
    for query, names in {
        "kind=member": {"Lake Institute", "River Union"},
        "kind=supporter": {"Hill Fund"},
        "kind=supporter&kind=partner": {"Hill Fund", "River Union"},
        "region=africa": {"Lake Institute"},
        "country=ke": {"Lake Institute"},
        "country=ke&kind=supporter": set(),
        "theme=gender-equity": {"Lake Institute", "Hill Fund"},
        "theme=gender-equity&theme=subnational-finance": {"Lake Institute", "Hill Fund"},
        "theme=gender-equity&region=africa": {"Lake Institute"},
        "theme=climate-action": {"Lake Institute", "Hill Fund", "River Union"},
        "country=nowhere&kind=%00": {"Lake Institute", "Hill Fund", "River Union"},
    }.items():
        shown = client.get(f"/institutions/?{query}").text
        found = {name for name in ("Lake Institute", "Hill Fund", "River Union") if name in shown}
        assert found == names, query


def test_a_theme_that_was_chosen_anew_is_found_at_once(
    client, lake, django_capture_on_commit_callbacks
):
    finance, gender = Theme.objects.filter(slug__in=["subnational-finance", "gender-equity"])
    lake.themes.set([finance, gender])
    assert "Lake Institute" in client.get(f"/institutions/?theme={finance.slug}").text
    assert finance.label in client.get("/institutions/lake-institute/").text
    make_institution("Hill Fund").themes.set([finance])
    with django_capture_on_commit_callbacks(execute=True):
        lake.themes.set([gender])
    assert "Lake Institute" not in client.get(f"/institutions/?theme={finance.slug}").text


def test_the_list_has_pages(client, home):
    for number in range(21):
        make_institution(f"Institute {number:02}")
    assert "Institute 20" in client.get("/institutions/?page=2").text
    assert client.get("/institutions/?page=3").status_code == 404


def test_the_list_costs_no_more_with_more_institutions(home, count_queries):
    make_institution("Institute 1", country=Country.objects.get(code="KE"))
    few = count_queries("/institutions/")
    for number in range(2, 19):
        make_institution(f"Institute {number}", country=Country.objects.get(code="NP"))
    assert count_queries("/institutions/") <= few


def test_the_page_costs_no_more_with_more_people(lake, count_queries):
    def add(number: int) -> None:
        make_person(f"Person {number}", organisation=lake)
        member = make_member(f"m{number}@example.org", f"Member {number}", level="public")
        working_there.appoint(member, lake, NOW)

    add(1)
    few = count_queries(lake.get_absolute_url())
    for number in range(2, 8):
        add(number)
    assert count_queries(lake.get_absolute_url()) <= few


def test_a_page_says_what_the_institution_is(client, home):
    lake = make_institution(
        "Lake Institute",
        acronym="LI",
        about="Counts fish.",
        url="https://lake.example.org",
        country=Country.objects.get(code="KE"),
    )
    make_person("Amina Public", organisation=lake)
    make_person("Baraka Hidden", organisation=lake, is_public=False)
    page = client.get("/institutions/lake-institute/").text
    for words in ("Lake Institute", "Counts fish.", "Kenya", "lake.example.org", "March 2026"):
        assert words in page
    assert '"@type":"Organization","name":"Lake Institute","alternateName":"LI"' in page
    assert "Amina Public" in page
    assert "Baraka Hidden" not in page


@pytest.mark.parametrize(
    ("level", "seen_by"),
    [
        ("hidden", set()),
        ("groups", {"peer"}),
        ("members", {"peer", "member"}),
        ("public", {"peer", "member", "stranger"}),
    ],
)
def test_representatives_are_shown_as_far_as_they_let(
    client, lake, speaker, amina, baraka, level, seen_by
):
    speaker.level = level
    speaker.save()
    group = make_group("Africa")
    for member in (speaker, amina):
        GroupMembership.objects.create(member=member, group=group, joined_at=NOW)
    for who, member in {"stranger": None, "member": baraka, "peer": amina}.items():
        client.logout()
        if member:
            client.force_login(member.user)
        answer = client.get(lake.get_absolute_url())
        assert ("Siku Mfano" in answer.text) == (who in seen_by), who
        if who in seen_by:
            assert "private" in answer.headers["Cache-Control"]


def test_whoever_hides_vanishes_from_a_page_that_was_read_before(client, lake, speaker, settings):
    settings.PAGE_CACHE_SECONDS = 300
    speaker.level = "public"
    speaker.save()
    assert "Siku Mfano" in client.get(lake.get_absolute_url()).text
    type(speaker).objects.filter(pk=speaker.pk).update(level="hidden")
    assert "Siku Mfano" not in client.get(lake.get_absolute_url()).text


def test_a_representative_whose_term_ended_is_not_shown(client, lake, speaker):
    speaker.level = "public"
    speaker.save()
    working_there.end(speaker.affiliations.get(), speaker.user, NOW)
    assert "Siku Mfano" not in client.get(lake.get_absolute_url()).text


def test_addresses_are_made_of_names_and_stay(home):
    first, second = make_institution("Lake"), make_institution("Läke")
    arabic, form = make_institution("معهد البحيرة"), make_institution("Apply")
    assert (first.slug, second.slug, form.slug) == ("lake", "lake-2", "apply-2")
    assert arabic.slug.isascii()
    first.name = "Sea"
    first.save()
    assert first.slug == "lake"


# Changes of a page -------------------------------------------------------------------------------


def propose(organisation, by, wanted: Wanted = NEW_WORDS) -> PageChange | None:
    return page_changes.propose(organisation, wanted, by=by, now=NOW)


def test_a_page_says_new_words_once_they_are_approved(lake, speaker, secretary, written_to):
    change = propose(lake, speaker)
    lake.refresh_from_db()
    assert lake.about == ""
    assert "New words." in written_to(secretary.email)[-1].body
    assert page_changes.decide(change, accepted=True, reason="", by=secretary, now=NOW)
    lake.refresh_from_db()
    assert (lake.about, lake.url) == ("New words.", "https://lake.example.org")
    assert "says now what you proposed" in written_to(speaker.contact.email)[-1].body


def test_declined_words_change_nothing(lake, speaker, secretary, written_to):
    change = propose(lake, speaker)
    page_changes.decide(change, accepted=False, reason="Too loud.", by=secretary, now=NOW)
    lake.refresh_from_db()
    assert lake.about == ""
    assert "Too loud." in written_to(speaker.contact.email)[-1].body
    assert not page_changes.decide(change, accepted=True, reason="", by=secretary, now=NOW)


def test_what_waits_is_replaced_not_doubled(lake, speaker, secretary, written_to):
    first = propose(lake, speaker)
    assert propose(lake, speaker, Wanted("Better words.", "")) == first
    assert PageChange.objects.get().about == "Better words."
    assert len(written_to(secretary.email)) == 1


def test_the_same_words_are_no_change(lake, speaker):
    assert propose(lake, speaker, Wanted(lake.about, lake.url)) is None
    assert not PageChange.objects.exists()


def test_a_logo_waits_too_and_leaves_no_trace_when_it_is_not_wanted(lake, speaker, secretary):
    with_logo = Wanted("", "", logo=picture())
    change = propose(lake, speaker, with_logo)
    assert page_changes.withdraw(change, speaker.user, NOW)
    assert not SiteImage.objects.exists()
    change = propose(lake, speaker, with_logo)
    page_changes.decide(change, accepted=True, reason="", by=secretary, now=NOW)
    lake.refresh_from_db()
    assert lake.logo.collection.name == "Institutions"
    change = propose(lake, speaker, Wanted("", "", without_logo=True))
    page_changes.decide(change, accepted=True, reason="", by=secretary, now=NOW)
    lake.refresh_from_db()
    assert lake.logo is None


def test_r24_only_representatives_propose_and_only_the_secretariat_approves(
    lake, speaker, amina, chair
):
    with pytest.raises(PermissionDenied):
        propose(lake, amina)
    change = propose(lake, speaker)
    for user in (speaker.user, chair):
        with pytest.raises(PermissionDenied):
            page_changes.decide(change, accepted=True, reason="", by=user, now=NOW)
    with pytest.raises(PermissionDenied):
        page_changes.withdraw(change, amina.user, NOW)


def test_a_representative_sends_the_form_with_a_logo(client, lake, speaker, secretary):
    client.force_login(speaker.user)
    sent = {"about": "New\r\nwords.", "url": "lake.example.org", "logo": picture()}
    client.post("/institutions/lake-institute/page/", sent)
    change = PageChange.objects.get()
    assert (change.about, change.url) == ("New\nwords.", "https://lake.example.org")
    assert change.logo.uploaded_by_user == speaker.user
    assert "waits for the Secretariat" in client.get("/institutions/lake-institute/page/").text
    client.force_login(secretary)
    page = f"/admin/institution-pages/{change.pk}/answer/"
    assert "Siku Mfano" in client.get(page).text
    client.post(page, {"decision": "approve", "reason": ""})
    assert "New" in client.get(lake.get_absolute_url()).text


@pytest.mark.parametrize(
    "sent",
    [
        {"about": "x" * 1_501},
        {"url": "javascript:alert(1)"},
        {"url": "https://example.org/" + "x" * 200},
        {"logo": SimpleUploadedFile("logo.png", b"no picture", "image/png")},
        {"logo": SimpleUploadedFile("logo.svg", b"<svg onload='x()'/>", "image/svg+xml")},
    ],
)
def test_a_page_that_makes_no_sense_is_refused_in_words(client, speaker, sent):
    client.force_login(speaker.user)
    answer = client.post("/institutions/lake-institute/page/", sent)
    assert "error-summary" in answer.text
    assert not PageChange.objects.exists()
