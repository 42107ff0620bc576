"""Deleting an account that is no member’s."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.actions import account

from .preferences import GET_OR_POST


@never_cache
@login_required
@reauthentication_required
@require_http_methods(GET_OR_POST)
def delete_account(request: HttpRequest) -> HttpResponse:
    """Delete the account once it is clear who asks; members leave from the page of their data."""
    if hasattr(request.user, "member"):
        return redirect("my_data")
    if request.method == "POST":
        try:
            account.erase_account(request.user, timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("delete_account")
        logout(request)
        return redirect("account_deleted")
    context = {"title": _("Delete your account"), "person": getattr(request.user, "person", None)}
    return render(request, "members/delete_account.html", context)


@never_cache
def account_deleted(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "members/account_deleted.html", {"title": _("Your account is deleted")})
