"""The list of institutions, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from members.directory.viewers import viewer_of
from members.institutions import access, sections
from members.institutions.listing import full_name, kind_label, listing
from pages import structured_data
from pages.breadcrumbs import Crumb
from pages.metadata import About, absolute
from pages.places import home_crumb
from people.models import Organisation

from .directory import tabs


def institutions(request: HttpRequest) -> HttpResponse:
    """List the institutions that are members, the partners and the supporters."""
    title = _("Institutions")
    summary = _("Institutions that are members of the Alliance, its partners and supporters.")
    context = {
        "title": title,
        "summary": summary,
        "tabs": tabs("institutions"),
        "listing": listing(request),
        "breadcrumbs": [home_crumb()],
        "about_this": About(title, summary, slug="institutions"),
    }
    return render(request, "members/institutions/list.html", context)


def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an institution does, its people, and who speaks for it as far as they let."""
    shown = get_object_or_404(Organisation.objects.select_related("country", "logo"), slug=slug)
    today = timezone.localdate()
    representatives = sections.representatives(shown, viewer_of(request.user, today), today)
    context = {
        "institution": shown,
        "title": full_name(shown),
        "kind_label": kind_label(shown),
        "logo": sections.logo(shown),
        "facts": sections.facts(shown),
        "people": sections.people(shown, today),
        "representatives": representatives,
        "may_manage": access.may_manage(request.user, shown, today),
        "breadcrumbs": [home_crumb(), Crumb(_("Institutions"), reverse("institutions"), "")],
        "about_this": _about(shown, request),
    }
    response = render(request, "members/institutions/institution.html", context)
    if representatives:
        # Whoever hides from the directory vanishes with the next request, so nobody keeps this.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _about(shown: Organisation, request: HttpRequest) -> About:
    """Return what search engines and other sites are told of an institution."""
    described = structured_data.institution(
        shown.name,
        absolute(request, shown.get_absolute_url()),
        acronym=shown.acronym,
        website=shown.url,
        text=shown.about,
    )
    return About(
        full_name(shown), Truncator(shown.about).chars(200), slug=shown.slug, json_ld=[described]
    )
