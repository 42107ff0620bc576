"""The list of deliveries in the admin: what was sent to whom, and what is stuck."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from accounts.read_only import ReadOnly

from .models import Delivery


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
