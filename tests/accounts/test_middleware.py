import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from accounts.actions import open_account
from accounts.middleware import ReaderTimeZoneMiddleware


def zone_of(request):
    ReaderTimeZoneMiddleware(lambda _: HttpResponse())(request)
    return request.time_zone


class Untouchable:
    """Stands where a session or a user is, and complains when anybody looks."""

    def __getattr__(self, name):
        raise AssertionError(f"Somebody asked for {name}.")


def test_a_stranger_without_cookie_has_no_zone_and_no_session(rf):
    request = rf.get("/")
    request.session = request.user = Untouchable()
    assert zone_of(request) is None


def test_the_remembered_zone_counts_for_strangers(rf):
    request = rf.get("/")
    request.COOKIES["tz"] = "Asia/Bangkok"
    request.session = request.user = Untouchable()
    assert zone_of(request).key == "Asia/Bangkok"


@pytest.mark.parametrize(
    "value",
    ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Africa", "\x00", "x" * 5000, "é\n"],
)
def test_a_bad_cookie_is_ignored(rf, value):
    request = rf.get("/")
    request.COOKIES["tz"] = value
    assert zone_of(request) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "expected"), [("Asia/Bangkok", "Asia/Bangkok"), ("nonsense", "Africa/Nairobi")]
)
def test_the_cookie_goes_before_the_account(rf, cookie, expected):
    request = rf.get("/")
    request.COOKIES = {"tz": cookie, "sessionid": "x"}
    request.user = open_account("a@example.org", time_zone="Africa/Nairobi")
    assert zone_of(request).key == expected


def test_a_session_of_nobody_has_no_zone(rf):
    request = rf.get("/")
    request.COOKIES["sessionid"] = "stale"
    request.user = AnonymousUser()
    assert zone_of(request) is None
