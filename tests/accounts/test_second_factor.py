"""Nobody of the secretariat enters the admin without a second factor, whichever way they came."""

import re
from datetime import date
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import get_resolver, reverse

from accounts import sealing, second_factor
from mail.models import Delivery
from tests.factories.content import make_person
from tests.factories.groups import make_group
from working_groups import actions

pytestmark = pytest.mark.django_db
INDEX = "/accounts/second-factor/"
AGAIN = "/accounts/second-factor/reauthenticate/?next=/admin/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def enters(client, address: str = "/admin/") -> bool:
    return client.get(address).status_code == 200


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("who", ["sara", "root"])
def test_without_a_second_factor_nobody_enters_the_admin(who, request, log_in):
    client = log_in(request.getfixturevalue(who))
    answer = client.get("/admin/reports/locked/")
    assert (answer.status_code, answer.url) == (302, INDEX)
    page = client.get(INDEX).content.decode()
    assert "needs a second factor" in page


@pytest.mark.django_db(transaction=True)
def test_the_way_leads_back_to_where_somebody_wanted_to_go(sara, log_in, code):
    client = log_in(sara)
    client.get("/admin/pages/?ordering=title")
    client.post("/accounts/reauthenticate/", {"password": "a-good-secret"})
    page = client.get("/accounts/second-factor/totp/activate/").content.decode()
    key = re.search(r'id="secret">([A-Z2-7]+)<', page)[1]
    done = client.post("/accounts/second-factor/totp/activate/", {"code": code(key)})
    assert done.url == "/accounts/second-factor/recovery-codes/"
    page = client.get(done.url).content.decode()
    assert 'href="/admin/pages/?ordering=title"' in page
    assert enters(client)
    assert second_factor.WANTED not in client.session


def test_by_password_alone_nobody_with_a_second_factor_is_logged_in(sara, with_app, log_in):
    with_app(sara)
    client = log_in(sara)
    assert not is_signed_in(client)
    assert not enters(client)


@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_with_the_second_step_the_secretariat_enters(
    sara, with_app, log_in, code, recovery_code, kind
):
    with_app(sara)
    client = log_in(sara, next="/admin/")
    typed = code() if kind == "app" else recovery_code(sara)
    done = client.post("/accounts/second-factor/authenticate/", {"code": typed})
    assert done.url == "/admin/"
    assert enters(client)


def test_a_code_of_the_app_works_once(sara, with_app, log_in, code):
    with_app(sara)
    typed = code()
    for expected in (True, False):
        client = log_in(sara)
        client.post("/accounts/second-factor/authenticate/", {"code": typed})
        assert is_signed_in(client) == expected


def test_a_recovery_code_works_once(sara, with_app, log_in, recovery_code):
    with_app(sara)
    typed = recovery_code(sara)
    for expected in (True, False):
        client = log_in(sara)
        client.post("/accounts/second-factor/authenticate/", {"code": typed})
        assert is_signed_in(client) == expected


def test_a_session_that_began_any_other_way_has_to_show_the_factor(client, sara, with_app, code):
    with_app(sara)
    client.force_login(sara)
    assert client.get("/admin/").url == AGAIN
    client.post(AGAIN, {"code": code(), "next": "/admin/"})
    assert enters(client)


def test_a_code_by_mail_does_not_replace_the_second_factor(client, sara, with_app):
    with_app(sara)
    asked = client.post("/accounts/login/code/", {"email": sara.email})
    body = Delivery.objects.get().body
    typed = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body, re.MULTILINE)[1]
    client.post(asked.url, {"code": typed})
    assert not is_signed_in(client)


def test_a_new_password_by_mail_does_not_replace_it(
    client, sara, with_app, log_in, django_capture_on_commit_callbacks
):
    with_app(sara)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": sara.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    data = {"password1": "another-secret-7", "password2": "another-secret-7"}
    client.post(form.redirect_chain[-1][0], data)
    assert not is_signed_in(client)
    assert not is_signed_in(log_in(sara, client, password="another-secret-7"))


def test_a_guessed_password_adds_no_factor_to_an_account_that_has_one(
    client, sara, with_app, log_in
):
    with_app(sara)
    client.force_login(sara)
    client.post("/accounts/reauthenticate/", {"password": "a-good-secret"})
    answer = client.get("/accounts/second-factor/webauthn/add/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/second-factor/reauthenticate/")


def test_who_gives_up_the_only_factor_is_led_to_a_new_one(client, sara, with_app, code):
    with_app(sara)
    client.force_login(sara)
    client.post(AGAIN, {"code": code()})
    assert enters(client)
    client.post("/accounts/second-factor/totp/deactivate/")
    assert not Authenticator.objects.filter(user=sara).exists()
    assert client.get("/admin/").url == INDEX


def test_every_address_of_the_admin_is_behind_the_gate(client, sara):
    client.force_login(sara)
    for name in ("wagtailadmin_home", "wagtailadmin_explore_root", "wagtailusers_users:index"):
        assert client.get(reverse(name)).url == INDEX
    assert client.post("/admin/pages/add/blog/blogpage/1/", {"title": "T"}).url == INDEX


def test_every_screen_of_editors_lies_below_the_admins_address():
    screens = [
        str(pattern.pattern)
        for pattern in get_resolver().url_patterns
        if "admin" in str(getattr(pattern, "urlconf_name", ""))
    ]
    assert set(screens) == {"admin/"}


def test_logging_out_needs_no_second_factor(client, sara):
    client.force_login(sara)
    client.post("/admin/logout/")
    assert not is_signed_in(client)


def test_co_chairs_are_offered_one_and_need_none(client, amina):
    group = make_group("Africa")
    actions.appoint(make_person("Amina", user=amina), group, "co-chair", since=date(2026, 1, 1))
    client.force_login(amina)
    assert enters(client)
    assert b"/accounts/second-factor/" in client.get("/accounts/").content


@override_settings(SECOND_FACTOR_REQUIRED=False)
def test_where_it_is_not_required_the_secretariat_enters_without(client, sara):
    client.force_login(sara)
    assert enters(client)


def test_secrets_lie_sealed_in_the_database(sara, with_app):
    with_app(sara)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "JBSWY3DPEHPK3PXP" not in kept


def test_what_was_sealed_opens_with_a_former_key_and_with_no_other(settings):
    sealed = sealing.seal("secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert sealing.unseal(sealed) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.unseal(sealed) != "secret"
    assert sealing.unseal(sealed) != sealing.unseal(sealed)


def test_who_lost_everything_starts_anew_and_is_logged_out(client, sara, with_app, log_in, code):
    with_app(sara)
    client = log_in(sara)
    client.post("/accounts/second-factor/authenticate/", {"code": code()})
    call_command("take_second_factor", "Sara@example.org", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert client.get("/accounts/").status_code == 302
    assert log_in(sara, client).get("/admin/").url == INDEX


def test_taking_a_factor_from_nobody_says_so(home):
    with pytest.raises(CommandError, match="No account"):
        call_command("take_second_factor", "nobody@example.org")
