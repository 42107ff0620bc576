"""Trying a mail again."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import claims


@require_POST
def try_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a mail that is stuck back into the queue."""
    if not request.user.has_perm("mail.change_delivery"):
        raise PermissionDenied
    if claims.requeue(pk, timezone.now()):
        messages.success(request, _("The mail is tried again within a minute."))
    else:
        messages.info(request, _("This mail is not stuck (any more)."))
    return redirect("deliveries_modeladmin_inspect", pk)
