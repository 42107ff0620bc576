"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import get_language, override


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the secretariat until membership opens to everybody."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is, without the name of the host in brackets."""
        return subject

    def render_mail(self, template_prefix, email, context, headers=None) -> EmailMessage:
        """Write in the language of the account, whatever language the page was read in."""
        user = context.get("user")
        with override(getattr(user, "language", None) or get_language()):
            return super().render_mail(template_prefix, email, context, headers)
