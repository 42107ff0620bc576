"""What the approval of a group’s pages tells people, in plain words and with the right link."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from accounts.models import User
from mail import outbox
from mail.message import compose


def page_submitted(task_state: TaskState, by: User | None) -> None:
    """Ask those who approve this step to read the page."""
    for reader in approvers(task_state, besides=by):
        if wants(reader, "submitted"):
            _send("page_submitted", task_state, reader, by=by)


def page_approved(workflow_state: WorkflowState, by: User | None) -> None:
    """Tell the author that the page went through, with the last approver’s comment."""
    task_state = last_task_state(workflow_state)
    for author in authors(workflow_state, besides=by):
        if wants(author, "approved"):
            _send("page_approved", task_state, author, by=by)


def step_approved(task_state: TaskState, by: User | None) -> None:
    """Pass on the comment of somebody who approved a step that is not the last."""
    for author in authors(task_state.workflow_state, besides=by):
        if wants(author, "approved"):
            _send("step_approved", task_state, author, by=by)


def page_refused(task_state: TaskState, by: User | None) -> None:
    """Tell the author, and whoever approved an earlier step, what should change and why."""
    for reader in authors(task_state.workflow_state, besides=by):
        if wants(reader, "rejected"):
            _send("page_refused", task_state, reader, by=by)
    for reader in earlier_approvers(task_state, besides=by):
        if wants(reader, "rejected"):
            _send("page_refused_after_you", task_state, reader, by=by)


def page_withdrawn(workflow_state: WorkflowState, by: User | None) -> None:
    """Tell readers that they need not read on, and the author if it was somebody else’s doing.

    Who has sent the page back is not reading: nothing was waiting for them.
    """
    task_state = last_task_state(workflow_state)
    if task_state.status != TaskState.STATUS_REJECTED:
        for reader in approvers(task_state, besides=by):
            if wants(reader, "submitted"):
                _send("page_withdrawn", task_state, reader, by=by)
    for author in authors(workflow_state, besides=by):
        if wants(author, "approved"):
            _send("approval_ended", task_state, author, by=by)


def review_reminder(task_state: TaskState) -> int:
    """Remind those who approve this step, once each; return how many mails are new."""
    return sum(
        _send("review_reminder", task_state, reader, by=None)
        for reader in approvers(task_state, besides=None)
    )


# Who ------------------------------------------------------------------------------------------


def approvers(task_state: TaskState, *, besides: User | None) -> Iterable[User]:
    """Return the active people in the user groups of this step."""
    groups = getattr(task_state.task.specific, "groups", None)
    if groups is None:
        return get_user_model().objects.none()
    people = get_user_model().objects.filter(groups__in=groups.all(), is_active=True)
    return people.exclude(pk=besides.pk if besides else None).distinct()


def authors(workflow_state: WorkflowState, *, besides: User | None) -> Iterable[User]:
    """Return who asked for approval and who made the page, without the one who just acted."""
    page = workflow_state.content_object
    people = get_user_model().objects.filter(
        Q(pk=workflow_state.requested_by_id) | Q(pk=getattr(page, "owner_id", None)),
        is_active=True,
    )
    return people.exclude(pk=besides.pk if besides else None)


def earlier_approvers(task_state: TaskState, *, besides: User | None) -> Iterable[User]:
    """Return who approved a step of this round before it was refused."""
    workflow_state = task_state.workflow_state
    told = [author.pk for author in authors(workflow_state, besides=None)]
    return (
        get_user_model()
        .objects.filter(
            finished_task_states__workflow_state=workflow_state,
            finished_task_states__status=TaskState.STATUS_APPROVED,
            is_active=True,
        )
        .exclude(pk__in=[*told, *([besides.pk] if besides else [])])
        .distinct()
    )


def wants(user: User, notification: str) -> bool:
    """Say whether the person left this kind of mail switched on in the admin."""
    return getattr(UserProfile.get_for_user(user), f"{notification}_notifications")


def last_task_state(workflow_state: WorkflowState) -> TaskState:
    """Return the step that was worked on last, as it now stands in the database."""
    return workflow_state.task_states.order_by("started_at", "pk").last()


# What -----------------------------------------------------------------------------------------


def _send(template: str, task_state: TaskState, recipient: User, *, by: User | None) -> bool:
    page = Page.objects.get(pk=task_state.workflow_state.object_id)
    message = compose(
        f"working_groups/{template}",
        key=f"{template}:{task_state.pk}:{recipient.pk}",
        recipient=recipient.email,
        language=recipient.language,
        context={
            "name": recipient.get_short_name(),
            "by": by.get_full_name() if by else "",
            "title": page.draft_title or page.title,
            "comment": task_state.get_comment().strip(),
            "is_live": page.live,
            "go_live_at": page.specific.go_live_at,
            "page_url": page.full_url if page.live else "",
            "edit_url": admin_url("wagtailadmin_pages:edit", page.pk),
            "days": settings.REVIEW_REMINDER_DAYS,
        },
    )
    return outbox.send(message)


def admin_url(name: str, *args) -> str:
    """Return the full address of a screen of the admin."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(name, args=args)}"
