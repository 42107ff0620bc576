"""The menu “Members” of the secretariat: people, imports, doubles, figures, and who took lists."""

from django.contrib.admin import display
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from accounts.read_only import ReadOnly
from files.listing import TakenListAdmin
from files.models import ExportLog
from members.models import MemberImport

from .people import MemberAdmin


class Importers(ReadOnly):
    """Those who may import lists look at what was imported."""

    def may_look(self, user: AbstractBaseUser) -> bool:
        return user.has_perm("members.add_memberimport")


class ImportAdmin(TakenListAdmin):
    """Lists that were tried or imported."""

    model = MemberImport
    permission_helper_class = Importers
    base_url_path = "imports"
    menu_label = _("Imports of lists")
    menu_icon = "upload"
    list_display = ("which", "state", "rows", "done_rows", "by", "at")
    list_filter = ("state",)
    list_select_related = ("by",)
    ordering = ("-at",)
    index_template_name = "members/admin/imports.html"
    list_export = ()

    @staticmethod
    @display(description=_("file"))
    def which(source: MemberImport) -> SafeString:
        url = reverse("member_import", args=[source.pk])
        return format_html('<a href="{}"><strong><bdi>{}</bdi></strong></a>', url, source.file_name)


class ExportLogAdmin(TakenListAdmin):
    """Who took which list out of the site."""

    model = ExportLog
    permission_helper_class = ReadOnly
    base_url_path = "exports"
    menu_label = _("Lists taken out")
    menu_icon = "download"
    list_display = ("what", "by", "at", "rows", "file_format", "column_names")
    list_filter = ("what", "file_format")
    list_select_related = ("by",)
    search_fields = ("what", "by__name", "by__email")
    ordering = ("-at",)
    list_export = ("what", "by", "at", "rows", "file_format", "column_names")

    @staticmethod
    @display(description=_("columns"))
    def column_names(log: ExportLog) -> str:
        return ", ".join(log.columns)


class ForRight(MenuItem):
    """A way to a screen, for those with the right to it."""

    def __init__(self, right: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.right)


later = lazy(reverse, str)


class MembershipGroup(ModelAdminGroup):
    """The menu."""

    menu_label = _("Members")
    menu_icon = "group"
    menu_order = 310
    items = (MemberAdmin, ImportAdmin, ExportLogAdmin)

    def get_submenu_items(self) -> list[MenuItem]:
        doubles, figures = later("member_doubles"), later("member_figures")
        updates = later("coming_updates")
        return [
            *super().get_submenu_items(),
            ForRight(
                "members.change_member", _("Possible doubles"), doubles, icon_name="duplicate"
            ),
            ForRight("members.view_item", _("Next updates"), updates, icon_name="mail"),
            ForRight("members.view_member", _("Members in figures"), figures, icon_name="view"),
        ]
