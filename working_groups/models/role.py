"""Who holds which office in which group, and from when until when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from people.models import Person, TermOfOffice
from working_groups import rules

from .group_page import WorkingGroupPage


class Role(TermOfOffice):
    """An office in a group, with its dates.

    Rights in the admin and, for co-chairs, the seat on the Advisory Board follow from it.
    """

    class Title(models.TextChoices):
        CO_CHAIR = "co-chair", _("co-chair")
        COORDINATOR = "coordinator", _("coordinator")
        CORE_MEMBER = "core-member", _("core member")

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="roles"
    )
    group = models.ForeignKey(
        WorkingGroupPage,
        verbose_name=_("working group"),
        on_delete=models.CASCADE,
        related_name="roles",
        limit_choices_to={"locale__language_code": settings.LANGUAGE_CODE},
    )
    title = models.CharField(_("office"), max_length=20, choices=Title, default=Title.CO_CHAIR)

    panels = [
        FieldPanel("person"),
        FieldPanel("group"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]

    class Meta(TermOfOffice.Meta):
        verbose_name = _("role in a group")
        verbose_name_plural = _("roles in groups")
        ordering = ["group__path", "title", "since", "pk"]
        constraints = [
            *TermOfOffice.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "group", "title"],
                condition=models.Q(until__isnull=True),
                name="one_open_role_per_person_group_and_title",
                violation_error_message=_("This person already holds this office in this group."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_title_display()}, {self.group}"

    def clean(self):
        super().clean()
        if self.title != self.Title.CO_CHAIR or not self.group_id or not self.since:
            return
        others = self.group.roles.filter(title=self.Title.CO_CHAIR).exclude(pk=self.pk)
        terms = [(role.since, role.until) for role in others]
        if rules.most_at_once([*terms, (self.since, self.until)]) > rules.MOST_CO_CHAIRS:
            raise ValidationError(
                _("A group has at most %(number)s co-chairs at a time."),
                params={"number": rules.MOST_CO_CHAIRS},
            )
