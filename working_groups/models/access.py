"""The rights of a group’s co-chairs."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from .group_page import WorkingGroupPage


class GroupAccess(models.Model):
    """Ties a working group to its user group and its collection of files.

    Kept beside the page, because publishing a draft would bring back old values of page fields.
    """

    working_group = models.OneToOneField(
        WorkingGroupPage, on_delete=models.CASCADE, related_name="access"
    )
    user_group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="access")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="access")

    class Meta:
        verbose_name = _("rights of a group")
        verbose_name_plural = _("rights of groups")

    def __str__(self) -> str:
        return str(self.user_group)
