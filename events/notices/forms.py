"""The editor’s choice whether those who are registered hear of what is published."""

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models.state import QuietRevision
from working_groups.forms import GroupWorkForm

from . import rules

TELLS = "tells_registered"


class EventPageForm(GroupWorkForm):
    """Ask, as long as anybody is registered, whether they are told of a change.

    The answer belongs to the version that is saved, not to the page: it comes with the version to
    whoever approves it, and is asked anew for the next one.
    """

    tells_registered = forms.BooleanField(
        label=gettext_lazy("Tell those who are registered"), required=False, initial=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if TELLS not in self.fields:
            return
        number = how_many(self.instance)
        if number:
            self.initial[TELLS] = is_told(self.instance)
            self.fields[TELLS].help_text = in_words(number)
        else:
            del self.fields[TELLS]

    def save(self, commit=True):
        self.instance.tells_registered = self.cleaned_data.get(TELLS, True)
        return super().save(commit)


def is_told(event) -> bool:
    """Return what was chosen for the draft that waits, or that people are told."""
    is_waiting = event.latest_revision_id != event.live_revision_id
    return not (is_waiting and QuietRevision.objects.filter(pk=event.latest_revision_id).exists())


def how_many(event) -> int:
    """Return how many people hear of a change of this page: none while it does not count."""
    if event.pk is None:
        return 0
    return event.registrations.filter(state__in=rules.AUDIENCE).count()


def in_words(number: int) -> str:
    """Return whom a change reaches, and when."""
    words = ngettext(
        "%(number)s person is registered.", "%(number)s people are registered.", number
    )
    what = _(
        "If the day, the time, the place or the status changes, each gets one mail with what was "
        "before and what is now, shortly after the last change; calendars follow. Take the tick "
        "away to publish this change without a word."
    )
    return f"{words % {'number': localize(number)}} {what}"
