"""What follows when Django or Wagtail says that something happened."""

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    init_new_page,
    post_page_move,
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from people.models import Person

from . import actions, mail, prefill
from .models import GroupAccess, GroupWork, Role, WorkingGroupPage
from .models.group_work import group_above

# Rights ----------------------------------------------------------------------------------------


@receiver(post_save, sender=WorkingGroupPage)
def open_access(instance: WorkingGroupPage, created: bool, raw: bool = False, **kwargs) -> None:
    """Give a new group its rights, its collection and the approval of what it writes."""
    if created and not raw:
        actions.ensure_access(instance)


@receiver(post_delete, sender=GroupAccess)
def close_access(instance: GroupAccess, **kwargs) -> None:
    """Let no rights outlive their group."""
    Group.objects.filter(pk=instance.user_group_id).delete()


@receiver([post_save, post_delete], sender=Role)
def follow_office(raw: bool = False, **kwargs) -> None:
    """Rights begin and end with the office."""
    if not raw:
        actions.sync_rights(timezone.localdate())


@receiver(post_save, sender=Person)
def follow_account(instance: Person, created: bool, raw: bool = False, **kwargs) -> None:
    """Rights go with the account that a person is given."""
    if not created and not raw:
        actions.sync_rights(timezone.localdate())


# New pages -------------------------------------------------------------------------------------


@receiver(init_new_page)
def fill_in_what_is_known(page, parent, **kwargs) -> None:
    """Let nobody type what the site knows already."""
    prefill.fill_in(page, parent)


@receiver(post_page_move)
def follow_the_tree(instance: Page, **kwargs) -> None:
    """A page that the secretariat moves below a group belongs to that group from then on."""
    page = Page.objects.get(pk=instance.pk).specific
    if isinstance(page, GroupWork) and (group := group_above(page)):
        page.group = group
        page.save(update_fields=["group"], clean=False)


# Approval --------------------------------------------------------------------------------------

# Wagtail connects its own notifiers under these names when its admin gets ready, which is after
# us. A taken name stays with whoever came first, so its mails stay away and ours go out.
WAGTAILS_NOTIFIERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def keep_silent(**kwargs) -> None:
    """Stand in for a notifier of Wagtail."""


for signal, sender, name in WAGTAILS_NOTIFIERS:
    receiver(signal, sender=sender, dispatch_uid=name)(keep_silent)


@receiver(task_submitted, sender=TaskState)
def tell_submitted(instance: TaskState, user=None, **kwargs) -> None:
    mail.page_submitted(instance, user)


@receiver(task_approved, sender=TaskState)
def tell_step_approved(instance: TaskState, user=None, **kwargs) -> None:
    """A comment at an earlier step would otherwise reach nobody."""
    is_last = instance.workflow_state.status == WorkflowState.STATUS_APPROVED
    if instance.comment.strip() and not is_last:
        mail.step_approved(instance, user)


@receiver(workflow_approved, sender=WorkflowState)
def tell_approved(instance: WorkflowState, user=None, **kwargs) -> None:
    mail.page_approved(instance, user)


@receiver(task_rejected, sender=TaskState)
def tell_refused(instance: TaskState, user=None, **kwargs) -> None:
    """The step’s signal comes at every step, whatever state the whole workflow is in."""
    mail.page_refused(instance, user)


@receiver(workflow_cancelled, sender=WorkflowState)
def tell_withdrawn(instance: WorkflowState, user=None, **kwargs) -> None:
    mail.page_withdrawn(instance, user)
