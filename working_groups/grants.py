"""Sets the rights of a user group to exactly what is wanted, with as few writes as possible."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


def permissions_called(names: Iterable[str]) -> dict[str, Permission]:
    """Return the permissions of these ``app.codename`` names; a missing one is an error.

    Permissions are made after the migrations, so this cannot run inside one.
    """
    wanted = set(names)
    parts = [name.split(".") for name in wanted]
    clause = Q(pk__in=[])
    for app, codename in parts:
        clause |= Q(content_type__app_label=app, codename=codename)
    found: dict[str, Permission] = {}
    for permission in Permission.objects.filter(clause).select_related("content_type"):
        name = f"{permission.content_type.app_label}.{permission.codename}"
        found[name] = permission
    if missing := wanted - found.keys():
        raise LookupError(f"No such permission: {', '.join(sorted(missing))}. Migrate first.")
    return found


def set_rights(group: Group, names: Iterable[str]) -> None:
    """Give the group exactly these rights that hold everywhere."""
    group.permissions.set(permissions_called(names).values())


def set_page_rights(group: Group, pages: Iterable[Page], verbs: Iterable[str]) -> None:
    """Give the group exactly these rights on exactly these pages and what is below them."""
    found = permissions_called(f"wagtailcore.{verb}_page" for verb in verbs)
    wanted = {(page.pk, permission.pk) for page in pages for permission in found.values()}
    present = {
        (row.page_id, row.permission_id): row.pk
        for row in GroupPagePermission.objects.filter(group=group)
    }
    GroupPagePermission.objects.filter(
        pk__in=[pk for pair, pk in present.items() if pair not in wanted]
    ).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page_id, permission_id=permission_id)
        for page_id, permission_id in sorted(wanted - present.keys())
    )


def set_file_rights(group: Group, names_by_collection: Mapping[Collection, Iterable[str]]) -> None:
    """Give the group exactly these rights on exactly these collections and those below them."""
    found = permissions_called(name for names in names_by_collection.values() for name in names)
    wanted = {
        (collection.pk, found[name].pk)
        for collection, names in names_by_collection.items()
        for name in names
    }
    present = {
        (row.collection_id, row.permission_id): row.pk
        for row in GroupCollectionPermission.objects.filter(group=group)
    }
    GroupCollectionPermission.objects.filter(
        pk__in=[pk for pair, pk in present.items() if pair not in wanted]
    ).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=group, collection_id=collection_id, permission_id=permission_id
        )
        for collection_id, permission_id in sorted(wanted - present.keys())
    )
