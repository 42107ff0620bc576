"""One’s own account, and the two places where Wagtail’s admin would keep a second one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView

from . import links, second_factor
from . import sessions as logged_in
from .forms import AccountForm, EndSessionForm
from .preferences import COOKIE


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_home(request: HttpRequest) -> HttpResponse:
    """Show what this person may do and let them change their name, language and time zone."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language):
            messages.success(request, _("Your settings are saved."))
        response = redirect("account_home")
        # The zone remembered by this browser would go before the one just chosen.
        response.delete_cookie(COOKIE)
        return response
    if form.errors:
        # The header greets with the saved name, not with what was typed and refused.
        request.user.refresh_from_db()
    context = {
        "form": form,
        "links": links.for_user(request.user, timezone.localdate()),
        "has_second_factor": second_factor.has_one(request.user),
        "needs_second_factor": second_factor.is_required_for(request.user),
    }
    return render(request, "accounts/account_home.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where this person is logged in, and log them out there."""
    current = request.session.session_key
    if request.method == "POST":
        form = EndSessionForm(request.POST)
        if form.is_valid():
            ended = logged_in.end_others(request.user, current, form.cleaned_data["session"])
            messages.success(request, _ended(ended))
        return redirect("sessions")
    lines = logged_in.lines_for(request.user, current)
    context = {"lines": lines, "has_others": any(not line.is_current for line in lines)}
    return render(request, "accounts/sessions.html", context)


def _ended(number: int) -> str:
    words = ngettext(
        "You are logged out in %(number)d other place.",
        "You are logged out in %(number)d other places.",
        number,
    )
    return words % {"number": number}


@never_cache
def admin_log_in(request: HttpRequest) -> HttpResponse:
    """Lead strangers to the log-in, and members who are no editors to their account.

    The log-in would send members straight back to the admin, round and round.
    """
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("account_home")
    return redirect_to_login(request.GET.get("next", ""), login_url="account_login")


class EditorSettingsView(AccountView):
    """Wagtail’s page of settings, without what has its place at ``/accounts/``."""

    elsewhere = frozenset({"name_email", "locale", "password"})

    def get_panels(self) -> list:
        return [panel for panel in super().get_panels() if panel.name not in self.elsewhere]


editor_settings = never_cache(require_admin_access(EditorSettingsView.as_view()))
