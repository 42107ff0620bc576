"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from . import addresses, sealing
from .models import User

TOO_MANY = frozenset({"too_many_login_attempts", "rate_limited"})


class LimitedMixin:
    """Answer too many attempts with the page that says so, whichever form they came by."""

    def validation_error(self, code: str, *args) -> ValidationError:
        """Return the error of a field. Raises ``ImmediateHttpResponse`` for too many attempts."""
        if code in TOO_MANY:
            raise ImmediateHttpResponse(respond_429(current.request))
        return super().validation_error(code, *args)


class AccountAdapter(LimitedMixin, DefaultAccountAdapter):
    """Nobody signs up here: accounts are made by joining or by the secretariat."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Take an address that was proven for an account, unless another account keeps it."""
        if addresses.is_free(email_address.email, email_address.user, timezone.now()):
            return super().confirm_email(request, email_address)
        self.add_message(
            request,
            messages.ERROR,
            "account/messages/email_confirmation_failed.txt",
            {"email": email_address.email},
        )
        return False

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """Ask those with a second factor for that one: a guessed password then adds no factor."""
        methods = super().get_reauthentication_methods(user)
        by_factor = [method for method in methods if method["id"] != "reauthenticate"]
        return by_factor or methods

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is, without the name of the host in brackets."""
        return subject

    def render_mail(self, template_prefix, email, context, headers=None) -> EmailMessage:
        """Write in the language of the account, whatever language the page was read in."""
        user = context.get("user") or self._signed_in()
        with override(getattr(user, "language", None) or get_language()):
            return super().render_mail(template_prefix, email, context, headers)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """Tell somebody what was changed, and where they see from where they are logged in."""
        where = self.request.build_absolute_uri(reverse("sessions"))
        context = {"user": user, "address": where} | (context or {})
        super().send_notification_mail(template_prefix, user, context, email)

    def _signed_in(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if user and user.is_authenticated else None


class SecondFactorAdapter(LimitedMixin, DefaultMFAAdapter):
    """Second factors by the site’s name, their secrets sealed in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, kind: Authenticator.Type) -> str:
        """Return the name that a new passkey has until its owner finds a better one."""
        number = Authenticator.objects.filter(user=user, type=kind).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.WAGTAIL_SITE_NAME}
