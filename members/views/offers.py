"""Offering to join, form or chair a group, and taking the offer back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import offers
from members.forms import OfferForm
from members.models import ExpressionOfInterest, Member

from .my import for_members
from .preferences import GET_OR_POST


@require_http_methods(GET_OR_POST)
@for_members
def new_offer(request: HttpRequest, member: Member) -> HttpResponse:
    """Let a member make an offer; the address says which one by ``kind`` and ``group``."""
    guess = {name: request.GET.get(name, "") for name in ("kind", "group")}
    form = OfferForm(request.POST or None, initial=guess)
    if request.method == "POST" and form.is_valid():
        offers.offer(form.wish(member), timezone.now())
        messages.success(request, _("Thank you! Your offer is sent; we answer by mail."))
        return redirect("my_page")
    context = {
        "form": form,
        "title": _("Take part in a working group"),
        "button": _("Send the offer"),
    }
    return render(request, "members/my_form.html", context)


@require_POST
@for_members
def withdraw(request: HttpRequest, member: Member, offer_id: int) -> HttpResponse:
    """Take one’s own offer back."""
    wish = get_object_or_404(ExpressionOfInterest, pk=offer_id, member=member)
    if offers.withdraw(wish):
        messages.success(request, _("Your offer is taken back."))
    else:
        messages.info(request, _("This offer was answered before."))
    return redirect("my_page")
