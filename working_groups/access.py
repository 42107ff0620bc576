"""Which pages of others an editor may see in the admin."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from .models.group_page import WorkingGroupPage


def is_secretariat(user: AbstractBaseUser) -> bool:
    """Say whether this person looks after the whole site and not only after their groups."""
    return user.has_perm("working_groups.change_role")


def own_paths(user: AbstractBaseUser) -> list[str]:
    """Return the places in the tree below which this person has rights."""
    rights = GroupPagePermission.objects.filter(group__user=user)
    return list(rights.values_list("page__path", flat=True).distinct())


def visible_pages(pages: QuerySet[Page], user: AbstractBaseUser) -> QuerySet[Page]:
    """Return those of the pages that this person may choose, link to or look through.

    The secretariat sees everything. Co-chairs see what is their own, drafts too, and what is
    published and belongs to no other group.
    """
    if is_secretariat(user):
        return pages
    own = Q(pk__in=[])
    for path in own_paths(user):
        own |= Q(path__startswith=path)
    in_groups = Q(pk__in=[])
    for path in WorkingGroupPage.objects.values_list("path", flat=True):
        in_groups |= Q(path__startswith=path)
    published = Q(live=True) | Q(depth=1)
    return pages.filter(own | (published & ~in_groups))


def may_see(page: Page, user: AbstractBaseUser) -> bool:
    """Say whether this one page is among the visible ones."""
    return visible_pages(Page.objects.filter(pk=page.pk), user).exists()


def may_edit_below(page: Page, user: AbstractBaseUser) -> bool:
    """Say whether this person may add pages below this one."""
    policy = policy_registry.get(page)
    return policy.user_has_permission_for_instance(user, "add", page)
