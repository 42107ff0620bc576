"""Somebody offers to join, form or chair a working group."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from working_groups.models import Role, WorkingGroupPage

from .member import Member


class ExpressionOfInterest(models.Model):
    """An offer, who reads it, and what became of it.

    The co-chairs of the group read what is about their group; the secretariat reads what is
    about a new group, about a group without co-chairs, and about chairing.
    """

    class Kind(models.TextChoices):
        JOIN = "join", _("join a working group")
        FORM = "form", _("form a new working group")
        CHAIR = "chair", _("co-chair a working group")

    class State(models.TextChoices):
        NEW = "new", _("new")
        REVIEW = "review", _("being considered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="interests")
    kind = models.CharField(_("offer"), max_length=10, choices=Kind)
    group = models.ForeignKey(
        WorkingGroupPage,
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="interests",
    )
    proposed_name = models.CharField(_("name of the new group"), max_length=150, blank=True)
    text = models.TextField(_("why, and what you would bring"), max_length=3000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    submitted_at = models.DateTimeField(_("sent at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["-submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "group"],
                condition=models.Q(state__in=["new", "review"]),
                name="one_open_offer_per_group",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(state__in=["new", "review"], kind="form"),
                name="one_open_offer_to_form_a_group",
            ),
            models.CheckConstraint(
                name="an_offer_names_a_group_or_a_new_one",
                condition=models.Q(kind="form", group__isnull=True)
                | (~models.Q(kind="form") & models.Q(group__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_answered_offer_says_when",
                condition=~models.Q(state__in=["accepted", "declined"])
                | models.Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"
