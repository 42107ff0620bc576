"""Asking imported members again whether they want to stay."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.actions import invitations


@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one member the invitation once more, at most once a day."""
    if not request.user.has_perm("members.change_member"):
        raise PermissionDenied
    member = get_object_or_404(invitations.unconfirmed().select_related("contact"), pk=pk)
    if invitations.plan([member], timezone.now(), again=True):
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.info(request, _("An invitation was sent today already."))
    return redirect("members_modeladmin_inspect", pk)
