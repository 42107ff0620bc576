"""The waiting list of an event, and changing its order by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Registration

from . import actions
from .book import Because
from .forms_admin import MoveForm
from .lock import Busy
from .rules import State
from .screen import BUSY, EventScreen


class Queue(EventScreen):
    """Who waits, in order. Moving somebody needs a reason, which stays in their history."""

    template_name = "events/admin/queue.html"
    page_title = gettext_lazy("Waiting list")
    header_icon = "list-ol"

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        form = MoveForm(request.POST, line=self._line())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        because = Because(said["why"], request.user, is_told=False)
        try:
            moved = actions.move_in_line(said["who"], said["place"], because, timezone.now())
        except Busy:
            form.add_error(None, BUSY)
            return self.render_to_response(self.get_context_data(form=form))
        if moved:
            words = _("%(name)s has another place now. Everybody sees theirs on their own page.")
            messages.success(request, words % {"name": said["who"]})
        else:
            messages.info(request, _("Nothing has changed."))
        return redirect("event_queue", event_id)

    def get_context_data(self, **kwargs) -> dict:
        line = list(self._line())
        context = {"form": MoveForm(line=self._line()), **kwargs}
        return super().get_context_data(**context) | {"line": line}

    def _line(self):
        waiting = Registration.objects.filter(event=self.holder, state=State.WAITING)
        return waiting.select_related("country").order_by("queue_no")
