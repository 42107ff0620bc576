"""The pages about people. They look at groups and at pages, so they stand above ``people``."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pages import card_lists, structured_data
from pages.breadcrumbs import Crumb
from pages.filters import Facet, Option
from pages.metadata import About, absolute
from pages.pagination import paginate
from pages.pictures import PORTRAIT_SPECS, picture
from pages.places import home_crumb
from pages.remembered import remembered
from people.models import Person

from . import directory

PER_PAGE = 24


def people(request: HttpRequest) -> HttpResponse:
    """List the boards, those who lead groups and those who write, or those who match filters."""
    today = timezone.localdate()
    roles = directory.role_names()
    groups = directory.group_names()
    chosen_roles = [role for role in roles if role in request.GET.getlist("role")]
    chosen_groups = [slug for slug in groups if slug in request.GET.getlist("group")]
    context = {
        "facets": [
            _facet("role", _("Role"), roles, chosen_roles),
            _facet("group", _("Working group"), groups, chosen_groups),
        ],
        "active": len(chosen_roles) + len(chosen_groups),
        "breadcrumbs": [home_crumb()],
        "about_this": About(_("People"), _("Who leads the groups, who governs, who writes.")),
    }
    if chosen_roles or chosen_groups:
        found = directory.matching(chosen_roles, chosen_groups, today)
        pager = paginate(request, found.with_public_face(), PER_PAGE)
        people_shown = directory.lines(pager.page.object_list, today)
        context |= {"pager": pager, "people": people_shown}
    else:
        context["parts"] = remembered(f"people:{today}", lambda: directory.parts(today))
    return render(request, "people/people.html", context)


def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody’s biography, offices, posts, products and meetings."""
    shown = get_object_or_404(Person.objects.public().with_public_face(), slug=slug)
    today = timezone.localdate()
    offices_now, offices_before = remembered(
        f"person:{shown.pk}:offices:{today}", lambda: directory.offices(shown, today)
    )
    context = {
        "person": shown,
        "photo": picture(shown.photo, PORTRAIT_SPECS, alt=""),
        "facts": directory.facts(shown),
        "biography": shown.biography(),
        "offices_now": offices_now,
        "offices_before": offices_before,
        "work": card_lists.lists(
            f"person:{shown.pk}:work", lambda: directory.work_of(shown), request
        ),
        "breadcrumbs": [home_crumb(), Crumb(_("People"), reverse("people"), "")],
        "about_this": _about(shown, request),
    }
    return render(request, "people/person.html", context)


def _about(shown: Person, request: HttpRequest) -> About:
    """Return what search engines and other sites are told of somebody."""
    biography = shown.biography()
    text = biography.text if biography else ""
    described = structured_data.person(
        shown.name,
        absolute(request, shown.get_absolute_url()),
        affiliation=shown.affiliation,
        text=text,
    )
    return About(
        shown.name,
        Truncator(text).chars(200),
        slug=shown.slug,
        kind="profile",
        json_ld=[described],
    )


def _facet(name: str, legend: str, labels: Mapping[str, str], chosen: Sequence[str]) -> Facet:
    """Return a filter without numbers: few people hold several roles."""
    options = [Option(value, label, None, value in chosen) for value, label in labels.items()]
    return Facet(name, legend, tuple(options))
