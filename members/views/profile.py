"""A member’s own profile: changing it, and seeing it as others do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions import photos, profile
from members.directory.profile_form import ProfileForm
from members.directory.profiles import visible_to
from members.directory.rules import Standing
from members.models import Member

from .directory import profile_context
from .my import for_members
from .preferences import GET_OR_POST


@require_http_methods(GET_OR_POST)
@for_members
def my_profile(request: HttpRequest, member: Member) -> HttpResponse:
    """Change the profile and who sees which part of it."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=member)
    if request.method == "POST" and form.is_valid():
        profile.save_profile(form.save())
        if photo := form.cleaned_data["new_photo"]:
            photos.replace(member, photo)
        elif form.cleaned_data.get("without_photo"):
            photos.remove(member)
        messages.success(request, _("Your profile is saved."))
        return redirect("my_profile_seen")
    title = _("My profile and who sees it")
    return render(request, "members/my_profile.html", {"form": form, "title": title})


@require_safe
@for_members
def as_seen(request: HttpRequest, member: Member) -> HttpResponse:
    """Show a member what strangers, members and members of their groups see of them."""
    labels = {
        "everybody": (Standing.STRANGER, _("Everybody")),
        "members": (Standing.MEMBER, _("Members")),
        "groups": (Standing.PEER, _("Members of my groups")),
    }
    by = request.GET.get("by", "")
    by = by if by in labels else "everybody"
    fields = visible_to(labels[by][0], member)
    context = {
        "title": _("My profile as others see it"),
        "tabs": [
            {"label": label, "url": f"?by={name}", "current": name == by}
            for name, (_standing, label) in labels.items()
        ],
        "is_seen": bool(fields),
        "member": member,
    }
    return render(
        request, "members/as_seen.html", context | (profile_context(fields) if fields else {})
    )
