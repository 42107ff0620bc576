"""The organisers’ screens: the terms of registration, and one person’s registration."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from events import times
from events.attendance.certificates.content import is_due
from events.models import EventAccess, EventPage, EventSeats, FormVersion, Registration

from . import actions, history, organising
from .actions.setting_up import SetUp, ask, set_up
from .doors import exact_words
from .forms_admin import AccessForm, DecisionForm, QuestionFormSet, SeatsForm
from .lock import Busy
from .questions import Question, answered, questions_of, usual_questions
from .screen import BUSY
from .sections import place_in_line

MOST_NAMES = 10
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_admin_access
@GET_OR_POST
def settings(request: HttpRequest, event_id: int) -> HttpResponse:
    """Show and change the seats, the terms, the way in and the questions of an event."""
    event = get_object_or_404(organising.events_for(request.user), pk=event_id)
    seats = EventSeats.objects.filter(meeting=event.translation_key).first()
    # All three moments are typed and shown on the clock of the event.
    with timezone.override(times.zone_of(event)):
        holder = seats.event if seats else event
        forms = _forms(request, holder, seats)
        is_sent = request.method == "POST" and all(form.is_valid() for form in forms.values())
        if is_sent and _saved(request, holder, forms):
            return redirect("event_registration_settings", event_id=event.pk)
        context = {
            "page_title": _("Registration"),
            "event": event,
            "seats": seats,
            "holder": holder,
            "state": exact_words(seats) if seats else "",
            "zone": times.zone_label(times.zone_of(event), event.starts_at or timezone.now()),
            **forms,
        }
        return render(request, "events/admin/registration.html", context)


@never_cache
@require_admin_access
@GET_OR_POST
def one(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Show one person’s registration with its history, and do what an organiser decides."""
    rows = organising.registrations_for(request.user)
    rows = rows.select_related("event__locale", "contact", "country", "form_version")
    registration = get_object_or_404(rows, pk=registration_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, registration, form.cleaned_data["why"])
        except Busy:
            messages.error(request, BUSY)
        return redirect("one_registration", registration_id=registration.pk)
    context = {
        "page_title": _("Registration of %(name)s") % {"name": registration},
        "registration": registration,
        "place": place_in_line(registration),
        "answers": answered(registration.form_version, registration.answers),
        "steps": history.steps(registration),
        "looks": history.looks(registration),
        "form": form,
        "has_certificate": is_due(registration, timezone.now()),
    }
    return render(request, "events/admin/one.html", context)


def _forms(request: HttpRequest, event: EventPage, seats: EventSeats | None) -> dict:
    data = request.POST if request.method == "POST" else None
    rows = [
        {**vars(question), "options": "\n".join(question.options)}
        for question in _questions(event, seats)
    ]
    forms = {
        "form": SeatsForm(data, instance=seats, prefix="seats"),
        "questions": QuestionFormSet(data, initial=rows, prefix="questions"),
    }
    if request.user.has_perm(organising.CHANGE_ACCESS):
        access = EventAccess.objects.filter(event=event).first() or EventAccess(event=event)
        forms["access"] = AccessForm(data, instance=access, prefix="access")
    return forms


def _questions(event: EventPage, seats: EventSeats | None) -> list[Question]:
    """Return what the form asks, or is proposed to ask before registration is set up."""
    if seats is not None:
        return questions_of(FormVersion.objects.filter(event=event).first())
    with override(event.locale.language_code):
        return usual_questions()


def _saved(request: HttpRequest, event: EventPage, forms: dict) -> bool:
    now, values = timezone.now(), dict(forms["form"].cleaned_data)
    try:
        done = set_up(event, values, now, by=request.user)
    except Busy:
        forms["form"].add_error(None, BUSY)
        return False
    asked = [form.question() for form in forms["questions"] if form.is_valid()]
    ask(event, [question for question in asked if question], now)
    if "access" in forms:
        forms["access"].save()
    messages.success(request, _("Registration is set up."))
    _tell_of_seats(request, done)
    return True


def _tell_of_seats(request: HttpRequest, done: SetUp) -> None:
    """Say who moved up because there are more seats, and who stays though there are fewer."""
    if done.promoted:
        _tell_promoted(request, done.promoted)
    if done.seats.overbook and done.capacity_before != done.seats.capacity:
        words = ngettext(
            "%(number)s more person has a seat than there are seats now. Nobody loses theirs.",
            "%(number)s more people have a seat than there are seats now. Nobody loses theirs.",
            done.seats.overbook,
        )
        messages.warning(request, words % {"number": done.seats.overbook})


def _tell_promoted(request: HttpRequest, promoted: Sequence[Registration]) -> None:
    names = [str(person) for person in promoted[:MOST_NAMES]]
    if more := len(promoted) - len(names):
        names.append(ngettext("%(number)s more", "%(number)s more", more) % {"number": more})
    words = _("Moved up from the waiting list: %(names)s. They are told by mail.")
    messages.info(request, words % {"names": ", ".join(names)})


def _decide(request: HttpRequest, registration: Registration, why: str) -> None:
    now, by = timezone.now(), request.user
    if "approve" in request.POST:
        done = actions.approve(registration, by, now)
    elif "decline" in request.POST:
        done = actions.decline(registration, by, why, now)
    elif "cancel" in request.POST:
        promoted = actions.cancel(registration, by, why, now)
        done = True
        if promoted:
            _tell_promoted(request, promoted)
    else:
        raise PermissionDenied
    if done:
        messages.success(request, _("Done. They are told by mail."))
    else:
        messages.info(request, _("There is nothing to decide any more."))
