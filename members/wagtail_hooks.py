"""Membership in the admin."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from .actions import holding_back, photos
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


@hooks.register("register_page_header_buttons")
def mail_to_followers(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a page to the mail that tells of it."""
    is_told = getattr(page.specific_class, "is_told", False)
    if is_told and page.permissions_for_user(user).can_edit():
        url = reverse("page_mail", args=[page.pk])
        yield Button(_("The mail to followers"), url, icon_name="mail", priority=67)


@hooks.register("register_log_actions")
def what_is_done_by_hand(actions: LogActionRegistry) -> None:
    actions.register_action(
        holding_back.TAKEN_BACK, _("Take back from updates"), _("Followers are told no more")
    )
    actions.register_action(
        holding_back.TOLD_AFTER_ALL, _("Tell after all"), _("Followers are told after all")
    )
