"""Answering offers in the admin."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from members.actions import offers
from members.forms import AnswerForm

from .answering import answered
from .preferences import GET_OR_POST


@never_cache
@require_admin_access
@require_http_methods(GET_OR_POST)
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Show an offer to those who read it, and send their answer."""
    now = timezone.now()
    wish = get_object_or_404(offers.readable_by(request.user, now.date()), pk=offer_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = partial(
            offers.decide,
            wish,
            accepted=form.cleaned_data["decision"] == AnswerForm.ACCEPT,
            answer=form.cleaned_data["answer"],
            by=request.user,
            now=now,
        )
        if answered(request, form, decide):
            return redirect("offers_modeladmin_index")
    context = {
        "offer": wish,
        "form": form,
        "is_open": wish.state in offers.OPEN,
        "page_title": _("Offer of %(name)s") % {"name": wish.member},
    }
    return render(request, "members/admin/answer.html", context)
