"""Members and their institutions: applying, saying where one works, speaking for an institution."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.institutions import access, applying, page_changes, sections, working_there
from members.institutions.forms import ApplicationForm, PageForm
from members.models import Affiliation, Application, Member, PageChange
from people.models import Organisation

from .my import for_members
from .preferences import GET_OR_POST

DONE = {
    "confirm": gettext_lazy("Confirmed. We have told them."),
    "decline": gettext_lazy("Declined. We have told them."),
    "end": gettext_lazy("Ended."),
    "promote": gettext_lazy("They speak for the institution now, too. We have told them."),
    "hand-over": gettext_lazy("They speak for the institution now, and you no longer do."),
}


@require_http_methods(GET_OR_POST)
def apply(request: HttpRequest) -> HttpResponse:
    """Let a member apply for an institution; whoever is none yet joins first and comes back."""
    if not request.user.is_authenticated or not hasattr(request.user, "member"):
        return redirect("join_for_institution")
    return _apply(request)


@for_members
def _apply(request: HttpRequest, member: Member) -> HttpResponse:
    form = ApplicationForm(request.POST or None, instance=Application(applicant=member))
    if request.method == "POST" and form.is_valid() and _applied(form):
        messages.success(request, _("Thank you! The application is sent; we answer by mail."))
        return redirect("my_page")
    context = {"form": form, "title": _("Membership of an institution")}
    return render(request, "members/institutions/apply.html", context)


def _applied(form: ApplicationForm) -> bool:
    try:
        applying.apply(form.save(commit=False), timezone.now(), form.cleaned_data["themes"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_POST
@for_members
def withdraw_application(request: HttpRequest, member: Member, application_id: int) -> HttpResponse:
    """Take one’s own application back."""
    application = get_object_or_404(Application, pk=application_id, applicant=member)
    if applying.withdraw(application):
        messages.success(request, _("The application is taken back."))
    else:
        messages.info(request, _("This application was answered before."))
    return redirect("my_page")


@require_http_methods(GET_OR_POST)
@for_members
def work_there(request: HttpRequest, member: Member, slug: str) -> HttpResponse:
    """Let a member say that they work for an institution; opening the page says nothing yet."""
    institution = get_object_or_404(Organisation, slug=slug)
    if request.method == "POST":
        try:
            working_there.ask(member, institution, timezone.now())
        except ValidationError as refusal:
            messages.info(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Thank you! Somebody there confirms it; we will tell you."))
        return redirect("my_page")
    context = {"institution": institution, "title": institution.name}
    return render(request, "members/institutions/work_there.html", context)


@require_safe
@never_cache
@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who works for an institution and who asks, to those who decide."""
    institution = get_object_or_404(Organisation, slug=slug)
    today = timezone.localdate()
    if not access.may_manage(request.user, institution, today):
        raise PermissionDenied
    context = {
        "institution": institution,
        "title": _("People of %(institution)s") % {"institution": institution.name},
        "staff": sections.staff(institution, request.user, today),
    }
    return render(request, "members/institutions/people.html", context)


@require_POST
@never_cache
@login_required
def change(request: HttpRequest, affiliation_id: int, verb: str) -> HttpResponse:
    """Confirm, decline, end or promote; who may is for the action to say."""
    affiliation = get_object_or_404(Affiliation, pk=affiliation_id)
    act = working_there.VERBS.get(verb)
    if act is None:
        raise Http404
    now = timezone.now()
    if act(affiliation, request.user, now):
        messages.success(request, DONE[verb])
    else:
        messages.info(request, _("Somebody else was faster: this had changed before."))
    institution = affiliation.organisation
    if access.may_manage(request.user, institution, now.date()):
        return redirect("institution_people", institution.slug)
    return redirect("my_page")


@require_http_methods(GET_OR_POST)
@for_members
def page(request: HttpRequest, member: Member, slug: str) -> HttpResponse:
    """Let a representative propose what the page of the institution says."""
    institution = _spoken_for(request, slug)
    waiting = page_changes.waiting_for(institution)
    shown = waiting or institution
    form = PageForm(
        request.POST or None,
        request.FILES or None,
        initial={"about": shown.about, "url": shown.url},
        has_logo=shown.logo_id is not None,
    )
    if request.method == "POST" and form.is_valid():
        if page_changes.propose(institution, form.wanted(), by=member, now=timezone.now()):
            messages.success(request, _("Thank you! The Secretariat looks at it and answers."))
        else:
            messages.info(request, _("Nothing was changed."))
        return redirect("institution_page", slug)
    context = {
        "form": form,
        "institution": institution,
        "waiting": waiting,
        "logo": sections.logo(shown),
        "title": _("The page of %(institution)s") % {"institution": institution.name},
    }
    return render(request, "members/institutions/page.html", context)


@require_POST
@for_members
def withdraw_page(request: HttpRequest, member: Member, slug: str) -> HttpResponse:
    """Take back what was proposed for the page."""
    institution = _spoken_for(request, slug)
    waiting = get_object_or_404(PageChange, organisation=institution, state=PageChange.State.NEW)
    if page_changes.withdraw(waiting, member.user, timezone.now()):
        messages.success(request, _("Taken back. The page stays as it is."))
    return redirect("institution_page", slug)


def _spoken_for(request: HttpRequest, slug: str) -> Organisation:
    """Return the institution if the reader speaks for it; 403 otherwise."""
    institution = get_object_or_404(Organisation.objects.select_related("logo"), slug=slug)
    if not access.represents(request.user, institution, timezone.localdate()):
        raise PermissionDenied
    return institution
