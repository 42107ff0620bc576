"""Joining: the form, the page that says “check your mail”, and the link in the mail."""

from dataclasses import replace

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.preferences import reader_zone
from mail import links
from mail.links import unlisted
from mail.rules import normal_address
from members.actions import joining as actions
from members.forms import JoinForm, PasswordForm
from pages.metadata import About

from .preferences import GET_OR_POST, link_over


def join(request: HttpRequest) -> HttpResponse:
    """Let somebody ask to become a member; the answer is the same for every address (R20)."""
    return _join(request, for_institution=False)


def join_for_institution(request: HttpRequest) -> HttpResponse:
    """Let somebody join who will then apply for an institution: who speaks for it is a member."""
    return _join(request, for_institution=True)


@never_cache
@require_http_methods(GET_OR_POST)
def _join(request: HttpRequest, *, for_institution: bool) -> HttpResponse:
    if hasattr(request.user, "member"):
        return redirect("apply_for_institution" if for_institution else "my_page")
    form = JoinForm(request.POST or None, initial=_first_guess(request))
    if request.method == "POST" and form.is_valid():
        asked = replace(form.joining(), for_institution=for_institution)
        if not ratelimit.consume(request, action="join", key=normal_address(asked.email)):
            return render(request, "429.html", status=429)
        actions.ask(asked, timezone.now())
        return redirect("join_check_mail")
    title = _("Become a member")
    about = About(
        title, _("Membership is free and open to everybody who works on local governance.")
    )
    context = {
        "form": form,
        "for_institution": for_institution,
        "title": _("Your institution becomes a member") if for_institution else title,
        "about_this": about,
    }
    return render(request, "members/join.html", context)


@never_cache
def check_mail(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, whoever the address belongs to."""
    return render(request, "members/check_mail.html", {"title": _("Check your mail")})


@never_cache
@require_http_methods(GET_OR_POST)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Finish joining. Opening the link only shows the page; sending the form joins."""
    try:
        contact, data = links.read(links.CONFIRM, token)
    except links.LinkBroken as problem:
        return link_over(request, problem)
    if actions.member_of(contact):
        # The link joins once; whoever finds it later logs in like everybody else.
        return redirect("my_page")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        joining = actions.unpacked(data, contact.email)
        password = form.cleaned_data["password"] or None
        member = actions.finish(contact, joining, timezone.now(), password)
        messages.success(request, _("Welcome! You are a member now."))
        # Through every step of a log-in: an account made before may have a second factor.
        goes_on = reverse("apply_for_institution" if joining.for_institution else "my_page")
        return perform_login(request, member.user, redirect_url=goes_on)
    context = {"form": form, "email": contact.email, "title": _("Confirm your membership")}
    return unlisted(render(request, "members/confirm.html", context))


def _first_guess(request: HttpRequest) -> dict[str, str]:
    zone = reader_zone(request)
    return {"time_zone": zone.key if zone else "UTC"}
