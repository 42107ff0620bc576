"""Fences between groups in the admin, the dashboard and the list of people in office."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from . import dashboard
from .access import is_secretariat, may_see, visible_pages
from .models import WorkingGroupPage
from .models.group_work import group_above
from .views_admin import MissingRecordingsView
from .viewsets import RoleAdmin

modeladmin_register(RoleAdmin)


@hooks.register("register_admin_urls")
def own_screens() -> list:
    return [
        path(
            "groups/<int:group_id>/recordings/",
            MissingRecordingsView.as_view(),
            name="missing_recordings",
        )
    ]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list) -> None:
    dashboard.arrange_panels(request, panels)


@hooks.register("construct_page_chooser_queryset")
def choose_only_visible_pages(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Leave other groups’ pages and drafts out, and do not open a branch that is not visible."""
    opened = request.resolver_match.kwargs.get("parent_page_id")
    branch = Page.objects.filter(pk=opened).first() if opened else None
    if branch and not may_see(branch, request.user):
        raise PermissionDenied
    return visible_pages(pages, request.user)


@hooks.register("before_move_page")
def stay_within_the_group(request: HttpRequest, page: Page, destination: Page):
    if not may_move(request.user, page, destination):
        return permission_denied(request)
    return None


@hooks.register("before_bulk_action")
def keep_groups_apart_in_bulk(request: HttpRequest, action_type: str, pages, action) -> None:
    """Ask of many pages at once what is asked of one: bulk actions know no page types."""
    if not issubclass(action.model, Page):
        return
    if action_type == "move":
        destination = action.cleaned_form.cleaned_data["chooser"]
        allowed = all(may_move(request.user, page, destination) for page in pages)
    elif action_type == "delete":
        rights = [page.specific.permissions_for_user(request.user) for page in pages]
        allowed = all(right.can_delete() for right in rights)
    else:
        allowed = True
    if not allowed:
        raise PermissionDenied(_("Only the secretariat may do this."))


def may_move(user, page: Page, destination: Page) -> bool:
    """Say whether the page stays with its group; somebody in two groups may not mix them."""
    if is_secretariat(user):
        return True
    return group_above(page) == own_group(destination)


def own_group(page: Page) -> WorkingGroupPage | None:
    """Return the group whose page this is or under whose page it stands."""
    page = page.specific
    return page if isinstance(page, WorkingGroupPage) else group_above(page)
