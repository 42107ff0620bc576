import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from working_groups import dashboard
from working_groups.models import PlannedMeeting, WorkplanPage

from .conftest import add_group, add_person

TODAY = timezone.localdate()


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def front(network, user) -> str:
    return network.client(user).get("/admin/").content.decode()


def test_co_chairs_see_their_group_first_with_three_buttons(network):
    content = front(network, network.amina)
    assert "My group: Africa" in content
    assert "My group: Asia" not in content
    for address in (
        f"/admin/pages/add/blog/blogpage/{network.africa.pk}/",
        f"/admin/pages/add/events/eventpage/{network.africa.pk}/",
        f"/admin/groups/{network.africa.pk}/recordings/",
    ):
        assert f'href="{address}"' in content
        assert network.client(network.amina).get(address).status_code == 200


def test_two_groups_give_two_blocks(network):
    content = front(network, network.aziz)
    assert "My group: Africa" in content
    assert "My group: Asia" in content


def test_the_next_meeting_is_the_first_that_takes_place(network):
    network.meeting(network.africa, "Long ago", days(-30))
    network.meeting(network.africa, "Called off", days(3), status="cancelled")
    network.meeting(network.africa, "Comes next", days(5))
    network.meeting(network.africa, "Comes later", days(9))
    (overview,) = dashboard.overviews([network.africa], timezone.now())
    assert overview.next_meeting.title == "Comes next"


def test_pages_wait_for_somebody_or_are_drafts(network):
    network.post(network.africa, "A draft")
    waiting = network.post(network.africa, "With the secretariat")
    waiting.get_workflow().start(waiting, network.amina)
    refused = network.post(network.africa, "Sent back")
    refused.get_workflow().start(refused, network.amina)
    refused.current_workflow_task_state.reject(user=network.sara, comment="Shorter")
    network.post(network.asia, "Somebody else’s")
    (overview,) = dashboard.overviews([network.africa], timezone.now())
    assert [page.title for page in overview.drafts] == ["A draft"]
    assert [page.title for page in overview.with_secretariat] == ["With the secretariat"]
    assert [page.title for page in overview.with_me] == ["Sent back"]


def test_the_plan_is_held_against_what_was_done(network):
    now = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
    plan = WorkplanPage(title="Plan", slug="plan", year=2026, posts_planned=3, webinars_planned=0)
    network.africa.add_child(instance=plan)
    for quarter in (3, 4, 1):
        PlannedMeeting.objects.create(workplan=plan, quarter=quarter)
    network.meeting(network.africa, "Held", datetime.date(2026, 10, 1))
    network.meeting(network.africa, "Before the year", datetime.date(2026, 6, 30))
    network.meeting(network.africa, "To come", datetime.date(2026, 12, 1))
    network.post(network.africa, "Done", live=True, date=datetime.date(2026, 9, 1))
    (overview,) = dashboard.overviews([network.africa], now)
    assert [(line.planned, line.actual) for line in overview.plan] == [(3, 1), (3, 1)]


def test_the_list_of_missing_recordings_holds_what_was_held(network):
    network.meeting(network.africa, "Held without word", days(-5))
    network.meeting(network.africa, "None will come", days(-6), recording="none")
    network.meeting(network.africa, "To come", days(5))
    network.meeting(network.asia, "Held elsewhere", days(-5))
    address = f"/admin/groups/{network.africa.pk}/recordings/"
    content = network.client(network.amina).get(address).content.decode()
    assert "Held without word" in content
    for title in ("None will come", "To come", "Held elsewhere"):
        assert title not in content
    assert network.client(network.arif).get(address).status_code == 302


def test_the_secretariat_sees_what_needs_somebody(network):
    page = network.post(network.africa, "Please read me")
    page.get_workflow().start(page, network.amina)
    add_group("Nobody leads", "nobody-leads")
    network.meeting(network.asia, "Within two weeks", days(10))
    network.meeting(network.asia, "Next month", days(30))
    network.meeting(network.asia, "No recording", days(-10))
    content = front(network, network.sara)
    for words in ("Please read me", "Nobody leads", "Within two weeks", "No recording"):
        assert words in content
    assert "Next month" not in content
    assert "For the secretariat" not in front(network, network.amina)


def queries(network, user) -> int:
    front(network, user)
    with CaptureQueriesContext(connection) as found:
        front(network, user)
    return len(found)


def grow(network):
    for number in range(6):
        group = add_group(f"More {number}", f"more-{number}")
        for user in (network.amina,):
            user.person.roles.create(group=group, title="co-chair", since=days(-100))
        for item in range(3):
            page = network.post(group, f"Draft {number} {item}")
            network.meeting(group, f"Meeting {number} {item}", days(item + 1))
            network.meeting(group, f"Held {number} {item}", days(-item - 1))
        page.get_workflow().start(page, network.amina)
        plan = WorkplanPage(title="Plan", slug="plan", year=TODAY.year, posts_planned=3)
        group.add_child(instance=plan)


def test_the_dashboard_costs_the_same_with_more_groups_and_pages(network):
    page = network.post(network.africa, "First")
    page.get_workflow().start(page, network.amina)
    network.post(network.africa, "Draft")
    network.meeting(network.africa, "Held", days(-1))
    network.meeting(network.africa, "Next", days(1))
    plan = WorkplanPage(title="Plan", slug="plan", year=TODAY.year, posts_planned=3)
    network.africa.add_child(instance=plan)
    before = queries(network, network.amina), queries(network, network.sara)
    grow(network)
    assert (queries(network, network.amina), queries(network, network.sara)) == before


def test_somebody_without_a_group_sees_wagtails_own_dashboard(network):
    user = add_person("Outsider")
    user.groups.add(network.africa.access.user_group)
    assert "My group" not in front(network, user)
