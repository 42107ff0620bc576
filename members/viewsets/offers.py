"""The list of offers in the admin."""

from django.contrib.admin import display
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from files.listing import TakenListAdmin
from members.actions import offers
from members.models import ExpressionOfInterest

from .people import LeadsAGroup


class OfferAdmin(TakenListAdmin):
    """Expressions of interest: a co-chair sees those about joining the own group."""

    model = ExpressionOfInterest
    permission_helper_class = LeadsAGroup
    base_url_path = "offers"
    menu_label = _("Offers")
    menu_icon = "user"
    menu_order = 320
    list_display = ("who", "kind", "about", "state", "submitted_at")
    list_filter = ("state", "kind")
    list_per_page = 50
    search_fields = ("member__name", "group__title", "proposed_name")
    ordering = ("-submitted_at",)
    list_export = (
        *("who_offers", "kind_of_offer", "about", "state_of_offer"),
        *("submitted_at", "answered_at", "text"),
    )

    def get_queryset(self, request: HttpRequest):
        return offers.readable_by(request.user, timezone.localdate()).order_by(*self.ordering)

    @staticmethod
    @display(description=_("member"))
    def who(offer: ExpressionOfInterest) -> SafeString:
        url = reverse("answer_offer", args=[offer.pk])
        return format_html('<a href="{}"><strong>{}</strong></a>', url, offer.member.name)

    @staticmethod
    @display(description=_("member"))
    def who_offers(offer: ExpressionOfInterest) -> str:
        return offer.member.name

    @staticmethod
    @display(description=_("offer"))
    def kind_of_offer(offer: ExpressionOfInterest) -> str:
        return offer.get_kind_display()

    @staticmethod
    @display(description=_("state"))
    def state_of_offer(offer: ExpressionOfInterest) -> str:
        return offer.get_state_display()

    @staticmethod
    @display(description=_("working group"))
    def about(offer: ExpressionOfInterest) -> str:
        return offer.group.title if offer.group else offer.proposed_name
