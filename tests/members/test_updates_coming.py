"""Editors see what followers will hear next, and can hold it back."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from accounts.actions import open_account
from mail.models import Cadence, Delivery
from members.actions.holding_back import News, held_back, take_back, tell_after_all
from members.models import Item
from members.updates import coming
from members.updates.items import collect
from members.updates.planning import build, plan, plan_instants
from tests.factories.content import make_post
from tests.factories.events import make_event
from tests.members.updates import AFRICA, ASIA, FINANCE, NOW, follow, planned, published, start

MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
MONDAY = datetime.datetime(2026, 11, 23, 8, 30, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(secretary, client):
    client.force_login(secretary)
    return secretary


@pytest.fixture
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def titles(digest: coming.Coming) -> list[str]:
    return [item.page.title for item in digest.items]


# What comes -------------------------------------------------------------------------------------


def test_the_next_digest_is_foretold_as_it_will_be_planned(home):
    start()
    amina = follow({FINANCE: "weekly"}, name="amina")
    baraka = follow({AFRICA: "weekly", FINANCE: "off"}, name="baraka")
    follow({ASIA: "weekly", AFRICA: "daily"}, name="chipo")
    published("Budgets", NOW - DAY)
    published("Lakes", NOW - 2 * DAY, regions=["africa"])
    published("Last week", NOW - 6 * DAY)
    plan(NOW)
    digest = coming.next_digest(Cadence.WEEKLY, "UTC", NOW)
    assert (digest.hour, digest.people) == (MONDAY - 30 * MINUTE, 2)
    assert titles(digest) == ["Budgets", "Lakes"]
    found = {news.topic.slug: (news.followers, len(news.items)) for news in digest.topics}
    assert found == {"subnational-finance": (1, 1), "africa": (1, 1), "news": (0, 2)}
    build(Cadence.WEEKLY, "2026-W48", "UTC", MONDAY)
    assert planned(amina)[-1] == ["Budgets"]
    assert planned(baraka)[-1] == ["Lakes"]


def test_an_empty_digest_goes_to_nobody(home):
    start()
    follow({FINANCE: "daily"})
    digest = coming.next_digest(Cadence.DAILY, "UTC", NOW)
    assert (digest.people, digest.items, digest.topics) == (0, [], [])


def test_looking_at_what_comes_writes_nothing_down(home):
    start()
    published("Budgets", NOW - DAY)
    collect(NOW)
    with CaptureQueriesContext(connection) as queries:
        coming.next_digest(Cadence.WEEKLY, "UTC", NOW)
        coming.settling(NOW)
    assert {query["sql"].lstrip("(").split()[0] for query in queries} == {"SELECT"}


def test_more_items_and_topics_need_no_more_queries(home):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            coming.next_digest(Cadence.WEEKLY, "UTC", NOW)
        return len(found)

    start()
    published("One", NOW - DAY)
    collect(NOW)
    queries()
    few = queries()
    for number in range(6):
        published(f"Post {number}", NOW - HOUR, regions=["africa", "asia"])
    collect(NOW)
    assert queries() == few


def test_what_was_published_minutes_ago_is_about_to_be_told(home):
    start()
    follow({FINANCE: "instant"}, name="amina")
    follow({FINANCE: "weekly"}, name="baraka")
    published("Fresh", NOW - 4 * MINUTE)
    published("Silent", NOW - 4 * MINUTE, tells_followers=False)
    published("Settled", NOW - HOUR)
    (news,) = coming.settling(NOW)
    assert (news.page.title, news.told_at) == ("Fresh", NOW + 6 * MINUTE)
    assert (news.people.instant, news.people.everybody) == (1, 2)


# Holding back -----------------------------------------------------------------------------------


def test_what_is_taken_back_minutes_after_publishing_is_never_told(secretary):
    start()
    amina = follow({FINANCE: "instant"})
    page = published("Too early", NOW - 4 * MINUTE)
    assert take_back(News(page), secretary, NOW)
    plan(NOW + HOUR)
    assert planned(amina, "instant") == []


def test_what_is_taken_back_falls_out_of_mails_that_wait_and_can_be_told_after_all(secretary):
    start()
    follow({FINANCE: "weekly"})
    page = published("Budgets", NOW - DAY)
    collect(NOW)
    assert take_back(News(page), secretary, NOW)
    assert not take_back(News(page), secretary, NOW)
    assert titles(coming.next_digest(Cadence.WEEKLY, "UTC", NOW)) == []
    item = Item.objects.get()
    assert tell_after_all(item, secretary)
    assert not tell_after_all(item, secretary)
    assert titles(coming.next_digest(Cadence.WEEKLY, "UTC", NOW)) == ["Budgets"]
    actions = PageLogEntry.objects.filter(page=page.pk, user=secretary).values_list("action")
    assert {action for (action,) in actions} >= {"members.take_back", "members.tell_after_all"}


def test_what_was_published_in_silence_can_be_told_after_all(secretary):
    start()
    amina = follow({FINANCE: "weekly"})
    published("Silent", NOW - DAY, tells_followers=False)
    collect(NOW)
    tell_after_all(Item.objects.get(), secretary)
    build(Cadence.WEEKLY, "2026-W48", "UTC", MONDAY)
    assert planned(amina) == [["Silent"]]


def test_what_was_there_when_updates_began_is_not_shown_as_held_back(secretary):
    there = {"recording": "available", "recording_url": "https://video.example.org/1"}
    make_event("Old meeting", NOW - DAY, **there)
    collect(NOW)
    published("Silent", NOW + HOUR, tells_followers=False)
    collect(NOW + 2 * HOUR)
    assert Item.objects.filter(hidden_at__isnull=False).count() == 2
    assert [item.page.title for item in held_back(NOW + 2 * HOUR)] == ["Silent"]
    assert not held_back(NOW + 8 * DAY)


# The screens ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("at_noon")
def test_the_secretariat_sees_what_comes_and_takes_it_back_by_a_form_only(client, secretary):
    start()
    follow({FINANCE: "instant"}, name="amina")
    follow({FINANCE: "weekly"}, name="baraka")
    page = published("Budgets", NOW - HOUR)
    collect(NOW)
    plan_instants(NOW)
    Delivery.objects.update(state="sent", sent_at=NOW)
    shown = client.get("/admin/updates/").content.decode()
    assert "Monday 23 November at 08:00" in shown
    assert "At most 1 person gets it." in shown
    assert "Budgets" in shown
    url = f"/admin/updates/pages/{page.pk}/take-back/"
    assert client.get(url).status_code == 405
    answer = client.post(url, {"what": "published"}, follow=True).content.decode()
    assert "Nobody is told of it any more. 1 person had been written to at once before." in answer
    assert client.post(url, {"what": "nonsense"}).status_code == 404
    client.post(f"/admin/updates/{Item.objects.get().pk}/tell/")
    assert Item.objects.get().hidden_at is None


@pytest.mark.usefixtures("at_noon")
def test_the_next_digest_is_shown_as_the_mail_that_it_will_be(client, secretary):
    start()
    follow({FINANCE: "weekly"})
    published("Budgets in “Kenya” & elsewhere", NOW - HOUR)
    published("Lakes", NOW - HOUR, regions=["africa"])
    collect(NOW)
    shown = client.get("/admin/updates/digest/").content.decode()
    assert "Lakes and 1 more" in shown
    one = client.get("/admin/updates/digest/", {"topic": FINANCE, "language": "fr"})
    assert "Lakes" not in one.content.decode()
    html = client.get("/admin/updates/digest/html/", {"topic": AFRICA})
    assert "Lakes" in html.content.decode()
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "/unsubscribe/" not in html.content.decode()
    odd = {"topic": "theme:no-such", "cadence": "hourly", "language": "xx"}
    assert client.get("/admin/updates/digest/", odd).status_code == 200
    nothing = client.get("/admin/updates/digest/", {"topic": ASIA}).content.decode()
    assert "they get no mail" in nothing


@pytest.mark.usefixtures("at_noon")
def test_a_draft_shows_the_mail_to_its_followers_as_it_was_saved_last(client, secretary):
    follow({FINANCE: "instant"})
    draft = make_post("Draft", live=False, themes=["subnational-finance"])
    draft.title = "Better title"
    draft.save_revision()
    url = f"/admin/updates/pages/{draft.pk}/"
    assert url in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    shown = client.get(url).content.decode()
    assert "Better title" in shown
    assert "1 person follows it" in shown
    html = client.get(f"{url}html/", {"language": "fr"}).content.decode()
    assert "Better title" in html
    assert 'lang="fr"' in html
    assert Item.objects.count() == Delivery.objects.count() == 0


def test_who_has_no_right_sees_and_changes_nothing(client, home):
    page = make_post("Budgets", themes=["subnational-finance"])
    user = open_account("other@example.org", name="Other")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for path in ("", "digest/", "digest/html/", f"pages/{page.pk}/", f"pages/{page.pk}/html/"):
        assert client.get(f"/admin/updates/{path}").status_code in {302, 403}
    assert client.post(f"/admin/updates/pages/{page.pk}/take-back/").status_code in {302, 403}
    assert client.post("/admin/updates/1/tell/").status_code in {302, 403}
    assert not Item.objects.exists()


def test_of_pages_of_which_nobody_is_told_there_is_no_mail(client, secretary, home):
    assert client.get(f"/admin/updates/pages/{home.pk}/").status_code == 404
    assert (
        "The mail to followers" not in client.get(f"/admin/pages/{home.pk}/edit/").content.decode()
    )
