"""Rights, offices and the approval workflow: everything here may be called again at any time."""

import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import Truncator
from wagtail.models import Collection, Page, Workflow, WorkflowPage, WorkflowTask

from pages.models import SitePage
from people.models import Person

from . import grants, rules
from . import permissions as names
from .models import ApprovalTask, GroupAccess, Role, WorkingGroupPage

COLLECTION_OF_GROUPS = "Working groups"
SHARED_COLLECTION = "Shared"
WORKFLOW = "Posts and pages of groups: the secretariat approves"
TASK = "the Secretariat"  # the button of the editor reads “Submit to the Secretariat”


# The secretariat -------------------------------------------------------------------------------


@transaction.atomic
def ensure_secretariat() -> Group:
    """Return the user group that may do everything but what only administrators may."""
    group, _ = Group.objects.get_or_create(name=names.SECRETARIAT)
    grants.set_rights(group, names.RIGHTS_OF_SECRETARIAT)
    grants.set_page_rights(group, [Page.get_first_root_node()], names.PAGE_RIGHTS_OF_SECRETARIAT)
    grants.set_file_rights(
        group, {Collection.get_first_root_node(): names.FILE_RIGHTS_OF_SECRETARIAT}
    )
    return group


@transaction.atomic
def ensure_helpers() -> dict[str, Group]:
    """Return the user groups of those who help with single events, by name."""
    helpers = {}
    for name, rights in names.RIGHTS_AT_ONE_EVENT.items():
        helpers[name], _ = Group.objects.get_or_create(name=name)
        grants.set_rights(helpers[name], rights)
    return helpers


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Return the workflow in which the secretariat approves what groups write.

    Steps that an administrator added or changed stay as they are.
    """
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    if not workflow.workflow_tasks.exists():
        task = ApprovalTask.objects.create(name=TASK)
        task.groups.add(ensure_secretariat())
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    return workflow


def assign_workflow(pages) -> None:
    """Let these pages and everything below them go through the approval.

    A page to which somebody gave another workflow by hand keeps it.
    """
    workflow = ensure_workflow()
    for page in pages:
        WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})


# The rights of a group -------------------------------------------------------------------------


@transaction.atomic
def ensure_access(group: WorkingGroupPage) -> GroupAccess:
    """Return the rights of a group’s co-chairs, made or brought up to date.

    A page and its translations are one group: its co-chairs work on all of them.
    """
    versions = sorted(
        WorkingGroupPage.objects.filter(translation_key=group.translation_key).select_related(
            "locale"
        ),
        key=lambda page: page.locale.language_code != settings.LANGUAGE_CODE,
    )
    access = GroupAccess.objects.filter(
        working_group__translation_key=group.translation_key
    ).first() or _open_access(versions[0])
    _follow_title(access, versions[0])
    grants.set_rights(access.user_group, names.RIGHTS_OF_CO_CHAIRS)
    grants.set_page_rights(access.user_group, versions, names.PAGE_RIGHTS_OF_CO_CHAIRS)
    grants.set_file_rights(
        access.user_group,
        {
            access.collection: names.FILE_RIGHTS_OF_CO_CHAIRS,
            ensure_collection(SHARED_COLLECTION): names.SHARED_FILE_RIGHTS_OF_CO_CHAIRS,
        },
    )
    assign_workflow(versions)
    return access


def _open_access(group: WorkingGroupPage) -> GroupAccess:
    name = _free_name(group)
    return GroupAccess.objects.create(
        working_group=group,
        user_group=Group.objects.create(name=name),
        collection=_add_collection(ensure_collection(COLLECTION_OF_GROUPS), group.title),
    )


def _follow_title(access: GroupAccess, group: WorkingGroupPage) -> None:
    """Give user group and collection the group’s present title."""
    name = _free_name(group, besides=access.user_group)
    if access.user_group.name != name:
        access.user_group.name = name
        access.user_group.save(update_fields=["name"])
    if access.collection.name != group.title:
        access.collection.name = group.title
        access.collection.save()


def _free_name(group: WorkingGroupPage, besides: Group | None = None) -> str:
    """Return “Co-chairs: <title>”, with the page’s number where another group is called so."""
    name = Truncator(f"Co-chairs: {group.title}").chars(130)
    taken = Group.objects.filter(name=name).exclude(pk=besides.pk if besides else None)
    return f"{name} ({group.pk})" if taken.exists() else name


def ensure_collection(name: str) -> Collection:
    """Return the collection of this name directly below the root."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or _add_collection(root, name)


def _add_collection(parent: Collection, name: str) -> Collection:
    # treebeard counts children on the instance, which others may have outdated.
    return Collection.objects.get(pk=parent.pk).add_child(name=name)


@transaction.atomic
def close_access(access: GroupAccess) -> None:
    """Take the user group away together with its group; its files stay where they are."""
    access.user_group.delete()


# Offices ---------------------------------------------------------------------------------------


@transaction.atomic
def appoint(
    person: Person, group: WorkingGroupPage, title: Role.Title | str, *, since: datetime.date
) -> Role:
    """Return the person’s open role in the group, begun on ``since`` unless it already runs.

    Raises ``ValidationError`` when the group would have more co-chairs than it may.
    """
    running = Role.objects.filter(person=person, group=group, title=title, until=None).first()
    if running:
        return running
    role = Role(person=person, group=group, title=title, since=since)
    role.full_clean()
    role.save()
    return role


@transaction.atomic
def end_term(role: Role, *, on: datetime.date) -> Role:
    """Make ``on`` the last day of a role; the rights end the day after."""
    role.until = on
    role.full_clean()
    role.save()
    return role


@transaction.atomic
def sync_rights(on: datetime.date) -> int:
    """Put exactly the accounts of people in office into their groups; return how many changed."""
    user_groups = dict(
        GroupAccess.objects.values_list("working_group__translation_key", "user_group_id")
    )
    roles = Role.objects.in_office(on).filter(
        title__in=rules.EDITING_TITLES, person__user__isnull=False
    )
    entitled = {
        (user_groups[key], user_id)
        for key, user_id in roles.values_list("group__translation_key", "person__user")
        if key in user_groups
    }
    membership = Group.user_set.through
    rows = membership.objects.filter(group_id__in=user_groups.values())
    present = {(row.group_id, row.user_id): row.pk for row in rows}
    ended = [pk for pair, pk in present.items() if pair not in entitled]
    membership.objects.filter(pk__in=ended).delete()
    missing = entitled - present.keys()
    membership.objects.bulk_create(
        (membership(group_id=group_id, user_id=user_id) for group_id, user_id in missing),
        ignore_conflicts=True,
    )
    return len(ended) + len(missing)


# All at once -----------------------------------------------------------------------------------


def set_up_rights(on: datetime.date) -> None:
    """Make or repair every right, group by group; safe to run after every deployment."""
    ensure_secretariat()
    ensure_helpers()
    retire_defaults()
    for group in WorkingGroupPage.objects.select_related("locale"):
        ensure_access(group)
    assign_workflow(SitePage.objects.filter(kind="blog-index"))
    sync_rights(on)


def retire_defaults() -> None:
    """Remove the groups and the workflow that Wagtail brings along, unless somebody uses them.

    They reach over the whole tree and know nothing of working groups.
    """
    Group.objects.filter(name__in=("Editors", "Moderators"), user__isnull=True).delete()
    for workflow in Workflow.objects.filter(name="Moderators approval", active=True):
        if not workflow.workflow_states.filter(status="in_progress").exists():
            WorkflowPage.objects.filter(workflow=workflow).delete()
            workflow.deactivate()
