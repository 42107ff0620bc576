"""Mail in the admin: what was sent to whom, what is stuck, and whom we may write to."""

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup
from wagtail_modeladmin.views import InspectView

from accounts.read_only import ReadOnly
from files.listing import TakenListAdmin

from .claims import STUCK
from .models import Contact, Delivery


class DeliveryView(InspectView):
    """One mail, what the provider said of it, and a way to try it again."""

    def get_page_subtitle(self) -> str:
        return self.instance.subject or self.instance.purpose

    def may_try_again(self) -> bool:
        """Say whether this mail is stuck and this person may send it once more."""
        return self.instance.state in STUCK and self.request.user.has_perm("mail.change_delivery")

    def reports(self):
        """Return what the provider reported, the newest first."""
        return self.instance.events.order_by("-at")[:20]


class DeliveryAdmin(TakenListAdmin):
    """Who was written to, when, and how it went.

    The words stay out of sight: a mail may hold a link that opens somebody’s account.
    """

    model = Delivery
    permission_helper_class = ReadOnly
    base_url_path = "deliveries"
    menu_label = _("Mails sent")
    menu_icon = "mail"
    list_display = ("subject", "recipient", "purpose", "state", "attempts", "created_at", "sent_at")
    list_filter = ("state", "lane", "purpose", "created_at")
    search_fields = ("recipient", "subject")
    ordering = ("-created_at",)
    list_export = (
        *("recipient", "subject", "purpose", "lane", "state", "attempts", "error"),
        *("created_at", "due_at", "sent_at"),
    )
    inspect_view_enabled = True
    inspect_view_class = DeliveryView
    inspect_template_name = "mail/admin/delivery.html"
    inspect_view_fields = (
        *("recipient", "subject", "purpose", "lane", "state", "attempts", "error"),
        *("created_at", "due_at", "claimed_at", "sent_at", "key"),
    )


class ContactAdmin(TakenListAdmin):
    """The mailboxes we know: confirmed or not, and those to which we write nothing any more."""

    model = Contact
    permission_helper_class = ReadOnly
    base_url_path = "contacts"
    menu_label = _("Addresses")
    menu_icon = "list-ul"
    list_display = ("email", "state", "name", "language", "score", "bounced_on", "confirmed_at")
    list_filter = ("state", "language")
    search_fields = ("email", "name")
    ordering = ("email",)
    list_export = (
        *("email", "state", "name", "language", "time_zone", "score", "bounced_on"),
        *("created_at", "confirmed_at"),
    )

    @staticmethod
    @display(description=_("mails that came back"), ordering="bounce_score")
    def score(contact: Contact) -> str:
        return f"{contact.bounce_score:g}" if contact.bounce_score else ""


class MailGroup(ModelAdminGroup):
    """The menu."""

    menu_label = _("Mail")
    menu_icon = "mail"
    menu_order = 700
    items = (DeliveryAdmin, ContactAdmin)
