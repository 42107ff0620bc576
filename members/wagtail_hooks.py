"""Membership in the admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, include, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .actions import photos
from .views.admin_institutions import answer_application, answer_page_change
from .views.admin_offers import answer
from .viewsets import GroupMemberAdmin, MembershipGroup, OfferAdmin
from .viewsets.institutions import InstitutionsGroup

modeladmin_register(MembershipGroup)
modeladmin_register(GroupMemberAdmin)
modeladmin_register(OfferAdmin)
modeladmin_register(InstitutionsGroup)


@hooks.register("construct_image_chooser_queryset")
def without_photos_of_members(images: QuerySet, request: HttpRequest) -> QuerySet:
    """Offer no photo of a member for a page of the site."""
    return photos.without_members(images)


@hooks.register("register_admin_urls")
def own_screens() -> list[URLPattern]:
    return [
        path("", include("members.secretariat.urls")),
        path("offers/<int:offer_id>/answer/", answer, name="answer_offer"),
        path(
            "institution-applications/<int:application_id>/answer/",
            answer_application,
            name="answer_application",
        ),
        path(
            "institution-pages/<int:change_id>/answer/",
            answer_page_change,
            name="answer_page_change",
        ),
    ]
