"""What must hold for mail to leave."""

from django.conf import settings
from django.core.checks import Error, register

OURS = "mail.backends.DeliveryBackend"


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
