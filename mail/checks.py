"""What must hold for mail to leave."""

from django.conf import settings
from django.core.checks import Error, register

from .webhooks import PROVIDERS

OURS = "mail.backends.DeliveryBackend"
SHORTEST_SECRET = 24
SIGNING = {name for name, (_view, keyword) in PROVIDERS.items() if keyword}


@register()
def mail_leaves_through_deliveries(app_configs, **kwargs) -> list[Error]:
    """Refuse a transport that would hand every mail back to the queue it came from."""
    if settings.MAIL_TRANSPORT == OURS:
        return [
            Error(
                "MAIL_TRANSPORT is the queue itself; no mail would ever leave.",
                hint="Set it to a backend that talks to a mail server.",
                id="mail.E001",
            )
        ]
    return []


@register()
def the_provider_reports_where_nobody_guesses(app_configs, **kwargs) -> list[Error]:
    """Refuse a provider we cannot read, and an address for its reports that could be guessed."""
    provider, secret = settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK_SECRET
    errors = []
    if provider and provider not in PROVIDERS:
        hint = f"One of: {', '.join(PROVIDERS)}."
        errors.append(Error("MAIL_PROVIDER is none we can read.", hint=hint, id="mail.E002"))
    if provider and len(secret) < SHORTEST_SECRET:
        hint = f"At least {SHORTEST_SECRET} random letters and digits."
        errors.append(Error("MAIL_WEBHOOK_SECRET is too short.", hint=hint, id="mail.E003"))
    if provider in SIGNING and not settings.MAIL_WEBHOOK_KEY:
        hint = "The provider shows it where its webhooks are set up."
        errors.append(Error("MAIL_WEBHOOK_KEY is missing.", hint=hint, id="mail.E004"))
    return errors
