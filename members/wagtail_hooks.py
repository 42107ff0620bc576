"""Membership in the admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .views.admin_offers import answer
from .viewsets import OfferAdmin

modeladmin_register(OfferAdmin)


@hooks.register("register_admin_urls")
def own_screens() -> list[URLPattern]:
    return [path("offers/<int:offer_id>/answer/", answer, name="answer_offer")]
