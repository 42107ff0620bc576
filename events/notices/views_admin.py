"""The organisers’ screen of notices: what goes out by itself, at once or not at all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import times
from events.registration.screen import EventScreen

from . import actions, planning, recordings, sections


class Notices(EventScreen):
    """What those who are registered are about to hear, and what they heard."""

    template_name = "events/admin/notices.html"
    page_title = gettext_lazy("Notices")
    header_icon = "info-circle"

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        now = timezone.now()
        if "recording" in request.POST:
            _say(request, recordings.tell_now(self.holder.pk, now))
            return redirect("event_notices", event_id)
        notice = self._open_notice()
        if notice and "now" in request.POST:
            actions.settle(notice, now)
            _say(request, planning.plan_one(notice, now))
        elif notice and "stop" in request.POST and actions.stop(notice, now):
            messages.success(request, _("Stopped. Nobody is told of this change."))
        else:
            messages.info(request, _("It has been told already."))
        return redirect("event_notices", event_id)

    def get_context_data(self, **kwargs) -> dict:
        now, zone = timezone.now(), times.zone_of(self.event)
        past = sections.past_changes(self.holder)
        return super().get_context_data(**kwargs) | {
            "change": sections.open_change(self.holder, now),
            "recording": sections.open_recording(self.holder, now),
            "told_of_recording": sections.told_of_recording(self.holder),
            "past": [(times.moment(each.at, zone), each) for each in past],
        }

    def _open_notice(self):
        return planning.open_notices().filter(meeting=self.holder.translation_key).first()


def _say(request: HttpRequest, number: int) -> None:
    if not number:
        messages.info(request, _("There was nobody to be told."))
        return
    words = ngettext(
        "A mail is on its way to %(number)s person.",
        "A mail is on its way to %(number)s people.",
        number,
    )
    messages.success(request, words % {"number": number})
