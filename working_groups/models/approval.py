"""The step in which the secretariat reads what a group wrote."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask


class RefusalForm(TaskStateCommentForm):
    """Asks for the reason: without one nobody knows what to change."""

    comment = forms.CharField(
        label=_("What should change, and why?"),
        help_text=_("The author gets these words by mail."),
        widget=forms.Textarea({"rows": 4}),
    )


class ApprovalTask(AbstractGroupApprovalTask):
    """Approval by one of the chosen user groups; a refusal carries its reason."""

    class Meta:
        verbose_name = _("approval with a reason for every refusal")
        verbose_name_plural = _("approvals with a reason for every refusal")

    def get_form_for_action(self, action):
        return RefusalForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            # The form asks for it; this stops whoever goes round the form.
            raise PermissionDenied(_("A refusal needs a reason."))
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups approve, or refuse with a reason")
