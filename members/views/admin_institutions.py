"""Answering institutions in the admin: their applications, and what their pages shall say."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from members.institutions import applying, page_changes, sections
from members.institutions.forms import ApplicationDecisionForm, DecisionForm
from members.models import Application, PageChange
from working_groups.access import is_secretariat

from .answering import answered
from .preferences import GET_OR_POST


@never_cache
@require_admin_access
@require_http_methods(GET_OR_POST)
def answer_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Show an application to the secretariat, and send the answer."""
    _check(request)
    related = Application.objects.select_related("applicant", "country", "organisation")
    application = get_object_or_404(related, pk=application_id)
    known = applying.known(application.name)
    form = ApplicationDecisionForm(request.POST or None, initial={"organisation": known})
    if request.method == "POST" and form.is_valid():
        answer, now = form.answer(), timezone.now()
        decide = partial(applying.decide, application, answer, by=request.user, now=now)
        if answered(request, form, decide):
            return redirect("institution-applications_modeladmin_index")
    context = {
        "application": application,
        "form": form,
        "known": known,
        "is_open": application.state == Application.State.NEW,
        "page_title": _("Application of %(name)s") % {"name": application.name},
    }
    return render(request, "members/admin/application.html", context)


@never_cache
@require_admin_access
@require_http_methods(GET_OR_POST)
def answer_page_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what a page says and shall say to the secretariat, and send the answer."""
    _check(request)
    related = PageChange.objects.select_related("organisation__logo", "logo", "proposed_by")
    change = get_object_or_404(related, pk=change_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = partial(
            page_changes.decide,
            change,
            accepted=form.is_accepted,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        if answered(request, form, decide):
            return redirect("institution-pages_modeladmin_index")
    context = {
        "change": change,
        "form": form,
        "logo_now": sections.logo(change.organisation),
        "logo_wanted": sections.logo(change),
        "is_open": change.state == PageChange.State.NEW,
        "page_title": _("Page of %(name)s") % {"name": change.organisation.name},
    }
    return render(request, "members/admin/page_change.html", context)


def _check(request: HttpRequest) -> None:
    if not is_secretariat(request.user):
        raise PermissionDenied
