"""Where the mail provider reports to: one address that only it knows.

Turned on by ``MAIL_PROVIDER`` and ``MAIL_WEBHOOK_SECRET``. The secret is part of the address; what
the provider signs is checked as well, with ``MAIL_WEBHOOK_KEY``. django-anymail reads the reports
and sends ``anymail.signals.tracking`` for each, to which ``mail.receivers`` listens.
"""

from functools import cache

from anymail.webhooks.base import AnymailCoreWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

# The reader of each provider’s reports, and the keyword of the key with which it signs them.
PROVIDERS = {
    "brevo": ("brevo.BrevoTrackingWebhookView", ""),
    "mailersend": ("mailersend.MailerSendTrackingWebhookView", "signing_secret"),
    "mailgun": ("mailgun.MailgunTrackingWebhookView", "webhook_signing_key"),
    "mailjet": ("mailjet.MailjetTrackingWebhookView", ""),
    "postmark": ("postmark.PostmarkTrackingWebhookView", ""),
    "resend": ("resend.ResendTrackingWebhookView", "signing_secret"),
    "sparkpost": ("sparkpost.SparkPostTrackingWebhookView", ""),
}


@csrf_exempt
def reports(request: HttpRequest, secret: str) -> HttpResponse:
    """Take a report of the mail provider; to anybody else there is nothing here."""
    expected = settings.MAIL_WEBHOOK_SECRET
    is_theirs = bool(expected) and constant_time_compare(secret, expected)
    if not is_theirs or settings.MAIL_PROVIDER not in PROVIDERS:
        raise Http404
    try:
        return _reader(settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK_KEY)(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponseBadRequest("This is no report.")


@cache
def _reader(provider: str, key: str):
    """Return the view that reads one provider’s reports; the secret stands for its basic auth."""
    path, keyword = PROVIDERS[provider]
    view: type[AnymailCoreWebhookView] = import_string(f"anymail.webhooks.{path}")
    ours = type(view.__name__, (view,), {"warn_if_no_basic_auth": False})
    return ours.as_view(**({keyword: key} if keyword and key else {}))
