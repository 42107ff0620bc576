"""What somebody hears of: by a signed link without a log-in, or from the own page.

A link only shows; a form that is sent changes. The one exception is the button of the mail
program (RFC 8058), which sends a form of its own without a cookie.
"""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mail import links, subscriptions
from mail.links import unlisted
from mail.models import Cadence, Contact, Topic
from members.actions import preferences as actions
from members.forms import AddressForm, WishesForm
from members.topics import by_value

GET_OR_POST = ["GET", "HEAD", "POST"]
ONE_CLICK = "One-Click"


@never_cache
@require_http_methods(GET_OR_POST)
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Send somebody the link to their preferences; the answer is the same for all (R20)."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="preferences", key=email):
            return render(request, "429.html", status=429)
        actions.send_link(email, timezone.now())
        return redirect("preferences_check_mail")
    context = {"form": form, "title": _("What we write to you")}
    return render(request, "members/ask_for_link.html", context)


@never_cache
def check_mail(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way if the address is known."""
    return render(request, "members/link_sent.html", {"title": _("Check your mail")})


@never_cache
@require_http_methods(GET_OR_POST)
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show and change what a contact hears of, by the link in their mail."""
    try:
        contact, _data = links.read(links.PREFERENCES, token)
    except links.LinkBroken as problem:
        return link_over(request, problem)
    response = change_wishes(request, contact, source="link")
    return unlisted(response)


def change_wishes(request: HttpRequest, contact: Contact, *, source: str) -> HttpResponse:
    """Show the form with a contact’s wishes; write down what is sent."""
    wishes = {(t.kind, t.slug): cadence for t, cadence in subscriptions.wishes(contact).items()}
    form = WishesForm(request.POST or None, wishes=wishes)
    if "write-again" in request.POST:
        actions.allow_again(contact, timezone.now())
        messages.success(
            request, _("We write to you again. Choose below what you want to hear of.")
        )
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        if "all-off" in request.POST:
            actions.stop(contact, None, source=source, now=timezone.now())
            messages.success(request, _("You will get no more updates."))
        else:
            number = actions.choose(contact, form.wishes(), source=source, now=timezone.now())
            messages.success(request, _changes(number))
        return redirect(request.path)
    context = {
        "form": form,
        "email": contact.email,
        "is_silenced": contact.state == Contact.State.SUPPRESSED,
        "title": _("What we write to you"),
    }
    return render(request, "members/preferences.html", context)


@csrf_exempt
@never_cache
@require_http_methods(GET_OR_POST)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Turn off the topic of a mail: at once for the mail program’s button, else after asking.

    The token is the credential, a session never is; sent twice it changes nothing more (R18).
    """
    try:
        contact, data = links.read(links.UNSUBSCRIBE, token)
    except links.LinkBroken as problem:
        return link_over(request, problem)
    topic = Topic.objects.filter(kind=data.get("kind"), slug=data.get("slug")).first()
    cadence = Cadence(data["cadence"]) if data.get("cadence") else None
    if request.method == "POST":
        source = "one-click" if request.POST.get("List-Unsubscribe") == ONE_CLICK else "mail"
        actions.stop(contact, topic or cadence, source=source, now=timezone.now())
        if source == "one-click":
            return HttpResponse(status=200)
    with override(contact.language):
        label = by_value().get(str(topic)) if topic else None
        context = {
            "title": _("No more of these mails"),
            "topic": label,
            "cadence": cadence,
            "is_done": request.method == "POST",
            "preferences": links.make(links.PREFERENCES, contact),
        }
        return unlisted(render(request, "members/unsubscribe.html", context))


def link_over(request: HttpRequest, problem: links.LinkBroken) -> HttpResponse:
    """Say that a link no longer holds, and how to get a new one."""
    context = {"expired": isinstance(problem, links.LinkExpired), "title": _("This link is over")}
    return render(request, "members/link_over.html", context, status=410)


def _changes(number: int) -> str:
    if not number:
        return _("Nothing was changed.")
    words = ngettext("%(number)s change saved.", "%(number)s changes saved.", number)
    return words % {"number": number}
