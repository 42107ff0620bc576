"""Answering offers in the admin."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from members.actions import offers
from members.forms import AnswerForm
from members.models import ExpressionOfInterest

from .preferences import GET_OR_POST


@never_cache
@require_admin_access
@require_http_methods(GET_OR_POST)
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Show an offer to those who read it, and send their answer."""
    now = timezone.now()
    wish = get_object_or_404(offers.readable_by(request.user, now.date()), pk=offer_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, wish, form, now):
        return redirect("offers_modeladmin_index")
    context = {
        "offer": wish,
        "form": form,
        "is_open": wish.state in offers.OPEN,
        "page_title": _("Offer of %(name)s") % {"name": wish.member},
    }
    return render(request, "members/admin/answer.html", context)


def _decided(
    request: HttpRequest, wish: ExpressionOfInterest, form: AnswerForm, now: datetime.datetime
) -> bool:
    accepted = form.cleaned_data["decision"] == AnswerForm.ACCEPT
    words = form.cleaned_data["answer"]
    try:
        done = offers.decide(wish, accepted=accepted, answer=words, by=request.user, now=now)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    if done:
        messages.success(request, _("Your answer is on its way."))
    else:
        messages.info(request, _("Somebody has answered this offer before you."))
    return True
