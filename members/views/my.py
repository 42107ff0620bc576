"""A member’s own pages: who sees me, my groups, what I hear of, my data."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.preferences import reader_zone
from events import times
from events.registration import mine as own_events
from mail.models import Cadence
from members.actions import address, privacy, profile
from members.actions.export import export as exported
from members.forms import GroupsForm
from members.institutions.sections import mine
from members.models import Member
from pages.places import places

from .preferences import GET_OR_POST, change_wishes

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Call the view with the member; strangers log in first, accounts without one join first."""

    @never_cache
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        member = Member.objects.filter(user=request.user).select_related("contact", "user").first()
        if member is None:
            messages.info(request, _("This account is not a member yet. Joining takes a minute."))
            return redirect("join")
        return view(request, member, *args, **kwargs)

    return checked


@require_safe
@for_members
def my_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Show a member what we know and do for them, with the way to change each part."""
    now, contact = timezone.now(), member.contact
    zone = reader_zone(request) or times.zone_named(contact.time_zone)
    followed = contact.subscriptions.exclude(cadence=Cadence.OFF)
    context = {
        "title": _("My membership"),
        "member": member,
        "memberships": member.memberships.select_related("group").order_by("group__path"),
        "topics": followed.count(),
        "offers": member.interests.select_related("group"),
        "institutions": mine(member, timezone.localdate()),
        "coming": own_events.coming(contact, now, zone),
        "past": own_events.past(contact, now, zone),
        "mails_go_elsewhere": address.mails_go_elsewhere(member),
        "calendar_url": places().get("events", ""),
    }
    return render(request, "members/my_page.html", context)


@require_http_methods(GET_OR_POST)
@for_members
def my_groups(request: HttpRequest, member: Member) -> HttpResponse:
    """Join and leave working groups."""
    joined = list(member.memberships.values_list("group__slug", flat=True))
    form = GroupsForm(request.POST or None, initial={"groups": joined})
    if request.method == "POST" and form.is_valid():
        profile.choose_groups(member, form.cleaned_data["groups"], timezone.now())
        messages.success(request, _("Your groups are saved."))
        return redirect("my_page")
    return _form(request, form, _("My working groups"))


@require_http_methods(GET_OR_POST)
@for_members
def my_topics(request: HttpRequest, member: Member) -> HttpResponse:
    """Choose what to hear of, and how often."""
    return change_wishes(request, member.contact, source="my-page")


@require_safe
@for_members
def my_data(request: HttpRequest, member: Member) -> HttpResponse:
    """Show how to take one’s data along, and how to leave."""
    return render(request, "members/my_data.html", {"title": _("My data"), "member": member})


@require_POST
@for_members
def export(request: HttpRequest, member: Member) -> HttpResponse:
    """Send everything that we keep about a member as a ZIP."""
    response = HttpResponse(exported(member, timezone.now()), "application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response


@require_POST
@for_members
def leave(request: HttpRequest, member: Member) -> HttpResponse:
    """Begin the fortnight after which the member is erased."""
    privacy.ask_to_be_erased(member, timezone.now())
    messages.success(request, _("You will be erased in 14 days. Until then you can come back."))
    logout(request)
    return redirect("left")


@require_POST
@for_members
def stay(request: HttpRequest, member: Member) -> HttpResponse:
    """Take the wish to be erased back."""
    privacy.stay(member, timezone.now())
    messages.success(request, _("Good that you stay. Nothing was erased."))
    return redirect("my_page")


@never_cache
def left(request: HttpRequest) -> HttpResponse:
    """Say goodbye, and until when one can come back."""
    return render(request, "members/left.html", {"title": _("Goodbye")})


def _form(request: HttpRequest, form, title: str) -> HttpResponse:
    return render(request, "members/my_form.html", {"form": form, "title": title})
