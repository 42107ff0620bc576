import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import get_language

from accounts.actions import open_account
from accounts.models import User
from mail.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(home) -> User:
    return open_account("amina@example.org", "a-good-secret", name="Amina Sample")


SECRET = "a-good-secret"


def log_in(client, password=SECRET):
    return client.post("/accounts/login/", {"login": "Amina@example.org", "password": password})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_people_log_in_with_their_address_in_any_case(client, amina):
    response = log_in(client)
    assert response.status_code == 302
    assert response.url == "/accounts/"
    assert is_signed_in(client)


def test_a_wrong_password_signs_nobody_in(client, amina):
    response = log_in(client, password="wrong")
    assert response.status_code == 200
    assert "not correct" in response.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/login/?next=/admin/"])
def test_the_admins_own_log_in_never_signs_in(client, amina, path):
    User.objects.filter(pk=amina.pk).update(is_superuser=True)
    data = {"username": "amina@example.org", "password": "a-good-secret"}
    response = client.post(path, data)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")
    assert not is_signed_in(client)


def test_the_admin_sends_strangers_to_the_one_log_in(client, home):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"


def test_a_member_who_is_no_editor_is_led_from_the_admin_to_their_account(client, amina):
    client.post(
        "/accounts/login/?next=/admin/",
        {"login": amina.email, "password": SECRET, "next": "/admin/"},
    )
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/"
    assert "You do not have permission to access the admin." in response.content.decode()


def test_logging_out_takes_a_click_not_a_link(client, amina):
    client.force_login(amina)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_nobody_signs_up_alone(client, home):
    client.post(
        "/accounts/signup/",
        {"email": "x@example.org", "password1": "a-good-secret", "password2": "a-good-secret"},
    )
    assert not User.objects.filter(email="x@example.org").exists()


def test_a_password_is_set_by_mail(client, amina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": "amina@example.org"})
    (message,) = mail.outbox
    assert message.to == ["amina@example.org"]
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    response = client.post(
        form.redirect_chain[-1][0],
        {"password1": "another-secret-7", "password2": "another-secret-7"},
    )
    assert response.status_code == 302
    assert log_in(client, "another-secret-7").status_code == 302
    assert is_signed_in(client)


def test_the_mail_about_a_password_is_in_the_language_of_the_account(client, amina, monkeypatch):
    User.objects.filter(pk=amina.pk).update(language="fr")
    spoken = []
    monkeypatch.setattr(
        DefaultAccountAdapter,
        "render_mail",
        lambda *args: spoken.append(get_language()) or EmailMessage("s", "t", to=["a@b.c"]),
    )
    client.post("/accounts/password/reset/", {"email": "amina@example.org"})
    assert spoken == ["fr"]


def test_asking_for_an_unknown_address_tells_the_page_nothing(client, amina):
    known = client.post("/accounts/password/reset/", {"email": "amina@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "who@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_used_up_link_says_so(client, amina):
    response = client.get("/accounts/password/reset/key/1-set-password/")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"],
)
def test_pages_for_strangers_render_inside_the_site(client, home, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert b'<main class="page"' in response.content


@pytest.mark.parametrize(
    "name", ["account_home", "account_change_password", "account_email", "account_logout"]
)
def test_pages_for_oneself_render_inside_the_site(client, amina, name):
    client.force_login(amina)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert b'<main class="page"' in response.content


def test_the_account_page_asks_strangers_to_log_in(client, home):
    response = client.get("/accounts/")
    assert response.url == "/accounts/login/?next=/accounts/"


def test_people_change_their_name_language_and_zone(client, amina):
    client.force_login(amina)
    data = {"name": "Amina S.", "language": "fr", "time_zone": "Africa/Nairobi"}
    response = client.post("/accounts/", data)
    assert response.status_code == 302
    amina.refresh_from_db()
    assert (amina.name, amina.language, amina.time_zone) == tuple(data.values())
    profile = amina.wagtail_userprofile
    assert profile.preferred_language == "fr"
    assert profile.current_time_zone == "Africa/Nairobi"
    assert response.cookies["tz"].value == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Olympus"), ("time_zone", "../../etc/passwd"), ("language", "xx")],
)
def test_what_does_not_exist_cannot_be_chosen(client, amina, field, value):
    client.force_login(amina)
    data = {"name": "A", "language": "en", "time_zone": "UTC"} | {field: value}
    response = client.post("/accounts/", data)
    assert response.status_code == 200
    amina.refresh_from_db()
    assert getattr(amina, field) != value


def test_looking_changes_nothing(client, amina):
    client.force_login(amina)
    client.get("/accounts/", {"name": "Mallory", "language": "fr"})
    amina.refresh_from_db()
    assert (amina.name, amina.language) == ("Amina Sample", "en")


def test_a_code_by_mail_logs_in(client, amina):
    asked = client.post("/accounts/login/code/", {"email": "amina@example.org"})
    body = Delivery.objects.get().body
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body, re.MULTILINE)[1]
    client.post(asked.url, {"code": code})
    assert is_signed_in(client)


def test_asking_for_a_code_does_not_tell_who_is_known(client, amina):
    known = client.post("/accounts/login/code/", {"email": "amina@example.org"})
    client.cookies.clear()
    unknown = client.post("/accounts/login/code/", {"email": "baraka@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
