"""What somebody is told by mail when something about their log-in changes."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser

from mail.models import Delivery

pytestmark = pytest.mark.django_db

CHANGES = [
    "account/email/password_changed",
    "account/email/password_set",
    "account/email/email_changed",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
    "mfa/email/recovery_codes_generated",
]


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_told_with_when_from_where_and_what_to_do(rf, amina, change):
    request = rf.get("/", REMOTE_ADDR="203.0.113.7")
    request.user = AnonymousUser()
    addresses = {"from_email": "old@example.org", "to_email": "new@example.org"}
    with request_context(request):
        get_adapter().send_notification_mail(change, amina, addresses)
    letter = Delivery.objects.get()
    assert letter.subject
    assert "[" not in letter.subject
    for words in ("Hello Amina,", "203.0.113.7", "UTC", "http://testserver/accounts/sessions/"):
        assert words in letter.body
    assert "\n\n\n\n" not in letter.body


def test_a_changed_password_is_told(client, amina, log_in):
    client = log_in(amina)
    new = {"password1": "new-secret-7", "password2": "new-secret-7"}
    client.post("/accounts/password/change/", new | {"oldpassword": "a-good-secret"})
    assert Delivery.objects.get().recipient == amina.email
