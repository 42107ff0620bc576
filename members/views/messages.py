"""Writing to a member by a form."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.actions import messages as actions
from members.directory.finding import directory
from members.directory.forms import MessageForm
from members.directory.viewers import viewer_of
from members.models import Member
from pages.breadcrumbs import Crumb

from .my import for_members
from .preferences import GET_OR_POST


@require_http_methods(GET_OR_POST)
@for_members
def write(request: HttpRequest, sender: Member, public_id: uuid.UUID) -> HttpResponse:
    """Let a member write to one whom they may see; 404 where there is none who takes messages."""
    viewer = viewer_of(request.user, timezone.localdate())
    found = directory(viewer).exclude(pk=sender.pk).select_related("contact")
    receiver = get_object_or_404(found, public_id=public_id)
    if not actions.takes_messages(receiver):
        raise Http404("This member takes no messages.")
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pair = f"{sender.pk}:{receiver.pk}"
        if not ratelimit.consume(request, action="message", key=pair):
            return render(request, "429.html", status=429)
        if _sent(request, form, sender, receiver):
            return redirect(receiver)
    context = {
        "form": form,
        "receiver": receiver,
        "address": sender.contact.email,
        "title": _("Write to %(name)s") % {"name": receiver.name},
        "breadcrumbs": [Crumb(receiver.name, receiver.get_absolute_url(), "")],
    }
    return render(request, "members/write.html", context)


def _sent(request: HttpRequest, form: MessageForm, sender: Member, receiver: Member) -> bool:
    data = form.cleaned_data
    try:
        actions.write(sender, receiver, data["text"], data["key"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Your message is on its way. An answer comes to you by mail."))
    return True
