"""What updates say, in whose language and on whose clock, and how one gets rid of them."""

import datetime
import re

import pytest
import time_machine
from django.core import mail as sent
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from mail import mailer, subscriptions
from mail.models import Delivery
from mail.writers import writer_of
from members.updates import planning
from pages.settings import SiteSettings
from tests.factories.content import tag
from tests.factories.events import make_event
from tests.factories.groups import make_group
from tests.members.updates import (
    AFRICA,
    FINANCE,
    NOW,
    follow,
    published,
    start,
)

MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
FRIDAY = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _started(home):
    start()


def send_all(now: datetime.datetime = FRIDAY) -> list:
    """Plan and send what is due; return the mails."""
    sent.outbox.clear()
    planning.plan(now)
    with time_machine.travel(now, tick=False):
        mailer.empty(clock=lambda: now, most=1000)
    return list(sent.outbox)


def html_of(mail) -> str:
    return mail.alternatives[0].content


def path_in(mail, name: str) -> str:
    return re.search(rf"https?://[^/\s]+(/\S*{name}/\S+)", mail.body)[1]


def test_a_digest_says_in_its_subject_what_is_inside():
    follow({FINANCE: "daily"})
    published("Old", NOW - HOUR)
    published("Budgets in Kenya", NOW)
    (mail,) = send_all()
    assert mail.subject == "Budgets in Kenya and 1 more"
    assert mail.body.index("Budgets in Kenya") < mail.body.index("Old")
    assert Delivery.objects.get().subject == mail.subject


def test_an_item_stands_with_its_kind_group_day_summary_and_address():
    group = make_group("Africa Group", short_name="Africa")
    follow({"group:africa-group": "instant"})
    published(
        "Budgets",
        NOW,
        parent=group,
        summary="What counties may spend.",
        date=datetime.date(2026, 11, 18),
        kind="explainer",
    )
    (mail,) = send_all(NOW + HOUR)
    assert mail.subject == "Africa: Budgets"
    for words in (mail.body, html_of(mail)):
        for fact in ("Explainer", "Africa", "18 Nov 2026", "What counties may spend."):
            assert fact in words
        assert re.search(r"https?://\S+/budgets/", words)


def test_an_event_stands_on_the_clock_of_its_reader():
    follow({AFRICA: "daily"}, zone="Asia/Kathmandu")
    event = make_event(
        "Webinar", NOW + 3 * DAY, first_published_at=NOW - HOUR, last_published_at=NOW - HOUR
    )
    tag(event, regions=["africa"])
    event.save()
    (mail,) = send_all()
    assert "Sun 22 November 2026, 17:45–19:15, Kathmandu (UTC+5:45)" in mail.body


def test_a_reader_gets_their_language_and_the_translation_where_there_is_one():
    follow({FINANCE: "daily"}, language="fr")
    page = published("Budgets", NOW)
    published("Only in English", NOW - HOUR)
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.title, french.live, french.alias_of = "Budgets locaux", True, None
    french.save()
    (mail,) = send_all()
    assert "Budgets locaux" in mail.body
    assert 'lang="fr" dir="ltr"' in html_of(mail)
    assert "Only in English" in mail.body
    assert 'lang="en"' in html_of(mail)
    assert "/fr/unsubscribe/" in mail.body


def test_arabic_runs_from_right_to_left_and_an_english_title_in_it_does_not():
    follow({FINANCE: "daily"}, language="ar")
    published("Budgets", NOW)
    (mail,) = send_all()
    assert '<html lang="ar" dir="rtl">' in html_of(mail)
    assert 'lang="en" dir="ltr"' in html_of(mail)


def test_a_hostile_title_stays_a_title():
    follow({FINANCE: "instant"})
    published("<script>alert(1)</script>\r\nBcc: all@example.org", NOW, slug="hostile")
    (mail,) = send_all(NOW + HOUR)
    assert "<script>" not in html_of(mail)
    assert "\n" not in mail.subject
    assert mail.to == ["amina@example.org"]


def test_r18_a_digest_of_several_topics_is_turned_off_by_one_click_and_nothing_else():
    amina = follow({FINANCE: "daily", AFRICA: "daily", "region:asia": "weekly"})
    published("Budgets", NOW)
    published("Roads", NOW, regions=["africa"])
    (mail,) = send_all()
    address = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.body
    assert address in html_of(mail).replace("&amp;", "&")
    button, path = Client(enforce_csrf_checks=True), path_in(mail, "unsubscribe")
    assert "no more daily digests" in button.get(path).text
    for _ in range(2):
        assert button.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    on = {str(topic): str(wish) for topic, wish in subscriptions.wishes(amina).items()}
    assert on == {FINANCE: "off", AFRICA: "off", "region:asia": "weekly"}
    published("Later", FRIDAY + HOUR)
    assert send_all(FRIDAY + DAY) == []


def test_r18_a_mail_about_one_topic_turns_off_that_topic():
    amina = follow({FINANCE: "instant", AFRICA: "instant"})
    published("Budgets", NOW)
    (mail,) = send_all(NOW + HOUR)
    Client().post(path_in(mail, "unsubscribe"), {"List-Unsubscribe": "One-Click"})
    on = {str(topic): str(wish) for topic, wish in subscriptions.wishes(amina).items()}
    assert on == {FINANCE: "off", AFRICA: "instant"}


def test_the_end_says_why_it_came_where_to_choose_and_who_writes(client):
    SiteSettings.objects.update_or_create(defaults={"postal_address": "1 Example Road"})
    follow({FINANCE: "daily", AFRICA: "weekly"})
    published("Budgets", NOW)
    (mail,) = send_all()
    for words in (mail.body, html_of(mail)):
        assert "because you follow: Subnational" in words
        assert "1 Example Road" in words
    assert client.get(path_in(mail, "preferences")).status_code == 200


def test_a_mail_of_many_costs_a_fixed_number_of_queries():
    for number in range(3):
        follow({FINANCE: "daily", AFRICA: "daily"}, name=f"reader{number}")
    for number in range(4):
        published(f"Post {number}", NOW - number * MINUTE)
    planning.plan(FRIDAY)
    writer, counts = writer_of("digest"), []
    for row in Delivery.objects.select_related("contact"):
        with CaptureQueriesContext(connection) as caught:
            assert writer.may_send(row, FRIDAY) == ""
            writer.write(row)
        counts.append(len(caught))
    assert counts[1] == counts[2] <= 3
