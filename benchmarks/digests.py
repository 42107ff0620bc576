"""Plan the weekly digest of very many members, kill the planner half way, and count exactly.

    .venv/bin/python -m benchmarks.digests [--members 200000] [--items 500] [--topics 52]

A real PostgreSQL, real processes, SIGKILL. Every member follows a few of the topics, on four
clocks; some were told something at once, or with a daily digest, and must not hear it again. How
many digests there have to be is worked out by the database in one statement of its own. Prints,
as its last line, one JSON object.
"""

import argparse
import datetime
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import django
from django.db import connection, connections

from .bench_sites import Workshop

MONDAY = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
PERIOD = "2026-W48"
ZONES = ("UTC", "Africa/Nairobi", "Europe/Lisbon", "America/Bogota")
SECONDS, MEGABYTES, QUERIES = 20, 300, 100
HALF_WAY = 0.5


class DigestWorkshop(Workshop):
    """A site without content."""

    def __enter__(self) -> "DigestWorkshop":
        self._say("an empty site")
        self.new_database("digests")
        self.manage("digests", "migrate", "-v0")
        self.manage("digests", "setup_site")
        return self


# Who follows what -------------------------------------------------------------------------------

MEMBERS = """
    INSERT INTO mail_contact (public_id, email, address, name, language, time_zone, state,
        bounce_score, token_version, created_at, confirmed_at)
    SELECT gen_random_uuid(), 'member' || n || '@example.org', 'member' || n || '@example.org', '',
        (ARRAY['en', 'fr', 'es', 'pt', 'ar'])[1 + n %% 5], (%s::text[])[1 + n %% %s],
        CASE WHEN n %% 50 = 0 THEN 'unverified' ELSE 'ok' END, 0, 1, %s, %s
    FROM generate_series(1, %s) n
"""
WISHES = """
    INSERT INTO mail_subscription (contact_id, topic_id, cadence, source, changed_at)
    SELECT c.id, t.id,
        (ARRAY['weekly', 'weekly', 'weekly', 'daily', 'instant', 'off'])[1 + (c.id * t.id) %% 6],
        'bench', %s
    FROM mail_contact c JOIN mail_topic t ON (c.id * 7919 + t.id * 104729) %% %s <= c.id %% 7
"""
EXPECTED = """
    SELECT count(DISTINCT s.contact_id)
    FROM mail_subscription s
    JOIN mail_contact c ON c.id = s.contact_id AND c.state = 'ok'
    JOIN members_itemtopic it ON it.topic_id = s.topic_id
    JOIN newest n ON n.item_id = it.item_id AND n.topic_id = it.topic_id
    WHERE s.cadence = 'weekly' AND NOT EXISTS (
        SELECT FROM mail_delivery d
        WHERE d.contact_id = s.contact_id AND d.key NOT LIKE 'digest:weekly:%%'
            AND d.payload -> 'items' @> to_jsonb(it.item_id)
    )
"""
# What the daily digests and the updates at once leave to tell, by the ten newest of each topic.
NEWEST = """
    CREATE TEMPORARY TABLE newest AS
    SELECT topic_id, item_id FROM (
        SELECT topic_id, item_id, row_number() OVER (
            PARTITION BY topic_id ORDER BY i.published_at DESC, i.id DESC) AS place
        FROM members_itemtopic it JOIN members_item i ON i.id = it.item_id
        WHERE i.published_at >= %s AND i.published_at < %s
    ) ranked WHERE place <= 10
"""


def fill(members: int, items: int, topics: int) -> None:
    """Make members, topics, wishes and items; nothing of this is measured."""
    from mail.models import Topic  # noqa: PLC0415 - Django has to be set up first

    long_ago = MONDAY - datetime.timedelta(days=300)
    Topic.objects.bulk_create(Topic(kind="theme", slug=f"topic-{n}") for n in range(topics))
    with connection.cursor() as cursor:
        cursor.execute(
            MEMBERS,
            [list(ZONES), len(ZONES), long_ago, long_ago, members],
        )
        cursor.execute(WISHES, [long_ago, topics])
        _items(items)
        cursor.execute("ANALYZE")


def _items(number: int) -> None:
    """Publish posts over the last nine days, each under three topics; some topics have none."""
    from blog.models import BlogIndexPage, BlogPage  # noqa: PLC0415
    from mail.models import Topic  # noqa: PLC0415
    from members.models import Item, ItemTopic, UpdatesStart  # noqa: PLC0415

    UpdatesStart.objects.create(pk=1, at=MONDAY - datetime.timedelta(days=200))
    blog = BlogIndexPage.objects.get(locale__language_code="en")
    topics = list(Topic.objects.order_by("pk"))
    topics = topics[: len(topics) * 3 // 4]
    for place in range(number):
        at = MONDAY - datetime.timedelta(days=9) * (place + 1) / number
        page = BlogPage(title=f"Post {place}", slug=f"post-{place}", first_published_at=at)
        blog.add_child(instance=page)
        item = Item.objects.create(
            page_id=page.pk,
            family=page.translation_key,
            published_at=at,
            # A few are left to be told at once.
            announced_at=None if place % 25 == 0 else at,
        )
        chosen = {topics[(place * step + step) % len(topics)] for step in (1, 5, 11)}
        ItemTopic.objects.bulk_create(ItemTopic(item=item, topic=topic) for topic in chosen)


# Measuring --------------------------------------------------------------------------------------


class Counted:
    """Counts what the database is asked."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def weekly(now: datetime.datetime = MONDAY) -> dict:
    """Plan the weekly digest on every clock, and say what that took."""
    from members.updates.planning import build  # noqa: PLC0415

    counted, before = Counted(), _megabytes()
    begun, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        rows = sum(build("weekly", PERIOD, zone, now) for zone in ZONES)
    return {
        "rows": rows,
        "seconds": round(time.perf_counter() - begun, 1),
        "own_cpu_seconds": round(time.process_time() - cpu, 1),
        "queries": counted.number,
        "megabytes": round(_megabytes() - before),
        "process_megabytes": round(_megabytes()),
    }


def there() -> int:
    """Return how many weekly digests are planned."""
    from mail.models import Delivery  # noqa: PLC0415

    return Delivery.objects.filter(key__startswith=f"digest:weekly:{PERIOD}:").count()


def expected() -> int:
    """Return how many there have to be, worked out by the database alone."""
    from members.updates import clock  # noqa: PLC0415

    settle = datetime.timedelta(minutes=10)
    week = datetime.timedelta(days=7)
    total = 0
    with connection.cursor() as cursor:
        for zone in ZONES:
            hour = clock.hour_of(PERIOD, clock.clock_of(zone))
            cursor.execute("DROP TABLE IF EXISTS newest")
            cursor.execute(NEWEST, [hour - week - settle, hour - settle])
            cursor.execute(f"{EXPECTED} AND c.time_zone = %s", [zone])
            total += cursor.fetchone()[0]
    return total


def in_a_process(work) -> dict:
    """Let a process of its own do the work, so that its memory is its own; return its answer."""
    connections.close_all()  # a child must not share them
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_ready, work).result()


def kill_half_way(number: int) -> int:
    """Start a planner, kill it when half of its rows are there; return how many stayed."""
    connections.close_all()
    process = multiprocessing.get_context("spawn").Process(target=_ready, args=(weekly,))
    process.start()
    while process.is_alive() and there() < number * HALF_WAY:
        time.sleep(0.05)
    process.kill()
    process.join()
    return there()


def forget_weekly() -> None:
    """Let the weekly digest be planned anew."""
    from mail.models import Delivery  # noqa: PLC0415
    from members.models import DigestRun  # noqa: PLC0415

    rows = Delivery.objects.filter(key__startswith=f"digest:weekly:{PERIOD}:")
    rows._raw_delete(rows.db)
    DigestRun.objects.filter(cadence="weekly").delete()


def measure(members: int, items: int, topics: int) -> dict:
    """Plan, plan again, kill and go on; return what came of it."""
    from members.updates import planning  # noqa: PLC0415

    fill(members, items, topics)
    told = {
        "instant": planning.plan_instants(MONDAY),
        "daily": sum(planning.build("daily", "2026-11-23", zone, MONDAY) for zone in ZONES),
    }
    right = expected()
    first = in_a_process(weekly)
    again = in_a_process(weekly)
    forget_weekly()
    survived = kill_half_way(right)
    rest = in_a_process(weekly)
    return {
        "members": members,
        "told_before": told,
        "expected": right,
        **first,
        "again_rows": again["rows"],
        "again_seconds": again["seconds"],
        "rows_after_kill": survived,
        "rows_added_then": rest["rows"],
        "rows_in_the_end": there(),
    }


def reached(result: dict) -> dict[str, bool]:
    """Return which promises were kept."""
    return {
        "every digest and no other": result["rows"] == result["expected"],
        f"under {SECONDS} s": result["seconds"] < SECONDS,
        f"under {MEGABYTES} MB": result["process_megabytes"] < MEGABYTES,
        f"at most {QUERIES} queries": result["queries"] <= QUERIES,
        "again adds nothing": result["again_rows"] == 0,
        "killed in the middle": 0 < result["rows_after_kill"] < result["expected"],
        "then exactly the rest": result["rows_after_kill"] + result["rows_added_then"]
        == result["rows_in_the_end"]
        == result["expected"],
    }


def _ready(work) -> dict:
    django.setup()
    return work()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200_000)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--topics", type=int, default=52)
    parser.add_argument("--here", action="store_true", help="use the environment’s database")
    options = parser.parse_args()
    if options.here:
        django.setup()
        print(json.dumps(measure(options.members, options.items, options.topics)))
        return 0
    given = [f"--{name}={getattr(options, name)}" for name in ("members", "items", "topics")]
    with (
        tempfile.TemporaryDirectory() as folder,
        DigestWorkshop(Path(folder), sqlite=False) as shop,
    ):
        printed = shop.python("digests", "-m", "benchmarks.digests", "--here", *given)
    result = json.loads(printed.splitlines()[-1])
    for name, value in result.items():
        print(f"{name:>18}  {value}")
    kept = reached(result)
    for promise, was_kept in kept.items():
        print(f"{'reached' if was_kept else 'NOT REACHED':>18}  {promise}")
    print(json.dumps(result))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
