"""What belongs to a group: posts, meetings, products."""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.cards import Label
from pages.models import SitePage
from taxonomy.findable import Findable
from working_groups.forms import GroupWorkForm
from working_groups.listed import group_label

from .group_page import WorkingGroupPage


def group_above(page) -> WorkingGroupPage | None:
    """Return the group under whose page this page stands in the tree, if any."""
    steps = range(page.steplen, len(page.path), page.steplen)
    return (
        WorkingGroupPage.objects.filter(path__in=[page.path[:step] for step in steps])
        .order_by("-depth")
        .first()
    )


class GroupWork(models.Model):
    """Gives a page type its group; a group reaches its work as ``group.<app label>``.

    Below a group’s page the group follows from the tree and cannot be chosen, so that nobody
    files work under a group in which they have no rights. Elsewhere the secretariat chooses.
    """

    group = models.ForeignKey(
        WorkingGroupPage,
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(app_label)s",
        help_text=_("Below a group’s page this is always that group."),
    )

    base_form_class = GroupWorkForm
    findable_related = (*SitePage.findable_related, "group")

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if above := group_above(self):
            self.group = above
        super().save(*args, **kwargs)

    def findable(self) -> Findable:
        """Return what the search knows of it, with its group."""
        groups = [str(self.group.translation_key)] if self.group else []
        return replace(super().findable(), groups=groups)

    def group_label(self) -> Label | None:
        """Return the mark of the group, in the reader’s language."""
        return group_label(self.group_id)
