"""Certificates to take away, and the page on which anybody checks one."""

import datetime

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from events.attendance.importing.people import name_key
from events.models import Registration
from events.registration import links, organising
from events.registration.mail import version_of
from events.registration.views import by_link
from mail.links import unlisted

from .content import certificate_of, facts_of, is_due
from .drawing import draw
from .numbers import find, number_of

RELATED = ("event__locale", "contact")


@by_link(links.MANAGE)
def by_mail(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give somebody their certificate by the link in their mails; 404 as long as there is none."""
    return _file(registration, timezone.now())


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest, number: str) -> HttpResponse:
    """Give somebody who is logged in their own certificate."""
    own = find(number)
    if own is None or not _belongs_to(own, request.user):
        raise Http404("No certificate of this person.")
    return _file(own, timezone.now())


@require_safe
@never_cache
@require_admin_access
def of_somebody(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Give an organiser the certificate of somebody who was at an event of theirs."""
    rows = organising.registrations_for(request.user).select_related(*RELATED)
    return _file(get_object_or_404(rows, pk=registration_id), timezone.now())


class NameForm(forms.Form):
    """The name on a certificate that somebody checks."""

    name = forms.CharField(label=gettext_lazy("The name on the certificate"), max_length=150)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a certificate is ours, and for which event; the name only whoever knows it.

    The page tells nobody’s name. Who holds the certificate can type it, and hears yes or no.
    """
    registration, now = find(number), timezone.now()
    if registration is None or not is_due(registration, now):
        context = {"title": _("Check a certificate")}
        answer = render(request, "events/attendance/certificate.html", context, status=404)
        return unlisted(answer)
    form = NameForm(request.POST if request.method == "POST" else None)
    event = version_of(registration.event, request.LANGUAGE_CODE)
    context = {
        "title": _("This certificate is genuine"),
        "number": number_of(registration),
        "event": event,
        "facts": [{"label": label, "value": value} for label, value in facts_of(event)],
        "form": form,
        "is_same": form.is_valid() and _is_same(form, registration),
    }
    return unlisted(render(request, "events/attendance/certificate.html", context))


def _file(registration: Registration, now: datetime.datetime) -> HttpResponse:
    if not is_due(registration, now):
        raise Http404("No certificate yet.")
    certificate = certificate_of(registration, now)
    answer = HttpResponse(draw(certificate), content_type="application/pdf")
    name = f"certificate-{certificate.number}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _belongs_to(registration: Registration, user) -> bool:
    contact = registration.contact
    return user.pk in {registration.user_id, contact.user_id if contact else None}


def _is_same(form: NameForm, registration: Registration) -> bool:
    return name_key(form.cleaned_data["name"]) == name_key(registration.name)
