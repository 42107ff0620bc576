"""The page of a workplan."""

import datetime
from decimal import Decimal

import pytest

from tests.conftest import NOW
from tests.factories.content import make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group, make_plan
from tests.outline import assert_good_outline, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def group(home):
    return make_group("Africa")


def full_plan(group):
    texts = (
        "background",
        "objective",
        "relevance",
        "knowledge_note",
        "sharing_note",
        "outreach_note",
    )
    plan = make_plan(group, **{name: f"<p>About {name}.</p>" for name in texts}, posts_planned=6)
    plan.gaps.create(gap="Who hires the nurse", kind="evidence", priority=1)
    plan.stakeholders.create(kind="local", institutions="Counties", in_the_field=False)
    plan.products.create(title="A brief on staff", kind="Policy brief", quarter=2)
    plan.meetings.create(quarter=3, tentative_on=datetime.date(2026, 7, 16), sort_order=0)
    plan.meetings.create(quarter=4, tentative_on=datetime.date(2026, 10, 22), sort_order=1)
    plan.meetings.create(
        quarter=1,
        tentative_on=datetime.date(2027, 1, 21),
        lead=make_person("Amina Sample"),
        topic="Shared powers",
        sort_order=2,
    )
    plan.meetings.create(quarter=2, sort_order=3)
    plan.outreach.create(activity="Write to associations", quarter=3)
    plan.budget_lines.create(line="Interpretation", area="knowledge-sharing", amount=1600)
    plan.budget_lines.create(
        line="Layout",
        area="knowledge-development",
        amount=Decimal("1200.50"),
        from_allocation=False,
    )
    plan.save()
    return plan


def test_the_nine_parts_stand_in_the_order_of_the_outline(client, group):
    response = client.get(full_plan(group).get_url())
    assert [title[:2] for title in titles(response)[1:]] == [f"{n}." for n in range(1, 10)]
    assert titles(response)[-1] == "9. Budget plan"
    assert_good_outline(response)


def test_parts_without_content_are_left_out_and_keep_their_numbers(client, group):
    plan = make_plan(group, objective="<p>To compare.</p>")
    assert titles(client.get(plan.get_url())) == ["2. Objective of the working group"]


def test_an_empty_plan_says_so(client, group):
    html = client.get(make_plan(group).get_url()).content.decode()
    assert "This workplan is in preparation" in html


def test_the_quarters_say_what_was_planned_and_what_was_held(client, group):
    held = datetime.datetime(2026, 10, 22, 12, tzinfo=datetime.UTC)
    make_event("October meeting", held, parent=group, kind="group-meeting")
    html = client.get(full_plan(group).get_url()).content.decode()
    assert "Q3 2026" in html
    assert "Not held" in html
    assert 'Held on <a href="/groups/africa/october-meeting/">22 October 2026</a>' in html
    assert "Planned, not announced yet" in html
    assert "Date not set" in html
    assert "Shared powers" in html


def test_targets_are_compared_with_what_exists(client, group):
    plan = full_plan(group)
    make_post("In the year", parent=group, date=datetime.date(2026, 8, 1))
    make_post("Also in the year", parent=group, date=datetime.date(2026, 9, 1))
    make_post("Before the year", parent=group, date=datetime.date(2026, 6, 30))
    make_product("A product", group=group, date=datetime.date(2026, 8, 1))
    targets = client.get(plan.get_url()).context["targets"]
    rows = {row[0]: row[1:] for row in targets.rows}
    assert rows["Posts"] == ["6", "2", "On track"]
    assert rows["Products"] == ["1", "1", "Done"]
    assert rows["Meetings"] == ["4", "0", "Late"]


def test_the_budget_is_added_up(client, group):
    plan = full_plan(group)
    plan.allocation = 5000
    plan.save()
    html = client.get(plan.get_url()).content.decode()
    assert "US$ 2,800.50" in html
    assert "Of this from the allocation" in html
    assert "US$ 1,600" in html
    assert "more from the allocation than was set aside" not in html


def test_more_than_the_allocation_is_a_warning_with_the_amount(client, group):
    plan = full_plan(group)
    plan.allocation = 1000
    plan.save()
    html = client.get(plan.get_url()).content.decode()
    assert "The plan takes US$ 600 more from the allocation than was set aside." in html


def test_the_head_names_group_year_and_co_chairs(client, group):
    appoint("Kossi Exemple", group)
    appoint("Nina Beispiel", group, until=datetime.date(2025, 6, 30))
    make_plan(group, 2025)
    html = client.get(make_plan(group).get_url()).content.decode()
    assert "July 2026 – June 2027" in html
    assert "In progress" in html
    assert "Kossi Exemple" in html
    assert "Nina Beispiel" not in html
    assert "2025–26" in html


def test_a_plan_costs_the_same_however_much_was_done(client, group, count_queries):
    plan = full_plan(group)

    def grow(numbers):
        for number in numbers:
            make_post(f"Post {number}", parent=group, date=datetime.date(2026, 8, number))
            plan.gaps.create(gap=f"Gap {number}", kind="evidence")
        plan.save()

    grow(range(1, 4))
    few = count_queries(plan.get_url())
    grow(range(4, 13))
    assert count_queries(plan.get_url()) == few
    assert few <= 12
