"""The secretariat’s lists of what institutions ask for, and of the institutions themselves."""

from django.contrib.admin import SimpleListFilter, display
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail_modeladmin.options import ModelAdminGroup

from accounts.read_only import ReadOnly
from files.listing import TakenListAdmin
from members.models import Affiliation, Application, PageChange
from people.models import Organisation
from working_groups.access import is_secretariat


class Secretariat(ReadOnly):
    """The secretariat looks; what it decides has screens of its own."""

    def may_look(self, user: AbstractBaseUser) -> bool:
        return is_secretariat(user)


class ApplicationAdmin(TakenListAdmin):
    """Applications of institutions, with the way to answer each."""

    model = Application
    permission_helper_class = Secretariat
    base_url_path = "institution-applications"
    menu_label = _("Applications")
    menu_icon = "mail"
    list_display = ("institution", "who", "place", "state", "submitted_at")
    list_filter = ("state",)
    search_fields = ("name", "acronym", "applicant__name")
    ordering = ("-submitted_at",)
    list_export = ("name", "acronym", "place", "url", "who", "position", "state", "submitted_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        related = Application.objects.select_related("applicant", "country")
        return related.order_by(*self.ordering)

    @staticmethod
    @display(description=_("institution"))
    def institution(application: Application) -> SafeString:
        url = reverse("answer_application", args=[application.pk])
        return format_html('<a href="{}"><strong><bdi>{}</bdi></strong></a>', url, application.name)

    @staticmethod
    @display(description=_("member"))
    def who(application: Application) -> str:
        return application.applicant.name if application.applicant else "–"

    @staticmethod
    @display(description=_("country"))
    def place(application: Application) -> str:
        return application.country.label if application.country else ""


class PageChangeAdmin(TakenListAdmin):
    """What representatives want the pages of their institutions to say."""

    model = PageChange
    permission_helper_class = Secretariat
    base_url_path = "institution-pages"
    menu_label = _("Changes of pages")
    menu_icon = "edit"
    list_display = ("institution", "who", "state", "submitted_at")
    list_filter = ("state",)
    search_fields = ("organisation__name",)
    ordering = ("-submitted_at",)
    list_export = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[PageChange]:
        related = PageChange.objects.select_related("organisation", "proposed_by")
        return related.order_by(*self.ordering)

    @staticmethod
    @display(description=_("institution"))
    def institution(change: PageChange) -> SafeString:
        url = reverse("answer_page_change", args=[change.pk])
        name = change.organisation.name
        return format_html('<a href="{}"><strong><bdi>{}</bdi></strong></a>', url, name)

    @staticmethod
    @display(description=_("member"))
    def who(change: PageChange) -> str:
        return change.proposed_by.name if change.proposed_by else "–"


class SpokenForFilter(SimpleListFilter):
    """By whether somebody speaks for the institution."""

    title = _("representatives")
    parameter_name = "representatives"
    NONE, SOME = "none", "some"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(self.NONE, _("without representative")), (self.SOME, _("represented"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == self.NONE:
            return queryset.filter(speakers=0)
        return queryset.filter(speakers__gt=0) if self.value() == self.SOME else queryset


class InstitutionAdmin(TakenListAdmin):
    """Institutions that are members, or for which somebody says to work, and who speaks for them.

    Their name, kind and page are edited among the people of the site.
    """

    model = Organisation
    permission_helper_class = Secretariat
    base_url_path = "institutions"
    menu_label = _("Member institutions")
    menu_icon = "group"
    list_display = ("institution", "place", "member_since", "spoken_for", "staff", "waiting")
    list_filter = (SpokenForFilter,)
    search_fields = ("name", "acronym")
    ordering = ("name",)
    list_export = ("name", "acronym", "place", "url", "member_since", "spoken_for", "staff")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        today, state = timezone.localdate(), Affiliation.State
        runs = Q(affiliations__until__isnull=True) | Q(affiliations__until__gte=today)
        held = Q(affiliations__state=state.CONFIRMED, affiliations__since__lte=today) & runs
        speaks = Q(affiliations__title=Affiliation.Title.REPRESENTATIVE)
        counted = Organisation.objects.annotate(
            speakers=Count("affiliations", filter=held & speaks),
            working=Count("affiliations", filter=held & ~speaks),
            asking=Count("affiliations", filter=Q(affiliations__state=state.ASKED)),
        )
        concerned = Q(member_since__isnull=False) | Q(working__gt=0) | Q(asking__gt=0)
        shown = counted.filter(concerned | Q(speakers__gt=0)).select_related("country")
        return shown.order_by(*self.ordering)

    @staticmethod
    @display(description=_("institution"))
    def institution(organisation: Organisation) -> SafeString:
        url = reverse("institution_people", args=[organisation.slug])
        name = organisation.name
        return format_html('<a href="{}"><strong><bdi>{}</bdi></strong></a>', url, name)

    @staticmethod
    @display(description=_("country"))
    def place(organisation: Organisation) -> str:
        return organisation.country.label if organisation.country else ""

    @staticmethod
    @display(description=_("representatives"))
    def spoken_for(organisation: Organisation) -> int | str:
        return organisation.speakers or _("without representative")

    @staticmethod
    @display(description=pgettext_lazy("of an institution", "staff"))
    def staff(organisation: Organisation) -> int:
        return organisation.working

    @staticmethod
    @display(description=_("to be confirmed"))
    def waiting(organisation: Organisation) -> int:
        return organisation.asking


class InstitutionsGroup(ModelAdminGroup):
    """Everything about institutions in one menu."""

    menu_label = _("Institutions")
    menu_icon = "home"
    menu_order = 325
    items = (ApplicationAdmin, InstitutionAdmin, PageChangeAdmin)
