"""Guessing is slowed down at every door, by the page that says so, and only for who guesses."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.test import Client

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.8"
SECOND_STEP = "/accounts/second-factor/authenticate/"


def knock(client: Client, door: str, data: dict, *, at_most: int, **extra) -> int:
    """Knock until the page for too many attempts answers; return how many came through before."""
    for number in range(at_most + 1):
        answer = client.post(door, data, **extra)
        if answer.status_code == 429:
            assert "Too many attempts" in answer.content.decode()
            assert '<main class="page"' in answer.content.decode()
            return number
    raise AssertionError(f"{door} let {at_most + 1} attempts through.")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_guessing_a_password_is_stopped_after_five_attempts(client, amina, log_in):
    guess = {"login": amina.email, "password": "wrong"}
    assert knock(client, "/accounts/login/", guess, at_most=5) == 5
    assert not is_signed_in(log_in(amina, client))


def test_trying_one_password_on_many_addresses_is_stopped(client, home):
    for number in range(10):
        guess = {"login": f"who{number}@example.org", "password": "summer-2026"}
        assert client.post("/accounts/login/", guess).status_code == 200
    guess = {"login": "who10@example.org", "password": "summer-2026"}
    assert client.post("/accounts/login/", guess).status_code == 429


def test_codes_for_logging_in_are_not_sent_without_end(client, amina):
    door, asked = "/accounts/login/code/", {"email": amina.email}
    answers = [Client().post(door, asked).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_a_code_for_logging_in_can_be_guessed_three_times(client, amina):
    asked = client.post("/accounts/login/code/", {"email": amina.email})
    answers = [client.post(asked.url, {"code": "WRONG1"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    assert client.get(asked.url).url.startswith("/accounts/login/")


def test_passkeys_are_not_tried_without_end(client, home):
    data = {"credential": "{}"}
    assert knock(client, "/accounts/second-factor/webauthn/login/", data, at_most=10) == 10


def test_the_second_step_is_not_guessed(sara, with_app, log_in):
    client = log_in(with_app(sara))
    assert knock(client, SECOND_STEP, {"code": "000000"}, at_most=5) == 5


def test_neither_is_the_factor_of_somebody_who_is_logged_in(client, sara, with_app):
    client.force_login(with_app(sara))
    door = "/accounts/second-factor/reauthenticate/"
    assert knock(client, door, {"code": "000000"}, at_most=5) == 5


def test_nor_a_passkey_that_is_asked_for_again(client, sara):
    Authenticator.objects.create(user=sara, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    client.force_login(sara)
    door = "/accounts/second-factor/webauthn/reauthenticate/"
    assert knock(client, door, {"credential": "{}"}, at_most=10) == 10


def test_nor_the_code_of_an_app_that_is_being_set_up(client, amina):
    client.force_login(amina)
    client.post("/accounts/reauthenticate/", {"password": "a-good-secret"})
    door = "/accounts/second-factor/totp/activate/"
    assert knock(client, door, {"code": "000000"}, at_most=5) == 5


def test_asking_who_it_is_again_is_limited(client, amina):
    client.force_login(amina)
    guess = {"password": "wrong"}
    assert knock(client, "/accounts/reauthenticate/", guess, at_most=5) == 5


def test_changing_a_password_is_limited(client, amina):
    client.force_login(amina)
    guess = {"oldpassword": "wrong", "password1": "another-1", "password2": "another-1"}
    assert knock(client, "/accounts/password/change/", guess, at_most=5) == 5


def test_mails_for_a_new_password_are_limited(client, amina):
    asked = {"email": amina.email}
    assert knock(client, "/accounts/password/reset/", asked, at_most=5) == 5


def test_links_for_a_new_password_are_not_guessed(client, home):
    door = "/accounts/password/reset/key/1-abc-def/"
    assert knock(client, door, {}, at_most=20) == 20


def test_changing_the_address_is_limited(client, amina):
    client.force_login(amina)
    wish = {"email": "no address", "action_add": "1"}
    assert knock(client, "/accounts/email/", wish, at_most=10) == 10


def test_links_to_preferences_are_limited(client, home):
    asked = {"email": "amina@example.org"}
    assert knock(client, "/preferences/", asked, at_most=5) == 5


def test_the_admins_own_log_in_has_no_password_to_guess(client, root):
    for _ in range(40):
        guess = {"username": root.email, "password": "a-good-secret"}
        answer = client.post("/admin/login/", guess)
        assert answer.url.startswith("/accounts/login/")
    assert not is_signed_in(client)


def test_who_guesses_shuts_out_nobody_else_who_comes_from_another_place(client, amina, sara):
    guess = {"login": amina.email, "password": "wrong"}
    knock(client, "/accounts/login/", guess, at_most=10, REMOTE_ADDR=HERE)
    other = Client(REMOTE_ADDR=ELSEWHERE)
    other.post("/accounts/login/", {"login": sara.email, "password": "a-good-secret"})
    assert is_signed_in(other)


def test_whose_password_is_being_guessed_gets_in_by_a_code_or_a_passkey(client, amina):
    """By password nobody gets in for five minutes: that much allauth does by design."""
    guess = {"login": amina.email, "password": "wrong"}
    knock(client, "/accounts/login/", guess, at_most=10, REMOTE_ADDR=HERE)
    owner = Client(REMOTE_ADDR=ELSEWHERE)
    asked = owner.post("/accounts/login/code/", {"email": amina.email})
    assert asked.url == "/accounts/login/code/confirm/"
    tried = owner.post("/accounts/second-factor/webauthn/login/", {"credential": "{}"})
    assert tried.status_code == 302


def test_guessing_a_passkey_counts_for_no_account():
    """Whose passkey is tried is said by the one who tries, so no account may pay for it."""
    assert LoginWebAuthnForm().user is None


def test_a_made_up_address_in_a_header_gains_no_attempts(client, amina):
    for number in range(10):
        guess = {"login": f"who{number}@example.org", "password": "wrong"}
        client.post("/accounts/login/", guess, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    answer = client.post("/accounts/login/", guess, HTTP_X_FORWARDED_FOR="192.0.2.99")
    assert answer.status_code == 429


def test_behind_a_proxy_the_address_that_it_saw_counts(client, amina, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        guess = {"login": f"who{number}@example.org", "password": "wrong"}
        client.post("/accounts/login/", guess, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {HERE}")
    from_here = {"HTTP_X_FORWARDED_FOR": f"192.0.2.99, {HERE}"}
    assert client.post("/accounts/login/", guess, **from_here).status_code == 429
    known = {"login": amina.email, "password": "a-good-secret"}
    client.post("/accounts/login/", known, HTTP_X_FORWARDED_FOR=ELSEWHERE)
    assert is_signed_in(client)
