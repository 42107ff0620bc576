"""The lists of members: the secretariat’s, and that of co-chairs of their own groups."""

from collections.abc import Iterator

from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.views import InspectView

from accounts.read_only import ReadOnly
from files.listing import TakenListAdmin
from members.actions import invitations
from members.directory.rules import Standing, shown_parts
from members.models import GroupMembership, Member
from working_groups.access import is_secretariat
from working_groups.models import Role

from .filters import (
    ConfirmedFilter,
    CountryFilter,
    GroupFilter,
    MonthFilter,
    RegionFilter,
    ThemeFilter,
)


class MemberView(InspectView):
    """One member, with all that the list and its export know."""

    def get_page_subtitle(self) -> str:
        return self.instance.name

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what is known, as label and value."""
        for name in MemberAdmin.list_export:
            _field, _attribute, value = lookup_field(name, self.instance, self.model_admin)
            yield label_for_field(name, Member, self.model_admin), value

    def is_unconfirmed(self) -> bool:
        """Say whether a list brought this member, who has not said yes."""
        return invitations.is_unconfirmed(self.instance)


class MemberAdmin(TakenListAdmin):
    """All members, for the secretariat: found by name, address or institution."""

    model = Member
    permission_helper_class = ReadOnly
    base_url_path = "members"
    menu_label = _("Members")
    menu_icon = "group"
    menu_order = 310
    list_display = ("who", "address", "country_name", "address_state", "state", "joined_at")
    list_filter = (
        *(RegionFilter, ThemeFilter, CountryFilter, GroupFilter),
        *("state", ConfirmedFilter, MonthFilter),
    )
    search_fields = ("name", "contact__email", "affiliation")
    ordering = ("name",)
    index_view_extra_css = ["members-admin/screens.css"]
    list_export = (
        *("name", "address", "address_state", "country_name", "country_code", "affiliation"),
        *("position", "region_names", "theme_names", "sector_names", "group_names", "language"),
        *("state_name", "joined_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        related = ("regions", "themes", "sectors", "memberships__group")
        members = Member.objects.select_related("contact", "country").prefetch_related(*related)
        return members.order_by(*self.ordering)

    def who(self, member: Member) -> SafeString:
        url = self.url_helper.get_action_url("inspect", member.pk)
        return format_html('<a href="{}"><strong><bdi>{}</bdi></strong></a>', url, member.name)

    who.short_description = _("name")
    who.admin_order_field = "name"

    @staticmethod
    def address(member: Member) -> str:
        return member.contact.email

    address.short_description = _("e-mail")
    address.admin_order_field = "contact__email"

    @staticmethod
    def address_state(member: Member) -> str:
        return member.contact.get_state_display()

    address_state.short_description = _("address")
    address_state.admin_order_field = "contact__state"

    @staticmethod
    def language(member: Member) -> str:
        return member.contact.language

    language.short_description = _("language")

    @staticmethod
    def country_name(member: Member) -> str:
        return member.country.label if member.country else ""

    country_name.short_description = _("country")
    country_name.admin_order_field = "country__name"

    @staticmethod
    def country_code(member: Member) -> str:
        return member.country.code if member.country else ""

    country_code.short_description = _("country code")

    @staticmethod
    def state_name(member: Member) -> str:
        return member.get_state_display()

    state_name.short_description = _("state")

    @staticmethod
    def region_names(member: Member) -> str:
        return "; ".join(term.label for term in member.regions.all())

    region_names.short_description = _("regions")

    @staticmethod
    def theme_names(member: Member) -> str:
        return "; ".join(term.label for term in member.themes.all())

    theme_names.short_description = _("themes")

    @staticmethod
    def sector_names(member: Member) -> str:
        return "; ".join(term.label for term in member.sectors.all())

    sector_names.short_description = _("sectors")

    @staticmethod
    def group_names(member: Member) -> str:
        return "; ".join(place.group.title for place in member.memberships.all())

    group_names.short_description = _("working groups")

    inspect_view_enabled = True
    inspect_view_class = MemberView
    inspect_template_name = "members/admin/member.html"
    inspect_view_fields = ("name",)


class LeadsAGroup(ReadOnly):
    """The secretariat, and co-chairs in office, look; nobody changes anything here."""

    def may_look(self, user: AbstractBaseUser) -> bool:
        return is_secretariat(user) or led_groups(user).exists()


class GroupMemberAdmin(TakenListAdmin):
    """Who is in a group, for those who chair it: names, and what each member lets peers see.

    An e-mail address is never among it. Neither search nor filters reach what is not shown.
    """

    model = GroupMembership
    permission_helper_class: type[PermissionHelper] = LeadsAGroup
    base_url_path = "group-members"
    menu_label = _("Members of my groups")
    menu_icon = "group"
    menu_order = 315
    list_display = ("who", "group_name", "works_at", "place", "joined_at")
    list_filter = (GroupFilter,)
    search_fields = ("member__name",)
    ordering = ("group__path", "member__name")
    index_view_extra_css = ["members-admin/screens.css"]
    list_export = ("who", "group_name", "works_at", "place", "joined_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[GroupMembership]:
        places = GroupMembership.objects.filter(member__state=Member.State.ACTIVE)
        if not is_secretariat(request.user):
            places = places.filter(group__in=led_groups(request.user))
        related = places.select_related("member__country", "group")
        return related.order_by(*self.ordering)

    @staticmethod
    def who(place: GroupMembership) -> str:
        return place.member.name

    who.short_description = _("name")
    who.admin_order_field = "member__name"

    @staticmethod
    def group_name(place: GroupMembership) -> str:
        return place.group.short_name

    group_name.short_description = _("working group")
    group_name.admin_order_field = "group__path"

    @staticmethod
    def works_at(place: GroupMembership) -> str:
        return place.member.affiliation if _shows(place.member, "affiliation") else ""

    works_at.short_description = _("works at")

    @staticmethod
    def place(place: GroupMembership) -> str:
        country = place.member.country if _shows(place.member, "country") else None
        return country.label if country else ""

    place.short_description = _("country")


def led_groups(user: AbstractBaseUser) -> QuerySet:
    """Return the ids of the groups that somebody chairs today."""
    in_office = Role.objects.in_office(timezone.localdate())
    own = in_office.filter(person__user=user.pk, title=Role.Title.CO_CHAIR)
    return own.values("group")


def _shows(member: Member, part: str) -> bool:
    shown = shown_parts(member.level, member.field_levels, Standing.PEER)
    return shown is not None and part in shown
