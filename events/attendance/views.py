"""The tick list: a page of the site and not of the admin, light enough for a phone at a door.

Each form writes only what was changed on it, so two people at two doors lose nothing.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import times
from events.models import EventPage
from events.registration import doors, organising
from events.registration.organising import Doing
from events.registration.screen import holder_of
from pages.pagination import paginate

from . import actions, rules, tick_list
from .forms import WalkInForm

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@never_cache
@login_required
def attendance(request: HttpRequest, pk: str) -> HttpResponse:
    """Show who can be there, and write down who is."""
    events = organising.events_for(request.user, Doing.CHECK_IN)
    event = get_object_or_404(events.select_related("locale").defer("body"), pk=int(pk))
    holder, form = holder_of(event), None
    if request.method == "POST":
        try:
            form = _noted(request, holder)
        except actions.NotBegun:
            messages.error(request, _("Nobody can be ticked off before the event has begun."))
        if form is None:
            return redirect(request.get_full_path())
    context = _context(request, event, holder) | {"form": form or WalkInForm()}
    status = 422 if form else 200
    return render(request, "events/attendance/tick_list.html", context, status=status)


def _context(request: HttpRequest, event: EventPage, holder: EventPage) -> dict:
    typed = request.GET.get("q", "").strip()[:100]
    pager = paginate(request, tick_list.lines(holder, typed), tick_list.ROWS_A_PAGE)
    lines = pager.page.object_list
    occasion, now = doors.occasion(holder), timezone.now()
    return {
        "title": event.title,
        "event": event,
        "holder": holder,
        "when": times.moment(event.starts_at, times.zone_of(event)) if event.starts_at else "",
        "typed": typed,
        "lines": lines,
        "shown": tick_list.as_sent(lines),
        "pager": pager,
        "counts": tick_list.counts(holder),
        "has_begun": rules.has_begun(occasion, now),
        "is_over": rules.is_certified(occasion, now),
        "organises": organising.events_for(request.user).filter(pk=event.pk).exists(),
    }


def _noted(request: HttpRequest, holder: EventPage) -> WalkInForm | None:
    """Write down what was sent: the ticks first, then the rest; a form comes back if it is wrong.

    Whoever types a name and presses “Enter” or “Save” means to add it too.
    """
    sent, now = request.POST, timezone.now()
    report = actions.set_attendance(holder, tick_list.changed(sent), request.user, now)
    _say(request, report)
    if _names_somebody(sent):
        form = WalkInForm(sent)
        if not form.is_valid():
            return form
        _add(request, holder, form)
    elif not _other_button(request, holder) and report == actions.Report():
        messages.info(request, _("Nothing was changed."))
    return None


def _say(request: HttpRequest, report: actions.Report) -> None:
    if report.marked:
        words = ngettext(
            "%(number)d change is saved.", "%(number)d changes are saved.", report.marked
        )
        messages.success(request, words % {"number": report.marked})
    if report.refused:
        messages.warning(request, _("Some people are not on the list any more."))


def _names_somebody(sent: QueryDict) -> bool:
    return any(sent.get(name, "").strip() for name in ("name", "email"))


def _add(request: HttpRequest, holder: EventPage, form: WalkInForm) -> None:
    newcomer = form.newcomer()
    who, is_new = actions.add_walk_in(holder, newcomer, request.user, timezone.now())
    words = _("%(name)s is on the list.") if is_new else _("%(name)s is on the list already.")
    messages.success(request, words % {"name": who.name or newcomer.name})


def _other_button(request: HttpRequest, holder: EventPage) -> bool:
    """Do what a button other than “Save” says; ``False`` where it was “Save”."""
    sent, now = request.POST, timezone.now()
    if "remove" in sent:
        named = tick_list.ids(sent.getlist("remove"))
        if any(actions.remove_walk_in(holder, pk) for pk in named):
            messages.success(request, _("Taken off the list."))
        return True
    if "rest" in sent:
        number = actions.mark_the_rest_absent(holder, request.user, now)
        words = ngettext(
            "%(number)d person is marked as absent.",
            "%(number)d people are marked as absent.",
            number,
        )
        messages.success(request, words % {"number": number})
        return True
    if "unmark" in sent:
        actions.unmark_the_absent(holder)
        messages.success(request, _("Nobody is marked as absent any more."))
        return True
    return False
