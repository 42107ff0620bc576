"""The lists of members: the secretariat’s, and that of co-chairs of their own groups."""

from collections.abc import Iterator

from django.contrib.admin import display
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.views import InspectView

from accounts.read_only import ReadOnly
from files.listing import TakenListAdmin
from mail.models import Contact
from members.access import chaired_groups
from members.actions import invitations
from members.directory.rules import Standing, shown_parts
from members.models import GroupMembership, Member
from working_groups.access import is_secretariat

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

    page_title = _("Member")

    def get_page_subtitle(self) -> str:
        return self.instance.name

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what is known, as label and value."""
        for name in MemberAdmin.list_export:
            _field, _attribute, value = lookup_field(name, self.instance, self.model_admin)
            yield label_for_field(name, Member, self.model_admin), value

    def is_unconfirmed(self) -> bool:
        """Say whether a list brought this member, who has not said yes."""
        is_open = self.instance.contact.state == Contact.State.UNVERIFIED
        return is_open and invitations.is_unconfirmed(self.instance)


class NoButtons(ButtonHelper):
    """The name leads to the member; a button beside it would say so twice."""

    def get_buttons_for_obj(self, *args, **kwargs) -> list:
        return []


class MemberAdmin(TakenListAdmin):
    """All members, for the secretariat: found by name, address or institution."""

    model = Member
    permission_helper_class = ReadOnly
    button_helper_class = NoButtons
    base_url_path = "members"
    menu_label = _("Members")
    menu_icon = "group"
    list_display = ("who", "address", "country_name", "address_state", "state", "joined_at")
    list_filter = (
        *(RegionFilter, ThemeFilter, CountryFilter, GroupFilter),
        *("state", ConfirmedFilter, MonthFilter),
    )
    search_fields = ("name", "contact__email", "affiliation")
    ordering = ("name",)
    list_export = (
        *("name", "address", "address_state", "country_name", "country_code", "works_at"),
        *("position", "region_names", "theme_names", "sector_names", "group_names", "language"),
        *("state_name", "joined_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        related = ("regions", "themes", "sectors", "memberships__group")
        members = Member.objects.select_related("contact", "country").prefetch_related(*related)
        return members.order_by(*self.ordering)

    @display(description=_("name"), ordering="name")
    def who(self, member: Member) -> SafeString:
        url = self.url_helper.get_action_url("inspect", member.pk)
        return format_html('<a href="{}"><strong><bdi>{}</bdi></strong></a>', url, member.name)

    @staticmethod
    @display(description=_("e-mail"), ordering="contact__email")
    def address(member: Member) -> str:
        return member.contact.email

    @staticmethod
    @display(description=_("address"), ordering="contact__state")
    def address_state(member: Member) -> str:
        return member.contact.get_state_display()

    @staticmethod
    @display(description=_("language"))
    def language(member: Member) -> str:
        return member.contact.language

    @staticmethod
    @display(description=_("country"), ordering="country__name")
    def country_name(member: Member) -> str:
        return member.country.label if member.country else ""

    @staticmethod
    @display(description=_("works at"))
    def works_at(member: Member) -> str:
        return member.affiliation

    @staticmethod
    @display(description=_("country code"))
    def country_code(member: Member) -> str:
        return member.country.code if member.country else ""

    @staticmethod
    @display(description=_("state"))
    def state_name(member: Member) -> str:
        return member.get_state_display()

    @staticmethod
    @display(description=_("regions"))
    def region_names(member: Member) -> str:
        return "; ".join(term.label for term in member.regions.all())

    @staticmethod
    @display(description=_("themes"))
    def theme_names(member: Member) -> str:
        return "; ".join(term.label for term in member.themes.all())

    @staticmethod
    @display(description=_("sectors"))
    def sector_names(member: Member) -> str:
        return "; ".join(term.label for term in member.sectors.all())

    @staticmethod
    @display(description=_("working groups"))
    def group_names(member: Member) -> str:
        return "; ".join(place.group.title for place in member.memberships.all())

    inspect_view_enabled = True
    inspect_view_class = MemberView
    inspect_template_name = "members/admin/member.html"
    inspect_view_fields = ("name",)


class LeadsAGroup(ReadOnly):
    """The secretariat, and co-chairs in office, look; nobody changes what others wrote."""

    def may_look(self, user: AbstractBaseUser) -> bool:
        return is_secretariat(user) or chaired_groups(user, timezone.localdate()).exists()


class GroupMemberAdmin(TakenListAdmin):
    """Who is in a group, for those who chair it: names, and what each member lets peers see.

    An e-mail address is never among it. Neither search nor filters reach what is not shown.
    """

    model = GroupMembership
    permission_helper_class: type[PermissionHelper] = LeadsAGroup
    base_url_path = "group-members"
    menu_label = _("Group members")
    menu_icon = "group"
    menu_order = 315
    list_display = ("who", "group_name", "works_at", "place", "joined_at")
    list_filter = (GroupFilter,)
    search_fields = ("member__name",)
    ordering = ("group__path", "member__name")
    list_export = ("who", "group_name", "works_at", "place", "joined_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[GroupMembership]:
        places = GroupMembership.objects.filter(member__state=Member.State.ACTIVE)
        if not is_secretariat(request.user):
            led = chaired_groups(request.user, timezone.localdate())
            places = places.filter(group__in=led)
        related = places.select_related("member__country", "group")
        return related.order_by(*self.ordering)

    @staticmethod
    @display(description=_("name"), ordering="member__name")
    def who(place: GroupMembership) -> str:
        return place.member.name

    @staticmethod
    @display(description=_("working group"), ordering="group__path")
    def group_name(place: GroupMembership) -> str:
        return place.group.short_name

    @staticmethod
    @display(description=_("works at"))
    def works_at(place: GroupMembership) -> str:
        return place.member.affiliation if _shows(place.member, "affiliation") else ""

    @staticmethod
    @display(description=_("country"))
    def place(place: GroupMembership) -> str:
        country = place.member.country if _shows(place.member, "country") else None
        return country.label if country else ""


def _shows(member: Member, part: str) -> bool:
    shown = shown_parts(member.level, member.field_levels, Standing.PEER)
    return shown is not None and part in shown
