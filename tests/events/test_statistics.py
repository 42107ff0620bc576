"""How many registered and came, by country, region, sector and organisation."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from events.attendance import actions, rules, statistics, tick_list
from events.attendance.actions import Mark, Newcomer
from events.attendance.rules import Counts
from events.models import Registration
from events.registration import actions as seats
from files.models import ExportLog
from taxonomy.models import Country, Sector
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.registration import guest, make_seats, member, take

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def held(meeting, people, during, now):
    """A meeting with three seated, one who cancelled, one for the recording, one walk-in."""
    seats.cancel(take(meeting, "Dewi", now), None, "", now)
    take(meeting, "Farah", now, recording_only=True)
    seats.register(meeting.pk, guest("Goran", now), seats.Asked(), now)
    actions.set_attendance(
        meeting, [Mark(people[0].pk, True), Mark(people[1].pk, False)], None, during
    )
    actions.add_walk_in(meeting, Newcomer("Huda"), None, during)
    return meeting


def lines(event, name: str) -> list[tuple[str, int]]:
    rows = Registration.objects.filter(event=event)
    found = next(each for each in statistics.figures(rows) if each.name == name)
    return [(line.label, line.number) for line in found.lines]


def test_everybody_is_counted_once_where_they_belong(held):
    counts = tick_list.counts(held)
    assert counts == Counts(registered=5, seated=3, attended=1, absent=1, walk_ins=1)
    assert (counts.there, counts.unmarked, counts.share) == (2, 1, 33)


def test_no_share_is_told_where_nobody_was_marked():
    assert Counts(registered=5, seated=3).share is None
    assert Counts().share is None


def test_who_is_forgotten_still_counts(held, people, during):
    seats.privacy.forget(people[0].contact, during)
    assert tick_list.counts(held).attended == 1


def test_countries_and_regions_are_counted_and_who_says_none_too(held, people):
    kenya, ghana = Country.objects.get(code="KE"), Country.objects.get(code="GH")
    for row, country in zip(people, (kenya, kenya, ghana), strict=True):
        Registration.objects.filter(pk=row.pk).update(country=country)
    assert lines(held, "countries")[0][0] == "not said"
    assert set(lines(held, "countries")[1:]) == {("Kenya", 2), ("Ghana", 1)}
    assert (kenya.region.label, 3) in lines(held, "regions")


def test_sectors_are_those_of_members(meeting, now):
    make_seats(meeting, 5)
    health, water = Sector.objects.all()[:2]
    make_member("amina@example.org", "Amina").sectors.set([health, water])
    take(meeting, "Baraka", now)
    seats.register(meeting.pk, guest("Amina", now), seats.Asked(), now)
    assert set(lines(meeting, "sectors")) == {(health.label, 1), (water.label, 1)}


def test_organisations_are_one_however_they_are_written(held, people):
    for row, written in zip(
        people, ("City of Example", "City of Example", "CITY OF EXAMPLE!"), strict=True
    ):
        Registration.objects.filter(pk=row.pk).update(organisation=written)
    assert ("City of Example", 3) in lines(held, "organisations")


def test_many_organisations_end_in_one_line(meeting, now):
    make_seats(meeting, None)
    for number in range(25):
        row = take(meeting, f"Member{number}", now)
        Registration.objects.filter(pk=row.pk).update(organisation=f"Office {number}")
    found = lines(meeting, "organisations")
    assert len(found) == 21
    assert found[-1] == ("others together", 5)
    told = statistics.for_others(statistics.figures(Registration.objects.filter(event=meeting)))
    organisations = next(each for each in told if each.name == "organisations")
    assert [(line.label, line.number) for line in organisations.lines] == [("others together", 25)]


# For others --------------------------------------------------------------------------------------


@given(st.lists(st.integers(min_value=0, max_value=9)))
def test_others_never_see_a_cell_of_fewer_than_three(numbers):
    cells = [(f"Line {place}", number) for place, number in enumerate(numbers)]
    shown, rest = rules.for_others(cells)
    assert all(number >= 3 for _label, number in shown)
    assert rest == 0 or rest >= 3
    assert sum(number for _label, number in shown) + rest in {sum(numbers), 0}


def test_what_is_left_out_cannot_be_reckoned_from_the_rest():
    assert rules.for_others([("a", 9), ("b", 4), ("c", 1)]) == ([("a", 9)], 5)
    assert rules.for_others([("a", 1), ("b", 1)]) == ([], 0)
    assert rules.for_others([("a", 3)]) == ([("a", 3)], 0)


# The screens -------------------------------------------------------------------------------------


@pytest.fixture
def screen(client, africa, held, during):
    client.force_login(africa[1])
    with time_machine.travel(during, tick=False):
        yield reverse("event_figures", args=[held.pk])


def test_an_organiser_sees_the_figures_with_tables_beside_the_charts(client, screen, people):
    kenya = Country.objects.get(code="KE")
    Registration.objects.filter(pk=people[0].pk).update(country=kenya)
    page = client.get(screen).text
    for words in ("With a seat", "33 %", "By country", "By sector", "Kenya", "<svg", "<caption"):
        assert words in page
    shown = client.get(screen, {"for": "others"}).text
    assert "Kenya" not in shown
    assert "fewer than 3" in shown


@pytest.mark.parametrize(("of", "number"), [("registered", 5), ("seated", 3), ("there", 2)])
def test_the_charts_count_whom_one_asks_for(client, screen, of, number):
    page = client.get(screen, {"of": of}).text
    assert f'<td class="members-number">{number}</td>' in page
    assert client.get(screen, {"of": "nonsense"}).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_figures_are_taken_away_safely_and_that_is_logged(client, screen, people, form):
    Registration.objects.filter(pk=people[0].pk).update(organisation="=1+1")
    answer = client.get(screen, {"format": form, "of": "seated"})
    content = b"".join(answer.streaming_content)
    assert ExportLog.objects.get().what == "event-figures"
    if form == "csv":
        assert "By organisation,'=1+1,1" in content.decode()
    assert client.get(screen, {"format": "exe"}).status_code == 404


def test_all_events_of_a_year_stand_beside_each_other(client, screen, africa, now, during):
    earlier = make_event("Last year", now - 400 * DAY, parent=africa[0])
    make_seats(earlier, 5)
    Registration.objects.create(
        event=earlier,
        contact=member("Amina", now).contact,
        name="Amina",
        state="confirmed",
        confirmed_at=now,
        registered_at=now,
    )
    url = reverse("attendance_overview")
    page = client.get(url).text
    assert "Open meeting" in page
    assert "Last year" not in page
    assert "Last year" in client.get(url, {"year": "2025"}).text
    for year in ("1999", "x", "9" * 5_000):
        assert "Open meeting" in client.get(url, {"year": year}).text
    taken = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert "Open meeting,2026-12-01,5,3,1,1,1,33" in taken
    assert ExportLog.objects.get().what == "attendance"


def test_others_see_no_event_with_small_numbers_and_no_sum_that_tells_them(
    client, screen, africa, now
):
    larger = make_event("Larger", now + 9 * DAY, parent=africa[0])
    make_seats(larger, 20)
    for number in range(4):
        take(larger, f"Member{number}", now)
    page = client.get(reverse("attendance_overview"), {"for": "others"}).text
    assert "Larger" in page
    assert "Open meeting" not in page
    assert "<dt>Registered</dt><dd>4</dd>" in page


def test_r24_organisers_see_figures_of_their_own_events_only(client, screen, asia, held):
    client.force_login(asia[1])
    assert client.get(screen).status_code == 404
    page = client.get(reverse("attendance_overview")).text
    assert "Nobody has registered for an event that you organise yet." in page
    client.force_login(make_member("nobody@example.org", "Nobody").user)
    assert client.get(reverse("attendance_overview")).status_code in {302, 403}


def test_the_menu_leads_to_all_events(client, africa):
    client.force_login(africa[1])
    assert reverse("attendance_overview") in client.get(reverse("wagtailadmin_home")).text


def test_more_events_and_people_cost_no_more_queries(client, screen, africa, now):
    url, costs = reverse("attendance_overview"), []
    for first, last in ((0, 1), (1, 5)):
        for number in range(first, last):
            event = make_event(f"Event {number}", now + number * DAY, parent=africa[0])
            make_seats(event, 20)
            for name in ("Amina", "Baraka"):
                take(event, name, now)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[1]
