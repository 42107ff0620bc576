"""Of which pages followers are told, and under which topics."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from events.models import EventPage
from members.models import Item, UpdatesStart
from members.updates.items import Window, collect, followers, stock, topics_of
from pages import generation
from tests.factories.content import make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group
from tests.members.updates import AFRICA, FINANCE, NOW, follow, published, start

MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _started(home):
    start()


def told() -> list[str]:
    return sorted(item.page.title for item in Item.objects.filter(hidden_at=None))


def test_what_was_published_is_told_once_it_has_settled():
    published("Budgets", NOW - 9 * MINUTE)
    assert collect(NOW) == 0
    assert collect(NOW + 2 * MINUTE) == 1
    assert collect(NOW + 3 * MINUTE) == 0
    assert told() == ["Budgets"]


def test_what_an_editor_mends_while_it_settles_is_told_mended():
    page = published("Budgets", NOW - 5 * MINUTE)
    page.tells_followers = False
    page.save()
    collect(NOW + HOUR)
    assert told() == []


def test_what_shall_not_be_told_is_never_told_even_in_a_translation():
    page = published("Budgets", NOW - HOUR, tells_followers=False)
    collect(NOW)
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.live, french.first_published_at, french.tells_followers = True, NOW, True
    french.save()
    collect(NOW + HOUR)
    assert told() == []


def test_a_translation_is_no_second_item():
    page = published("Budgets", NOW - HOUR)
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.title, french.live, french.first_published_at = "Budgets locaux", True, NOW - 2 * HOUR
    french.save()
    assert collect(NOW) == 1
    assert told() == ["Budgets"]


def test_a_translation_of_old_content_is_no_news():
    page = published("Budgets", NOW - 200 * DAY)
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.live, french.first_published_at = True, NOW - HOUR
    french.save()
    assert collect(NOW) == 0


def test_what_was_published_before_updates_began_is_never_told():
    Item.objects.all().delete()
    start(NOW)
    published("Before", NOW - MINUTE)
    published("After", NOW + MINUTE)
    collect(NOW + HOUR)
    assert told() == ["After"]


def test_the_first_run_of_all_tells_nothing_that_was_there():
    UpdatesStart.objects.all().delete()
    published("Yesterday", NOW - DAY)
    make_event(
        "Held",
        datetime.datetime(2026, 11, 10, 9, tzinfo=datetime.UTC),
        recording="available",
        recording_url="https://example.org/r",
        first_published_at=NOW - 20 * DAY,
        last_published_at=NOW - 20 * DAY,
    )
    collect(NOW)
    EventPage.objects.update(last_published_at=NOW + HOUR)
    collect(NOW + 2 * HOUR)
    assert told() == []


def test_drafts_private_pages_and_pages_outside_lists_are_not_told(home):
    published("Draft", NOW - HOUR, live=False)
    published("Withdrawn", NOW - HOUR, is_listed=False)
    private = published("Private", NOW - HOUR)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    generation._renew_now()
    collect(NOW)
    assert told() == []


@pytest.mark.parametrize("change", ["unpublished", "private", "deleted"])
def test_what_is_no_longer_to_be_read_is_in_no_digest(change):
    page = published("Budgets", NOW - HOUR)
    collect(NOW)
    window = Window(NOW - DAY, NOW)
    item = Item.objects.get()
    topics = [topic.pk for topic in item.topics.all()]
    assert stock(window, NOW).about(topics) == [item.pk]
    if change == "unpublished":
        page.unpublish()
    elif change == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        generation._renew_now()
    else:
        page.delete()
    assert stock(window, NOW).about(topics) == []


def test_an_event_is_told_before_it_is_held_and_again_with_its_recording():
    event = make_event(
        "Webinar",
        datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC),
        first_published_at=NOW - HOUR,
        last_published_at=NOW - HOUR,
    )
    collect(NOW)
    event.recording, event.recording_url = "available", "https://example.org/r"
    event.last_published_at = NOW + 8 * DAY
    event.save()
    collect(NOW + 9 * DAY)
    whats = Item.objects.filter(page=event).order_by("published_at")
    assert [item.what for item in whats] == ["published", "recording"]


def test_an_event_that_was_held_long_ago_is_no_news():
    make_event(
        "Archive",
        datetime.datetime(2026, 10, 1, 9, tzinfo=datetime.UTC),
        first_published_at=NOW - HOUR,
    )
    assert collect(NOW) == 0


def test_many_at_once_are_an_import_and_stand_in_digests_only():
    for number in range(13):
        published(f"Old {number}", NOW - HOUR)
    assert collect(NOW) == 13
    assert not Item.objects.filter(announced_at=None).exists()


def test_topics_are_the_tags_the_regions_of_the_countries_and_the_groups():
    group = make_group("Africa Group")
    other = make_group("Finance Group")
    post = make_post("Budgets", parent=group, themes=["subnational-finance"], countries=["ke"])
    assert topics_of(post) == {
        ("theme", "subnational-finance"),
        ("region", "africa"),
        ("group", "africa-group"),
    }
    product = make_product("Guide", group=group)
    product.other_groups.add(other)
    assert topics_of(product) == {("group", "africa-group"), ("group", "finance-group")}


def test_what_no_group_published_and_every_announcement_is_news_of_the_alliance():
    assert ("general", "news") in topics_of(make_post("Ours"))
    group = make_group("Africa Group")
    assert ("general", "news") not in topics_of(make_post("Theirs", parent=group))
    announced = make_post("Said", parent=group, kind="announcement")
    assert ("general", "news") in topics_of(announced)


def test_followers_are_counted_once_at_their_quickest():
    follow({FINANCE: "weekly", AFRICA: "instant"}, name="amina")
    follow({FINANCE: "weekly"}, name="baraka")
    follow({FINANCE: "off"}, name="chidi")
    keys = [("theme", "subnational-finance"), ("region", "africa")]
    found = followers(keys)
    assert (found.everybody, found.instant, found.daily, found.weekly) == (2, 1, 0, 1)


def test_items_are_the_newest_of_each_topic_each_once():
    for hour in range(12):
        published(
            f"Post {hour}",
            NOW - hour * HOUR - HOUR,
            themes=["subnational-finance"],
            regions=["africa"],
        )
    collect(NOW)
    topics = list(Item.objects.first().topics.values_list("pk", flat=True))
    chosen = stock(Window(NOW - DAY, NOW), NOW, limit=5).about(topics)
    titles = [Item.objects.get(pk=pk).page.title for pk in chosen]
    assert titles == [f"Post {hour}" for hour in range(5)]


def test_more_items_cost_no_more_queries_to_choose_from():
    def queries() -> int:
        collect(NOW)
        with CaptureQueriesContext(connection) as caught:
            stock(Window(NOW - DAY, NOW), NOW).about(range(1000))
        return len(caught)

    published("One", NOW - HOUR)
    queries()
    few = queries()
    for number in range(10):
        published(f"Another {number}", NOW - HOUR)
    assert queries() == few
