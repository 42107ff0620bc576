"""How the secretariat keeps the list of people in office."""

from django.contrib.admin import SimpleListFilter, display
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from .models import Role, WorkingGroupPage


class GroupFilter(SimpleListFilter):
    """By working group. Django’s own filter for relations needs Django’s own admin."""

    title = _("working group")
    parameter_name = "group"

    def lookups(self, request, model_admin) -> list[tuple[int, str]]:
        groups = WorkingGroupPage.objects.filter(roles__isnull=False).distinct().order_by("path")
        return [(group.pk, group.short_name) for group in groups]

    def queryset(self, request, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        return queryset.filter(group=self.value())


class RoleAdmin(ModelAdmin):
    """“People in office”: appointing gives the rights, a last day takes them away."""

    model = Role
    base_url_path = "people-in-office"
    menu_label = _("People in office")
    menu_icon = "group"
    menu_order = 300
    list_display = ("person", "title", "group_name", "since", "until", "is_in_office")
    list_filter = ("title", GroupFilter)
    list_select_related = ("person", "group")
    list_per_page = 50
    search_fields = ("person__name", "person__name_latin", "group__title")
    ordering = ("group__path", "title", "-since")
    history_view_enabled = False

    @staticmethod
    @display(description=_("working group"), ordering="group__path")
    def group_name(role: Role) -> str:
        return role.group.short_name

    @staticmethod
    @display(description=_("in office today"), boolean=True)
    def is_in_office(role: Role) -> bool:
        return role.is_held(timezone.localdate())
