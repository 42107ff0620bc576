"""The list of deliveries in the admin: what was sent to whom, and what is stuck."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from .models import Delivery


class ReadOnly(PermissionHelper):
    """Let those look who may view; let nobody write, not even administrators."""

    def may_look(self, user) -> bool:
        return user.has_perm("mail.view_delivery")

    user_can_list = may_look

    def user_can_inspect_obj(self, user, obj) -> bool:
        return self.may_look(user)

    def user_can_create(self, user) -> bool:
        return False

    def user_can_edit_obj(self, user, obj) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class DeliveryAdmin(ModelAdmin):
    """Who was written to, when, and how it went.

    The words stay out of sight: a mail may hold a link that opens somebody’s account.
    """

    model = Delivery
    permission_helper_class = ReadOnly
    base_url_path = "deliveries"
    menu_label = _("Mails sent")
    menu_icon = "mail"
    menu_order = 700
    add_to_settings_menu = True
    list_display = ("subject", "recipient", "purpose", "state", "attempts", "created_at", "sent_at")
    list_filter = ("state", "purpose", "created_at")
    search_fields = ("recipient", "subject")
    ordering = ("-created_at",)
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields = (
        *("recipient", "subject", "purpose", "state", "attempts", "error"),
        *("created_at", "claimed_at", "sent_at", "key"),
    )
    history_view_enabled = False
