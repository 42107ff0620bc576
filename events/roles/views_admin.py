"""The screen on which co-chairs say who helps with an event."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import EventRole
from events.registration.organising import Doing
from events.registration.screen import EventScreen

from . import actions
from .forms import RoleForm

LONGEST_ID = 18


class Roles(EventScreen):
    """Who helps with an event; co-chairs and the secretariat add and remove."""

    doing = Doing.APPOINT
    template_name = "events/admin/roles.html"
    page_title = gettext_lazy("Who helps")
    header_icon = "user"

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        if "take" in request.POST:
            self._take(request.POST["take"])
            return redirect("event_roles", event_id)
        form = RoleForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        who = (said["email"], said["name"])
        actions.give(self.holder, who, said["role"], request.user, timezone.now())
        messages.success(request, _("Done. They are told by mail."))
        return redirect("event_roles", event_id)

    def get_context_data(self, **kwargs) -> dict:
        roles = self._roles().select_related("user", "given_by").order_by("role", "user__name")
        context = {"form": RoleForm(initial={"role": EventRole.Role.HOST}), **kwargs}
        return super().get_context_data(**context) | {"roles": roles}

    def _take(self, pk: str) -> None:
        if not pk.isdecimal() or len(pk) > LONGEST_ID:
            return
        role = get_object_or_404(self._roles(), pk=int(pk))
        actions.take(role, self.request.user)
        messages.success(self.request, _("The role is taken back."))

    def _roles(self):
        return EventRole.objects.filter(event__translation_key=self.event.translation_key)
