"""What the link in an invitation leads to: staying a member, or being taken off the list."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mail import links
from mail.links import unlisted
from members.actions import invitations
from members.forms import PasswordForm
from members.models import Member

from .preferences import GET_OR_POST, link_over


@never_cache
@require_http_methods(GET_OR_POST)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whom a list brought. Opening the link only shows the page; its buttons decide."""
    try:
        contact, _data = links.read(links.INVITATION, token)
        member = Member.objects.get(contact=contact)
    except (links.LinkBroken, Member.DoesNotExist) as problem:
        return link_over(request, problem)
    if not invitations.is_unconfirmed(member):
        # The link asks once; whoever finds it later logs in like everybody else.
        return redirect("my_page")
    if "no" in request.POST:
        is_gone = invitations.decline(contact, timezone.now())
        return redirect("account_deleted" if is_gone else "left")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"] or None
        member = invitations.accept(contact, timezone.now(), password)
        messages.success(
            request, _("Welcome! You are a member now. Choose below what you want to hear of.")
        )
        return perform_login(request, member.user, redirect_url=reverse("my_topics"))
    context = {"form": form, "member": member, "title": _("Do you want to be a member?")}
    return unlisted(render(request, "members/invited.html", context))
