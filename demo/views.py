"""The demo’s outbox: what a newcomer would find in their mailbox. Exists in the demo only."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mail.showing import MAY_OPEN_LINKS, framed, html_answer

from . import notices, outbox, reminders, updates

ON_A_PAGE = 30


@require_safe
@never_cache
def mails(request: HttpRequest) -> HttpResponse:
    """Show every mail that was sent, the newest first."""
    shown = Paginator(outbox.sent_mails(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/outbox.html", {"mails": shown})


@require_POST
def send_digest(request: HttpRequest) -> HttpResponse:
    """Send everybody who follows something the digest for which they would have to wait."""
    number = updates.send_digest(timezone.now())
    words = ngettext("%(number)s digest sent.", "%(number)s digests sent.", number)
    return _told(request, number, words, _("Nobody follows anything of which there is news."))


@require_POST
def send_reminder(request: HttpRequest) -> HttpResponse:
    """Send the next reminder of an event, for which people would have to wait."""
    number = reminders.send_next(timezone.now())
    words = ngettext("%(number)s reminder sent.", "%(number)s reminders sent.", number)
    nothing = _("Nobody is registered for an event of which to be reminded.")
    return _told(request, number, words, nothing)


@require_POST
def send_notices(request: HttpRequest) -> HttpResponse:
    """Tell those who are registered of changes and recordings, before they have settled."""
    number = notices.send_now(timezone.now())
    words = ngettext("%(number)s notice sent.", "%(number)s notices sent.", number)
    nothing = _("No event has changed for which somebody is registered.")
    return _told(request, number, words, nothing)


@require_safe
@never_cache
def mail(request: HttpRequest, number: str) -> HttpResponse:
    """Show one mail: whom it is for, its HTML in a frame, and its text."""
    context = {"mail": outbox.sent_mail(number), "sandbox": MAY_OPEN_LINKS}
    return render(request, "demo/mail.html", context)


@require_safe
@framed
def mail_html(request: HttpRequest, number: str) -> HttpResponse:
    """Serve the HTML of a mail."""
    return html_answer(outbox.sent_mail(number).html)


def _told(request: HttpRequest, number: int, words: str, nothing: str) -> HttpResponse:
    """Say how many mails were sent, and lead back to them."""
    if number:
        messages.success(request, words % {"number": number})
    else:
        messages.info(request, nothing)
    return redirect("demo:outbox")
