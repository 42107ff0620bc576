"""R24 for those who help with one event: role × action × event, and what ends with a role."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry

from accounts.models import User
from accounts.retention import purge
from events.models import EventRole
from events.registration import organising
from events.registration.organising import Doing
from events.roles import actions
from mail import sending
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
Role = EventRole.Role


@pytest.fixture
def elsewhere(africa, now):
    """Another meeting of the same group."""
    return make_event("Second meeting", now + 20 * DAY, parent=africa[0])


@pytest.fixture
def helper_as(meeting, africa, now):
    """Return a function that lets somebody help with the meeting."""

    def make(role: str, email: str = "helper@example.org") -> User:
        return actions.give(meeting, (email, "Hodan Helper"), role, africa[1], now).user

    return make


def screens(event) -> dict[str, str]:
    """Return the address of a screen for each thing that somebody does."""
    return {
        "settings": reverse("event_registration_settings", args=[event.pk]),
        "queue": reverse("event_queue", args=[event.pk]),
        "messages": reverse("event_messages", args=[event.pk]),
        "roles": reverse("event_roles", args=[event.pk]),
    }


MATRIX = [
    ("co-chair", {"settings", "queue", "messages", "roles"}),
    ("secretariat", {"settings", "queue", "messages", "roles"}),
    (Role.HOST, {"settings", "queue", "messages"}),
    (Role.CO_HOST, {"settings", "queue", "messages"}),
    (Role.CHECK_IN, set()),
    ("co-chair of another group", set()),
]


@pytest.mark.parametrize(("who", "open_to"), MATRIX)
def test_r24_each_role_opens_its_own_screens_of_its_own_event(
    client, africa, asia, secretary, helper_as, meeting, elsewhere, who, open_to
):
    known = {"co-chair": africa[1], "secretariat": secretary, "co-chair of another group": asia[1]}
    client.force_login(known.get(who) or helper_as(who))
    opened = {name for name, url in screens(meeting).items() if client.get(url).status_code == 200}
    assert opened == open_to
    if who in Role.values:
        there = [client.get(url).status_code for url in screens(elsewhere).values()]
        assert set(there) == {404}


@pytest.mark.parametrize(
    ("role", "doing"),
    [
        (Role.HOST, {Doing.CHECK_IN, Doing.ORGANISE}),
        (Role.CO_HOST, {Doing.CHECK_IN, Doing.ORGANISE}),
        (Role.CHECK_IN, {Doing.CHECK_IN}),
    ],
)
def test_r24_events_for_follows_the_role_and_ends_with_it(
    helper_as, meeting, elsewhere, africa, role, doing
):
    user = helper_as(role)
    allowed = {each for each in Doing if organising.events_for(user, each).exists()}
    assert allowed == doing
    found = organising.events_for(user, Doing.CHECK_IN)
    assert [event.pk for event in found] == [meeting.pk]
    actions.take(EventRole.objects.get(), africa[1])
    assert not any(organising.organises(user, each) for each in Doing)


def test_r24_a_role_holds_on_the_pages_of_the_meeting_in_all_languages(helper_as, meeting):
    user = helper_as(Role.HOST)
    french = Locale.objects.get(language_code="fr")
    other = meeting.copy_for_translation(french, copy_parents=True)
    assert set(organising.events_for(user).values_list("pk", flat=True)) == {meeting.pk, other.pk}


def test_r24_a_host_sees_the_people_of_one_event_and_takes_their_list(
    client, helper_as, meeting, elsewhere, now
):
    for event, name in ((meeting, "Amina"), (elsewhere, "Chen")):
        make_seats(event)
        take(event, name, now)
    client.force_login(helper_as(Role.HOST))
    address = reverse("registrations_modeladmin_index")
    page = client.get(address).text
    assert "<strong>Amina" in page
    assert "Chen" not in page
    taken = b"".join(client.get(f"{address}?export=csv").streaming_content).decode()
    assert "amina@example.org" in taken
    assert "chen@example.org" not in taken


def test_r24_who_checks_in_sees_no_list_of_people_with_their_addresses(
    client, helper_as, meeting, now
):
    make_seats(meeting)
    row = take(meeting, "Amina", now)
    client.force_login(helper_as(Role.CHECK_IN))
    for url in (
        reverse("registrations_modeladmin_index"),
        reverse("one_registration", args=[row.pk]),
    ):
        answer = client.get(url, follow=True)
        assert "amina@example.org" not in answer.text
        assert answer.status_code == 404 or answer.redirect_chain


@pytest.mark.parametrize("role", Role.values)
def test_r24_somebody_who_helps_sees_no_page_and_no_file_of_the_site(client, helper_as, role):
    client.force_login(helper_as(role))
    home = client.get(reverse("wagtailadmin_home"))
    assert home.status_code == 200
    assert "Events with which you help" in home.text
    assert "Open meeting" in home.text
    for name in ("wagtailadmin_explore_root", "wagtailimages:index", "wagtaildocs:index"):
        assert client.get(reverse(name)).status_code in {302, 403}, name
    assert not organising.is_secretariat(User.objects.get(email="helper@example.org"))


def test_r24_nobody_passes_on_what_they_were_given(client, helper_as, meeting):
    client.force_login(helper_as(Role.HOST))
    url = screens(meeting)["roles"]
    answer = client.post(url, {"email": "friend@example.org", "role": Role.HOST})
    assert answer.status_code == 404
    assert EventRole.objects.count() == 1


def test_r24_a_role_of_another_event_is_not_taken_back_by_its_number(
    client, africa, asia, helper_as, now
):
    helper_as(Role.HOST)
    theirs = make_event("Asia meets", now + 9 * DAY, parent=asia[0])
    client.force_login(asia[1])
    number = EventRole.objects.get().pk
    answer = client.post(screens(theirs)["roles"], {"take": str(number)})
    assert answer.status_code == 404
    assert EventRole.objects.exists()
    for nonsense in ("x", "9" * 5_000):
        assert client.post(screens(theirs)["roles"], {"take": nonsense}).status_code == 302


def test_a_co_chair_lets_somebody_help_and_takes_it_back(client, africa, meeting, mailoutbox):
    client.force_login(africa[1])
    url = screens(meeting)["roles"]
    said = {"email": "Helper@example.org", "name": "Hodan", "role": Role.CHECK_IN}
    assert "They are told by mail." in client.post(url, said, follow=True).text
    assert "Hodan" in client.get(url).text
    user = User.objects.get(email="helper@example.org")
    assert user.has_perm("wagtailadmin.access_admin")
    assert not user.has_perm(organising.TAKE)
    while sending.send_batch(datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)):
        pass
    assert mailoutbox[0].to == ["helper@example.org"]
    assert "help as check-in" in mailoutbox[0].body
    client.post(url, {"take": str(EventRole.objects.get().pk)})
    user = User.objects.get(email="helper@example.org")
    assert not user.has_perm("wagtailadmin.access_admin")
    history = PageLogEntry.objects.filter(page=meeting.pk, action__startswith="events.role")
    words = [entry.message for entry in history.order_by("timestamp")]
    assert words == ["Hodan helps as check-in", "Hodan helps no more as check-in"]


def test_r20_the_screen_does_not_say_who_has_an_account(client, africa, meeting, secretary):
    client.force_login(africa[1])
    url = screens(meeting)["roles"]
    told = [
        client.post(url, {"email": email, "role": Role.HOST}, follow=True).context["messages"]
        for email in ("secretary@example.org", "nobody@example.org")
    ]
    assert len({str(message) for messages in told for message in messages}) == 1


def test_one_person_has_one_role_at_an_event_and_rights_as_long_as_any_asks_for_them(
    helper_as, elsewhere, africa, now
):
    user = helper_as(Role.CHECK_IN)
    helper_as(Role.HOST)
    assert EventRole.objects.get().role == Role.HOST
    actions.give(elsewhere, (user.email, ""), Role.HOST, africa[1], now)
    actions.take(EventRole.objects.filter(event=elsewhere).get(), africa[1])
    assert User.objects.get(pk=user.pk).has_perm(organising.WRITE)


def test_roles_end_a_year_after_their_event(helper_as, now):
    user = helper_as(Role.HOST)
    purge(now + 373 * DAY)
    assert EventRole.objects.exists()
    purge(now + 376 * DAY)
    assert not EventRole.objects.exists()
    assert not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    "said", [{"email": "x", "role": "host"}, {"email": "a@example.org", "role": "king"}, {}]
)
def test_a_role_that_makes_no_sense_is_refused(client, africa, meeting, said):
    client.force_login(africa[1])
    assert client.post(screens(meeting)["roles"], said).status_code == 200
    assert not EventRole.objects.exists()


def test_helping_with_more_events_costs_no_more_queries(client, helper_as, africa, now):
    user = helper_as(Role.HOST)
    client.force_login(user)
    address, costs = reverse("wagtailadmin_home"), []
    for first, last in ((0, 1), (1, 5)):
        for number in range(first, last):
            event = make_event(f"More {number}", now + 30 * DAY, parent=africa[0])
            actions.give(event, (user.email, ""), Role.HOST, africa[1], now)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
