"""Members who look like one: side by side, to make one of them or to tell them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members import duplicates
from members.actions import merging
from members.models import Member

from .screens import Screen

RIGHT = "members.change_member"


class DoublesList(Screen):
    """Pairs that look like one person."""

    right = RIGHT
    template_name = "members/admin/doubles.html"
    page_title = _("Possible doubles")
    header_icon = "duplicate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pairs = duplicates.pairs()
        return super().get_context_data(**kwargs) | {
            "pairs": pairs,
            "most": duplicates.MOST_PAIRS if len(pairs) == duplicates.MOST_PAIRS else 0,
        }


@dataclass(frozen=True)
class Choice:
    """One line of the comparison: a field, and what each of the two has in it."""

    name: str
    label: str
    values: Sequence[str]
    chosen: int

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.values[0] != self.values[1]


class Compare(Screen):
    """Two members side by side. One form makes one of them, the other tells them apart."""

    right = RIGHT
    above = ("member_doubles", _("Possible doubles"))
    template_name = "members/admin/compare.html"
    page_title = _("One person or two?")
    header_icon = "duplicate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = self._pair()
        addresses = [f"{m.contact.email} ({m.contact.get_state_display()})" for m in pair]
        return super().get_context_data(**kwargs) | {
            "pair": pair,
            "address": Choice("address", gettext("E-mail"), addresses, _likelier(pair)),
            "choices": [_choice(name, pair) for name in merging.FIELDS],
            "together": [_together(name, label, pair) for name, label in MOVED.items()],
        }

    def post(self, request: HttpRequest, one: int, other: int) -> HttpResponse:
        pair = self._pair()
        if "apart" in request.POST:
            merging.tell_apart(*pair)
            messages.success(request, gettext("They stay two people and are not shown here again."))
            return redirect("member_doubles")
        if request.POST.get("sure") != "yes":
            messages.error(request, gettext("Say first that they are one person."))
            return self.get(request)
        return self._merge(request, pair)

    def _merge(self, request: HttpRequest, pair: Sequence[Member]) -> HttpResponse:
        place = 1 if request.POST.get("address") == "1" else 0
        stays, goes = pair[place], pair[1 - place]
        chosen = {
            name: "kept" if request.POST.get(name, str(place)) == str(place) else "other"
            for name in merging.FIELDS
        }
        try:
            member = merging.merge(stays.pk, goes.pk, chosen, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.get(request)
        words = gettext("Two members are one now: %(name)s.") % {"name": member.name}
        messages.success(request, words)
        return redirect("members_modeladmin_inspect", member.pk)

    def _pair(self) -> tuple[Member, Member]:
        members = Member.objects.select_related("contact", "country", "user", "photo")
        return (
            get_object_or_404(members, pk=self.kwargs["one"]),
            get_object_or_404(members, pk=self.kwargs["other"]),
        )


MOVED = {
    "regions": _("Regions"),
    "themes": _("Themes"),
    "sectors": _("Sectors"),
    "memberships": _("Working groups"),
}


def _likelier(pair: Sequence[Member]) -> int:
    """Return whose address to propose: the confirmed one, else that of who joined first."""
    ranked = [(m.contact.state != "ok", m.joined_at, place) for place, m in enumerate(pair)]
    return min(ranked)[2]


def _choice(name: str, pair: Sequence[Member]) -> Choice:
    values = [_shown(member, name) for member in pair]
    likelier = _likelier(pair)
    chosen = likelier if values[likelier] else 1 - likelier
    return Choice(name, str(Member._meta.get_field(name).verbose_name), values, chosen)


def _shown(member: Member, name: str) -> str:
    if name == "country":
        return member.country.label if member.country else ""
    if name == "level":
        return str(member.get_level_display())
    return str(getattr(member, name) or "")


def _together(name: str, label: str, pair: Sequence[Member]) -> tuple[str, list[str]]:
    """Return what the one who stays has afterwards: everything of both."""
    if name == "memberships":
        rows = [place.group.title for m in pair for place in m.memberships.select_related("group")]
    else:
        rows = [term.label for m in pair for term in getattr(m, name).all()]
    return label, list(dict.fromkeys(rows))
