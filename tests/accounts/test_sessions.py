"""Where somebody is logged in, and how that ends."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import devices, sessions

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
TELEPHONE = (
    "Mozilla/5.0 (Linux; Android 15; SM-A556B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def here(amina, log_in) -> Client:
    return log_in(amina, Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.7"))


@pytest.fixture
def elsewhere(amina, log_in) -> Client:
    return log_in(amina, Client(HTTP_USER_AGENT=TELEPHONE, REMOTE_ADDR="198.51.100.8"))


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_one_sees_with_what_from_where_and_since_when(here, elsewhere):
    page = here.get("/accounts/sessions/").text
    for words in ("Firefox on Windows", "203.0.113.7", "Samsung Internet on Android"):
        assert words in page
    assert page.index("Firefox on Windows") < page.index("Samsung Internet")


def test_nobody_sees_the_sessions_of_others(here, sara, log_in):
    log_in(sara, Client(HTTP_USER_AGENT=TELEPHONE, REMOTE_ADDR="192.0.2.55"))
    assert "192.0.2.55" not in here.get("/accounts/sessions/").text


def test_one_logs_out_everywhere_else(here, elsewhere):
    here.post("/accounts/sessions/")
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)


def test_one_logs_out_in_one_other_place(here, elsewhere, amina, log_in):
    third = log_in(amina, Client())
    line = UserSession.objects.get(ip="198.51.100.8")
    here.post("/accounts/sessions/", {"session": line.pk})
    assert [is_signed_in(client) for client in (here, elsewhere, third)] == [True, False, True]


def test_nobody_ends_the_sessions_of_others(here, sara, log_in):
    other = log_in(sara, Client(REMOTE_ADDR="192.0.2.55"))
    line = UserSession.objects.get(ip="192.0.2.55")
    here.post("/accounts/sessions/", {"session": line.pk})
    assert is_signed_in(other)


@pytest.mark.parametrize("bad", ["x", "-1", "99999999999999999999", ""])
def test_what_is_no_session_breaks_nothing(here, bad):
    assert here.post("/accounts/sessions/", {"session": bad}).status_code == 302
    assert is_signed_in(here)


def test_looking_ends_nothing(here, elsewhere):
    here.get("/accounts/sessions/", {"session": UserSession.objects.first().pk})
    assert is_signed_in(elsewhere)


def test_a_new_password_logs_out_everywhere_else(here, elsewhere):
    data = {
        "oldpassword": "a-good-secret",
        "password1": "new-secret-7",
        "password2": "new-secret-7",
    }
    here.post("/accounts/password/change/", data)
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)
    assert "Samsung" not in here.get("/accounts/sessions/").text


def test_a_session_that_is_used_was_seen_now(here, amina):
    long_ago = timezone.now() - datetime.timedelta(days=3)
    UserSession.objects.update(last_seen_at=long_ago)
    cache.clear()
    here.get("/accounts/sessions/")
    assert UserSession.objects.get().last_seen_at > long_ago


def test_being_seen_is_written_down_once_in_ten_minutes(here):
    assert here.get("/accounts/").status_code == 200
    stamp = UserSession.objects.get().last_seen_at
    here.get("/accounts/")
    assert UserSession.objects.get().last_seen_at == stamp


def test_where_ended_sessions_came_from_is_forgotten_at_night(here, elsewhere):
    Session.objects.filter(pk=elsewhere.session.session_key).update(
        expire_date=timezone.now() - datetime.timedelta(days=1)
    )
    call_command("tidy_sessions", stdout=None, verbosity=0)
    assert [session.ip for session in UserSession.objects.all()] == ["203.0.113.7"]


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (TELEPHONE, "Samsung Internet on Android"),
        (FIREFOX.replace("Windows NT 10.0; Win64; x64", "X11; Linux x86_64"), "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari",
            "Safari on iPhone",
        ),
        ("curl/8.0", "A browser we do not know"),
        ("", "A browser we do not know"),
        ("<script>alert(1)</script>", "A browser we do not know"),
        ("Windows", "Windows"),
    ],
)
def test_a_device_is_named_in_words(user_agent, words):
    assert sessions.device(user_agent) == words


def test_an_unknown_browser_has_no_name():
    assert devices.browser("") == devices.system("") == ""
