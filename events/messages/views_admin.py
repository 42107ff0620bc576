"""The organisers’ screen of messages: what was written, and writing another one."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from events import times
from events.models import AttendeeMessage
from events.registration import organising
from events.registration.screen import ClockScreen

from . import actions
from . import mail as letters
from .audience import in_words, recipients, sizes
from .forms import MessageForm
from .rules import MOST_A_DAY

SHOWN = 50


class Messages(ClockScreen):
    """The messages to those who take part, with what became of each, and the form for a new one.

    A message is looked at before it is sent: “Send” takes only what the preview showed.
    """

    template_name = "events/admin/messages.html"
    page_title = gettext_lazy("Messages")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(organising.WRITE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        now = timezone.now()
        form = self._form(request.POST, now)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if "send" in request.POST and form.was_seen():
            if self._sent(form, now):
                return redirect("event_messages", event_id)
        elif "send" in request.POST:
            messages.info(request, _("You changed the message. Look at it once more."))
        elif "test" in request.POST:
            actions.send_test(self.holder, form.draft(), request.user)
            words = _("A test is on its way to %(address)s.")
            messages.success(request, words % {"address": request.user.email})
        return self._with_preview(form)

    def get_context_data(self, **kwargs) -> dict:
        now = timezone.now()
        context = {"form": self._form(None, now), **kwargs}
        log = AttendeeMessage.objects.filter(event=self.holder).select_related("by")
        shown = list(log[:SHOWN])
        tallies = actions.tallies(shown)
        rows = [
            {
                "message": each,
                "to": in_words(each.audience),
                "tally": tallies[each.pk],
                "may_stop": actions.may_stop(each, tallies[each.pk]),
            }
            for each in shown
        ]
        return super().get_context_data(**context) | {
            "rows": rows,
            "reply_to": letters.reply_to(self.holder),
        }

    def _form(self, data, now: datetime.datetime) -> MessageForm:
        return MessageForm(data, event=self.holder, sizes=sizes(self.holder.pk), now=now)

    def _with_preview(self, form: MessageForm) -> HttpResponse:
        form.note_seen()
        draft = form.draft()
        preview = letters.sample(self.holder, draft, self.request.user, letters.TEST)
        number = recipients(self.holder.pk, draft.audience).count()
        context = self.get_context_data(form=form, preview=preview, number=number)
        return self.render_to_response(context | {"sender": letters.sender()})

    def _sent(self, form: MessageForm, now: datetime.datetime) -> bool:
        """Send what was looked at; ``False`` with a word in the form when it cannot be."""
        due_at = form.cleaned_data["due_at"] or now
        try:
            message = actions.send(self.holder, form.draft(), self.request.user, due_at, now)
        except actions.TooMany:
            form.add_error(
                None,
                _("%(number)s messages a day about one event are enough. Ask the Secretariat.")
                % {"number": MOST_A_DAY},
            )
            return False
        except actions.GivesAway:
            form.add_error("text", _("This would give away the way into the event."))
            return False
        messages.success(self.request, _said(message, self.event))
        return True


@require_POST
def stop(request: HttpRequest, message_id: int) -> HttpResponse:
    """Stop a message as far as it has not left."""
    mine = AttendeeMessage.objects.filter(
        event__in=organising.events_for(request.user).values("pk")
    )
    message = get_object_or_404(mine, pk=message_id)
    if not request.user.has_perm(organising.WRITE):
        raise PermissionDenied
    if actions.cancel(message, request.user, timezone.now()):
        messages.success(request, _("Stopped. Whoever has not got it yet does not get it."))
    else:
        messages.info(request, _("It has left already."))
    return redirect("event_messages", message.event_id)


def _said(message: AttendeeMessage, event) -> str:
    if message.planned_at is None:
        at = times.moment(message.due_at, times.zone_of(event))
        return _("The message will be sent on %(at)s.") % {"at": at}
    words = ngettext(
        "The message is on its way to %(number)s person.",
        "The message is on its way to %(number)s people.",
        message.recipients,
    )
    return words % {"number": message.recipients}
