"""A group’s page in each of its states."""

import datetime

import pytest
from wagtail.models import Locale

from tests.conftest import NOW
from tests.factories.content import make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group, make_plan, make_project
from tests.outline import assert_good_outline, titles
from working_groups.models import Role

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def words(client, group) -> str:
    response = client.get(group.get_url())
    assert response.status_code == 200
    return response.content.decode()


def make_meeting(title, starts_at, group, **fields):
    return make_event(title, starts_at, parent=group, kind="group-meeting", **fields)


def test_headings_are_made_from_the_groups_own_name(client, home):
    make_group("Latin America", short_name="LAC")
    group = make_group(
        "Localizing Services and Development",
        short_name="Localization",
        kind="thematic-group",
        purpose="<p>To assess.</p>",
        meetings_note="<p>Every quarter.</p>",
    )
    response = client.get(group.get_url())
    assert titles(response) == [
        "No meeting is planned at present",
        "Working group leadership and coordination",
        "Working group purpose and activities",
        "Localization Thematic Working Group meetings",
        "Working group membership",
        "Other LPSA working groups",
    ]
    assert_good_outline(response)


def test_activities_stand_under_the_headings_of_the_alliance(client, home):
    group = make_group(
        "Asia", activity_meetings="<p>Compare.</p>", activity_sharing="<p>Write.</p>"
    )
    response = client.get(group.get_url())
    found = titles(response, 3)
    assert "Quarterly working group meetings" in found
    assert "Knowledge sharing" in found
    assert "Exploring topics of mutual interest" not in found


def test_a_group_without_co_chairs_looks_for_them(client, home):
    group = make_group("Asia", contact_email="asia@example.org")
    html = words(client, group)
    assert "We are looking for co-chairs." in html
    assert "To serve as a co-chair, or with any question, write to:" in html
    assert "mailto:asia@example.org" in html


def test_one_co_chair_may_be_joined_by_more(client, home):
    group = make_group("Asia")
    appoint("Arif Contoh", group)
    html = words(client, group)
    assert "Arif Contoh" in html
    assert "One co-chair is in office, and more are welcome." in html


def test_a_complete_leadership_asks_for_nobody(client, home):
    group = make_group("Asia", contact_email="asia@example.org")
    appoint("Arif Contoh", group)
    appoint("Binita Namuna", group)
    html = words(client, group)
    assert "looking for co-chairs" not in html
    assert "more are welcome" not in html
    assert "The co-chairs can be reached at:" in html


def test_somebody_with_two_offices_stands_there_once(client, home):
    group = make_group("Gender")
    thandi = make_person("Thandi Sample")
    appoint(thandi, group)
    appoint(thandi, group, Role.Title.COORDINATOR)
    html = words(client, group)
    assert html.count("Thandi Sample") == 1
    assert "Co-chair and coordinator" in html


def test_former_co_chairs_are_kept_with_their_years(client, home):
    group = make_group("Asia")
    appoint("Nina Beispiel", group, until=datetime.date(2025, 6, 30))
    html = words(client, group)
    assert "Nina Beispiel" in html
    assert "2024–2025" in html
    assert "We are looking for co-chairs." in html


def test_a_leader_without_a_page_is_named_without_a_link_and_mail_is_never_shown(client, home):
    group = make_group("Asia")
    appoint(make_person("Arif Contoh", is_public=False, email="arif@example.org"), group)
    html = words(client, group)
    assert "Arif Contoh" in html
    assert "/people/arif-contoh/" not in html
    assert "arif@example.org" not in html


def test_the_next_meeting_comes_first_with_its_times(client, home):
    group = make_group("Africa")
    make_meeting("In a month", NOW + 30 * DAY, group)
    make_meeting("In a week", NOW + 7 * DAY, group)
    response = client.get(group.get_url())
    html = response.content.decode()
    assert titles(response)[0] == "In a week"
    assert "In 7 days" in html
    assert "Nairobi" in html
    assert "How to take part" in html
    assert ".ics" in html


def test_a_cancelled_meeting_gives_way_to_the_next_one(client, home):
    group = make_group("Africa")
    make_meeting("Cancelled one", NOW + 7 * DAY, group, status="cancelled")
    make_meeting("Real one", NOW + 30 * DAY, group)
    assert titles(client.get(group.get_url()))[0] == "Real one"


def test_a_postponed_meeting_is_shown_with_its_note_when_there_is_no_other(client, home):
    group = make_group("Africa")
    note = "A new date follows in January."
    make_meeting("Postponed", NOW + 7 * DAY, group, status="postponed", status_note=note)
    html = words(client, group)
    assert note in html
    assert "status--postponed" in html
    assert "How to take part" not in html


def test_a_group_that_plans_nothing_names_its_last_meeting(client, home):
    group = make_group("Africa", contact_email="africa@example.org")
    make_meeting("Held", datetime.datetime(2026, 10, 22, 12, tzinfo=datetime.UTC), group)
    response = client.get(group.get_url())
    html = response.content.decode()
    assert titles(response)[0] == "No meeting is planned at present"
    assert "The last one was on 22 October 2026." in html
    assert "Write to the group" in html


def test_a_forming_group_lists_no_past_meetings(client, home):
    group = make_group("MENA", status="forming", meetings_note="<p>Soon.</p>")
    make_meeting("A rehearsal", NOW - 30 * DAY, group)
    html = words(client, group)
    assert "Being formed" in html
    assert "Be there from the beginning" in html
    assert "A rehearsal" not in html


def test_the_first_meeting_of_a_forming_group_is_called_that(client, home):
    group = make_group("MENA", status="forming")
    make_meeting("We begin", NOW + 7 * DAY, group)
    html = words(client, group)
    assert "First meeting" in html
    assert "We begin" in html


def test_an_archived_group_keeps_its_content_and_invites_nobody(client, home):
    group = make_group("Old", status="archived")
    make_post("A finding", parent=group)
    html = words(client, group)
    assert "This group has ended its work" in html
    assert "A finding" in html
    assert "Working group membership" not in html
    assert "No meeting is planned" not in html
    assert "looking for co-chairs" not in html


def test_a_group_shows_its_own_work_and_what_others_share(client, home):
    africa, asia = make_group("Africa"), make_group("Asia")
    project = make_project("A project")
    project.groups.set([africa])
    project.save()
    make_plan(africa)
    make_post("Own post", parent=africa)
    make_post("Post of others", parent=asia)
    make_product("Own product", group=africa)
    shared = make_product("Shared product", group=asia)
    shared.other_groups.set([africa])
    shared.save()
    make_meeting("Own meeting", NOW - 30 * DAY, africa)
    html = words(client, africa)
    expected = (
        "Own post",
        "Own product",
        "Shared product",
        "Own meeting",
        "A project",
        "Workplan 2026",
    )
    for title in expected:
        assert title in html
    assert "Post of others" not in html


def test_drafts_and_superseded_editions_stay_away(client, home):
    group = make_group("Africa")
    make_post("A draft", parent=group, live=False)
    newer = make_product("Second edition", group=group)
    make_product("First edition", group=group, superseded_by=newer)
    html = words(client, group)
    assert "A draft" not in html
    assert "First edition" not in html
    assert "Second edition" in html


def test_a_translated_group_shows_the_work_of_all_its_versions(client, home):
    group = make_group("Africa")
    make_post("In English", parent=group)
    appoint("Kossi Exemple", group)
    french = Locale.objects.get(language_code="fr")
    for page in (home, group.get_parent().specific, group):
        translated = page.copy_for_translation(french)
        translated.save_revision().publish()
    html = words(client, group.get_translation(french))
    assert "In English" in html
    assert "Kossi Exemple" in html
    assert "?group=africa" in html


def test_a_page_costs_the_same_however_much_a_group_has_done(client, home, count_queries):
    group = make_group("Africa", purpose='<p><a linktype="page" id="1">x</a></p>')

    def grow(numbers):
        for number in numbers:
            make_post(f"Post {number}", parent=group)
            make_product(f"Product {number}", group=group)
            make_meeting(f"Meeting {number}", NOW - number * DAY, group)
            make_meeting(f"Next {number}", NOW + number * DAY, group)
            role = {"until": datetime.date(2025, 1, number)}
            appoint(f"Person {number}", group, **role)
            make_group(f"Group {number}")

    grow(range(1, 4))
    few = count_queries(group.get_url())
    grow(range(4, 13))
    assert count_queries(group.get_url()) == few
    assert few <= 12


def test_all_groups_stand_by_kind_with_their_states(client, home):
    asia = make_group("Asia", summary="Compares systems.")
    appoint("Arif Contoh", asia)
    make_group("MENA", status="forming")
    make_group("Finance", kind="thematic-group")
    make_group("Old", status="archived")
    response = client.get("/groups/")
    html = response.content.decode()
    assert titles(response) == [
        "Regional Working Groups",
        "Thematic Working Groups",
        "Groups that have ended their work",
        "Start or join a group",
    ]
    assert titles(response, 3) == ["Asia", "MENA", "Finance", "Old"]
    assert "Compares systems." in html
    assert "One co-chair, more are welcome" in html
    assert "Being formed" in html
    assert_good_outline(response)


def test_no_groups_yet_is_said_in_words(client, home):
    assert "There are no working groups yet" in client.get("/groups/").content.decode()
