"""Jobs run when they are due, once, and one that fails stands in nobody’s way."""

import datetime
import threading

import pytest
from django.conf import settings as settings_of_site
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mail.models import Delivery
from schedule import checks, worker
from schedule.actions import long_jobs, run_due, short_jobs
from schedule.models import JobRun
from tests.members.updates import FINANCE, follow, planned, published, start
from tests.side_by_side import side_by_side

MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
NOW = datetime.datetime(2026, 11, 19, 12, 0, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(settings) -> list[str]:
    settings.SCHEDULE = {"often": "every 1 minute", "nightly --all": "at 03:00"}
    settings.LONG_JOBS = ()
    return []


def test_a_job_that_is_due_runs_with_its_words_and_is_written_down(ran):
    run_due(NOW, lambda *words: ran.append(words))
    assert ran == [("often",)]
    run_due(NOW + 16 * HOUR, lambda *words: ran.append(words))
    assert ran == [("often",), ("often",), ("nightly", "--all")]
    assert JobRun.objects.get(job="nightly --all").finished_at


def test_a_nightly_job_that_is_new_waits_for_its_night_and_is_not_listed_as_run(ran, admin_client):
    assert run_due(NOW, lambda *words: None) == ["often"]
    nightly = JobRun.objects.get(job="nightly --all")
    assert (nightly.started_at, nightly.finished_at) == (None, None)
    listed = admin_client.get("/admin/jobs/").content.decode()
    assert "has not run yet" in listed
    assert run_due(NOW + 15 * HOUR, lambda *words: None) == ["often", "nightly --all"]


def test_a_job_that_left_the_schedule_is_said_to_have(ran, settings, admin_client):
    run_due(NOW, lambda *words: None)
    settings.SCHEDULE = {"often": "every 1 minute"}
    assert "not in the schedule any more" in admin_client.get("/admin/jobs/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_long_job_holds_up_no_short_one_and_runs_once_at_a_time(ran, settings):
    settings.SCHEDULE = {"often": "every 1 minute", "long": "every 1 minute"}
    settings.LONG_JOBS = ("long",)
    begun, may_end = threading.Event(), threading.Event()

    def run(job: str) -> None:
        ran.append(job)
        if job == "long":
            begun.set()
            assert may_end.wait(20)

    def in_a_thread() -> None:
        run_due(NOW, run, long_jobs())
        connection.close()

    lane = threading.Thread(target=in_a_thread)
    lane.start()
    assert begun.wait(20)
    assert run_due(NOW, run, short_jobs()) == ["often"]
    assert run_due(NOW + 5 * MINUTE, run, long_jobs()) == []
    assert run_due(NOW + 5 * MINUTE, run, short_jobs()) == ["often"]
    may_end.set()
    lane.join(20)
    assert ran == ["long", "often", "often"]
    assert run_due(NOW + 5 * MINUTE, lambda job: None, long_jobs()) == ["long"]


def test_the_process_beside_the_site_does_both_kinds_of_jobs_until_told_to_stop(monkeypatch):
    stop, asked = threading.Event(), set()

    def note(now, *, jobs):
        asked.update(jobs)
        if asked == set(settings_of_site.SCHEDULE):
            stop.set()

    monkeypatch.setattr(worker, "run_due", note)
    monkeypatch.setattr(worker.mailer, "until_told", lambda: stop)
    monkeypatch.setattr(worker.mailer, "run", lambda stop: stop.wait(20))
    worker.work()
    assert asked == set(settings_of_site.SCHEDULE)


def test_a_long_job_that_is_not_in_the_schedule_is_found_before_the_site_starts(settings):
    assert checks.every_long_job_is_in_the_schedule(None) == []
    settings.LONG_JOBS = ("run_import",)
    assert "run_import" in checks.every_long_job_is_in_the_schedule(None)[0].msg


def test_r26_after_three_days_a_nightly_job_runs_once(ran):
    run_due(NOW, lambda *words: None)
    late = NOW + 3 * DAY
    assert "nightly --all" in run_due(late, lambda *words: None)
    assert "nightly --all" not in run_due(late + HOUR, lambda *words: None)


def test_a_job_that_fails_is_written_down_and_the_next_runs_all_the_same(ran, settings):
    settings.SCHEDULE = {"broken": "every 1 minute", "often": "every 1 minute"}

    def run(name):
        ran.append(name)
        if name == "broken":
            raise SystemExit("no disk")

    run_due(NOW, run)
    assert ran == ["broken", "often"]
    assert JobRun.objects.get(job="broken").error == "SystemExit: no disk"
    run_due(NOW + MINUTE, lambda name: None)
    assert JobRun.objects.get(job="broken").error == ""


@pytest.mark.django_db(transaction=True)
def test_several_processes_run_a_job_once(ran):
    run_due(NOW, lambda *words: None)
    side_by_side(lambda: run_due(NOW + MINUTE, lambda *words: ran.append(words)), 3)
    assert ran == [("often",)]


def test_misspelt_jobs_and_rhythms_are_found_before_the_site_starts(settings):
    settings.SCHEDULE = {"plan_updatse": "every 1 minute", "clearsessions": "nightly"}
    faults = [error.msg for error in checks.every_job_is_a_command_with_a_rhythm(None)]
    assert "plan_updatse" in faults[0]
    assert "nightly" in faults[1]


def test_every_job_of_this_site_is_a_command_with_a_rhythm():
    assert checks.every_job_is_a_command_with_a_rhythm(None) == []


def test_one_line_plans_and_sends(home, settings, capsys):
    settings.SCHEDULE = {"plan_updates": "every 1 minute"}
    start()
    amina = follow({FINANCE: "instant"})
    published("Budgets", timezone.now() - 20 * MINUTE)
    call_command("run_jobs", "--once")
    assert planned(amina, "instant") == [["Budgets"]]
    assert Delivery.objects.get().state in {"sent", "queued"}  # queued in Amina’s night
