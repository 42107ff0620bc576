"""Registering for an event, and what the links in the mails about it lead to.

Nothing of this is cached, and every change is a form that was sent (R19).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from allauth.core import ratelimit
from django.contrib import messages
from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.preferences import reader_zone
from events import times
from events.attendance.certificates.content import is_due
from events.models import EventPage, EventSeats, FormVersion, Registration
from mail import contacts
from mail.links import LinkBroken, LinkExpired, unlisted
from mail.rules import normal_address
from pages.places import places

from . import actions, doors, links, people, rules
from .forms import ChangeForm, GuestForm, RegisterForm
from .lock import Busy
from .people import Who
from .sections import standing_of

# What is asked for of an event at its door: a page has a hundred columns, and many come at once.
OF_EVENT = (
    *("title", "slug", "url_path", "language", "live", "translation_key", "group"),
    *("starts_at", "ends_at", "time_zone", "status"),
)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[..., HttpResponse]


# Registering -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visit:
    """Somebody at the door of an event, with what they have filled in so far."""

    request: HttpRequest
    event: EventPage
    seats: EventSeats
    who: Who | None
    form: RegisterForm

    def page(self, refused: rules.Refused | None = None, status: int = 200) -> HttpResponse:
        """Return the form, or the words for why there is none."""
        seats = self.seats
        mine = None if self.form.is_bound else _mine(seats, self.who)
        context = {
            **_about(self.request, self.event),
            "form": self.form,
            "who": self.who,
            "mine": standing_of(mine) if mine else None,
            "state": doors.exact_words(seats),
            "is_full": not rules.has_room(seats.capacity, seats.seats_held, seats.waiting),
            "refusal": doors.refusal_words(refused, self.event) if refused else "",
            "is_for_members": bool(refused) and refused.reason in FOR_MEMBERS,
        }
        return render(self.request, "events/registration/register.html", context, status=status)


@GET_OR_POST
@never_cache
@non_atomic_requests
def register(request: HttpRequest, pk: str) -> HttpResponse:
    """Let a member register with one click, and a guest with a short form and a mail.

    Nothing of a page is made for a form that is answered by sending the reader on.
    """
    try:
        event, seats = _open_event(pk)
    except Http404:
        if request.method == "POST":
            context = {"calendar": places().get("events", "/")}
            return render(request, "events/registration/gone.html", context, status=404)
        raise
    who = people.member(request.user)
    visit = Visit(request, event, seats, who, _form(request, seats.event_id, who))
    refused = doors.refusal_of(event, seats, who, timezone.now())
    if refused is None and request.method == "POST" and visit.form.is_valid():
        return _asked(visit)
    return visit.page(refused)


@never_cache
def check_mail(request: HttpRequest, pk: str) -> HttpResponse:
    """Say that a mail is on its way, whoever the address belongs to (R20)."""
    event, _seats = _open_event(pk)
    context = {"title": _("Check your mail"), "event": event}
    return render(request, "events/registration/check_mail.html", context)


FOR_MEMBERS = (rules.Refusal.MEMBERS_ONLY, rules.Refusal.MEMBERS_FIRST)


def _asked(visit: Visit) -> HttpResponse:
    """Do what the form asks, and say where to go on; the form is kept when the site is busy."""
    request, form, who = visit.request, visit.form, visit.who
    if who is None:
        address = normal_address(form.cleaned_data["email"])
        if not ratelimit.consume(request, action="register", key=address):
            return render(request, "429.html", status=429)
    now = timezone.now()
    try:
        done = actions.register(visit.seats.event_id, who or _guest(form), form.asked(), now)
    except rules.Refused as refused:
        form.add_error(None, doors.refusal_words(refused, visit.event))
        return visit.page()
    except Busy:
        form.add_error(None, _("Very many people register at this moment. Please send it again."))
        response = visit.page(status=503)
        response.headers["Retry-After"] = "5"
        return response
    if who is None:
        return redirect("event_check_mail", pk=visit.event.pk)
    return redirect("registration", token=links.make(links.MANAGE, done.registration))


def _guest(form: GuestForm) -> Who:
    data = form.cleaned_data
    contact = contacts.contact_for(
        data["email"],
        now=timezone.now(),
        name=data["name"],
        language=data["language"],
        time_zone=data["time_zone"],
    )
    words = {name: data[name] for name in ("name", "organisation", "language", "time_zone")}
    return Who(contact, country=form.chosen_country(), **words)


def _form(request: HttpRequest, event_id: int, who: Who | None) -> RegisterForm:
    version = FormVersion.objects.filter(event=event_id).first()
    data = request.POST if request.method == "POST" else None
    if who is not None:
        return RegisterForm(data, version=version)
    zone = reader_zone(request)
    return GuestForm(data, version=version, initial={"time_zone": zone.key if zone else "UTC"})


def _mine(seats: EventSeats, who: Who | None) -> Registration | None:
    if who is None:
        return None
    rows = Registration.objects.filter(event=seats.event_id, contact=who.contact)
    rows = rows.select_related("event__locale", "contact")
    return rows.filter(state__in=rules.ACTIVE).first()


def _open_event(pk: str) -> tuple[EventPage, EventSeats]:
    """Return a public event and its seats; 404 for one without registration."""
    events = EventPage.objects.live().public().only(*OF_EVENT)
    event = get_object_or_404(events, pk=int(pk))
    seats = doors.seats_of(event)
    if seats is None:
        raise Http404("No registration for this event.")
    return event, seats


# By the links in mails ---------------------------------------------------------------------------


def by_link(purpose: str) -> Callable[[View], View]:
    """Return a decorator that calls a view with the registration of the link in the address."""

    def decorate(view: View) -> View:
        @GET_OR_POST
        @never_cache
        @non_atomic_requests
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                registration = links.read(purpose, token, timezone.now())
            except LinkBroken as problem:
                context = {
                    "title": _("This link is over"),
                    "expired": isinstance(problem, LinkExpired),
                }
                return unlisted(
                    render(request, "events/registration/link_over.html", context, status=410)
                )
            try:
                return unlisted(view(request, registration))
            except Busy:
                return unlisted(render(request, "events/registration/busy.html", status=503))

        return opened

    return decorate


@by_link(links.CONFIRM)
def confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Confirm the address of a guest. Opening the link only shows the page."""
    if request.method != "POST":
        context = {
            **_about(request, registration.event),
            "title": _("Confirm your registration"),
            "registration": registration,
        }
        return render(request, "events/registration/confirm.html", context)
    try:
        done = actions.confirm_hold(registration, timezone.now())
    except rules.Refused as refused:
        messages.error(request, doors.refusal_words(refused, registration.event))
        done = actions.Outcome(registration, is_new=False)
    return redirect("registration", token=links.make(links.MANAGE, done.registration))


@by_link(links.MANAGE)
def manage(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show where somebody stands and let them change it."""
    form = ChangeForm(
        request.POST if "answers" in request.POST else None,
        version=registration.form_version,
        initial=_present(registration),
    )
    if request.method == "POST" and _done(request, registration, form):
        return redirect(request.path)
    context = {
        **_about(request, registration.event),
        "registration": registration,
        "standing": standing_of(registration),
        "form": form,
        "token": request.resolver_match.kwargs["token"],
        "is_guest": registration.user_id is None,
        "has_certificate": is_due(registration, timezone.now()),
    }
    return render(request, "events/registration/manage.html", context)


@by_link(links.MANAGE)
def join(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show how to join, to those who are confirmed and from shortly before the event."""
    access = actions.join_url_for(registration, timezone.now())
    context = {
        **_about(request, registration.event),
        "access": access,
        "standing": standing_of(registration),
        "token": request.resolver_match.kwargs["token"],
    }
    return render(request, "events/registration/join.html", context)


def _done(request: HttpRequest, registration: Registration, form: ChangeForm) -> bool:
    """Do what was asked; ``False`` when the form has to be shown again."""
    now, by = timezone.now(), request.user if request.user.is_authenticated else None
    if "cancel" in request.POST:
        actions.cancel(registration, by, "", now)
        messages.success(request, _("Your registration is cancelled."))
    elif "decline" in request.POST:
        actions.decline_offer(registration, now)
        messages.success(request, _("Thank you for telling us. The seat goes to the next in line."))
    elif "accept" in request.POST:
        _accept(request, registration)
    elif form.is_valid():
        actions.change_answers(registration, form.cleaned_data["organisation"], form.asked())
        messages.success(request, _("Your changes are saved."))
    else:
        return False
    return True


def _accept(request: HttpRequest, registration: Registration) -> None:
    if actions.accept_offer(registration, timezone.now()):
        messages.success(request, _("The seat is yours."))
    else:
        messages.warning(request, _("The time to take this seat is over."))


def _about(request: HttpRequest, event: EventPage) -> dict:
    """Return what every page about an event begins with."""
    shown = times.times(event, reader_zone(request))
    return {"title": event.title, "event": event, "times": shown}


def _present(registration: Registration) -> dict[str, object]:
    answers = {f"q_{name}": answer for name, answer in registration.answers.items()}
    return {"organisation": registration.organisation, **answers}
