"""The organisers’ screens about reminders: all of an event, and one with the mail that it sends."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import EventPage, EventSeats, ReminderRule
from events.registration import organising
from events.registration.doors import occasion
from events.registration.screen import ClockScreen, holder_of
from mail import outbox
from mail.message import Message
from mail.showing import MAY_OPEN_LINKS, framed, html_answer

from . import actions, rules
from .forms import ReminderForm
from .listing import Line, lines
from .words import obstacle_words
from .writing import sample

LANGUAGES = {code: get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}


class Screen(ClockScreen):
    """A screen about the reminders of one event."""

    header_icon = "time"
    page_title = gettext_lazy("Reminders")
    now: datetime.datetime

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {
            "obstacle": obstacle_words(rules.obstacle(occasion(self.holder))),
            "has_registration": EventSeats.objects.filter(event=self.holder).exists(),
        }

    def rules(self) -> QuerySet[ReminderRule]:
        """Return the reminders of the meeting."""
        return ReminderRule.objects.filter(meeting=self.event.translation_key)

    def form(self, rule: ReminderRule, data=None, *, has_left: bool = False) -> ReminderForm:
        """Return the form of a reminder of this event."""
        rule.meeting = self.event.translation_key
        return ReminderForm(data, instance=rule, event=self.holder, now=self.now, has_left=has_left)


class Reminders(Screen):
    """All reminders of an event: when each goes out, to how many, and what became of it."""

    template_name = "events/admin/reminders.html"

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        if "add" in request.POST:
            return self._add(request)
        chosen, enabled = self.rules(), request.POST.get("enabled") == "1"
        if one := request.POST.get("rule"):
            chosen = chosen.filter(pk=one if one.isdecimal() else None)
        actions.switch(chosen, enabled, self.now)
        messages.success(request, _("Switched on.") if enabled else _("Switched off."))
        return redirect("event_reminders", event_id)

    def get_context_data(self, **kwargs) -> dict:
        found = lines(self.holder, self.now)
        return super().get_context_data(**{"form": self.form(ReminderRule()), **kwargs}) | {
            "lines": found,
            "all_off": bool(found) and not any(line.rule.enabled for line in found),
            "is_full": len(found) >= rules.MOST_RULES,
        }

    def _add(self, request: HttpRequest) -> HttpResponse:
        if self.rules().count() >= rules.MOST_RULES:
            messages.info(request, _("There are enough reminders for one event."))
            return redirect("event_reminders", self.event.pk)
        form = self.form(ReminderRule(), request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        actions.save(form.instance, self.now)
        messages.success(request, _("The reminder is added."))
        return redirect("one_event_reminder", self.event.pk, form.instance.pk)


class OneReminder(Screen):
    """One reminder: its mail as it will be read, the form to change it, a test to oneself."""

    template_name = "events/admin/reminder.html"
    line: Line

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        found = {line.rule.pk: line for line in lines(self.holder, self.now)}
        if kwargs["rule_id"] not in found:
            raise Http404
        self.line = found[kwargs["rule_id"]]

    def post(self, request: HttpRequest, event_id: int, rule_id: int) -> HttpResponse:
        if "test" in request.POST:
            return self._test(request)
        if "remove" in request.POST and self.line.is_removable:
            actions.remove(self.line.rule)
            messages.success(request, _("The reminder is removed."))
            return redirect("event_reminders", event_id)
        form = self.form(self.line.rule, request.POST, has_left=self.line.has_left)
        if not form.is_valid():
            self.line.rule.refresh_from_db()
            return self.render_to_response(self.get_context_data(form=form))
        if form.is_rearmed:
            actions.save(form.instance, self.now)
        else:
            actions.save_words(form.instance)
        messages.success(request, _("The reminder is saved."))
        return redirect(request.path)

    def get_page_title(self) -> str:
        return self.line.title

    def get_context_data(self, **kwargs) -> dict:
        form = self.form(self.line.rule, has_left=self.line.has_left)
        return super().get_context_data(**{"form": form, **kwargs}) | {
            "line": self.line,
            "mail": self._sample(),
            "language": language_of(self.request),
            "languages": LANGUAGES.items(),
            "sandbox": MAY_OPEN_LINKS,
        }

    def _test(self, request: HttpRequest) -> HttpResponse:
        outbox.send(self._sample())
        words = _("A test is on its way to %(address)s.") % {"address": request.user.email}
        messages.success(request, words)
        return redirect(request.get_full_path())

    def _sample(self) -> Message:
        language = language_of(self.request)
        return sample(self.line.rule, self.holder, self.request.user, language, self.now)


@require_safe
@framed
def mail_html(request: HttpRequest, event_id: int, rule_id: int) -> HttpResponse:
    """Serve the HTML of a reminder, for the frame on its screen."""
    events = organising.events_for(request.user).select_related("locale").defer("body")
    event: EventPage = get_object_or_404(events, pk=event_id)
    rule = get_object_or_404(ReminderRule, pk=rule_id, meeting=event.translation_key)
    language = language_of(request)
    mail = sample(rule, holder_of(event), request.user, language, timezone.now())
    return html_answer(mail.html)


def language_of(request: HttpRequest) -> str:
    """Return the language in which somebody looks at a mail: the one asked for, or their own."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else request.user.language
