"""A member, and the working groups that a member has joined."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mail.models import Contact
from people.models import Person
from taxonomy.models import Country, Region, Sector, Theme
from working_groups.models import WorkingGroupPage

from .seen import FoldedField, part_seen


class Level(models.TextChoices):
    """Who sees something about a member in the directory; the later, the more."""

    HIDDEN = "hidden", _("nobody")
    GROUPS = "groups", _("members of my groups")
    MEMBERS = "members", _("all members")
    PUBLIC = "public", _("everybody")


class Member(models.Model):
    """Somebody who has joined.

    ``field_levels`` narrows single fields further: ``{"country": "members"}``. No level ever
    shows the e-mail address. What a member follows are the contact’s subscriptions; ``regions``,
    ``themes`` and ``sectors`` say where they work.

    ``seen`` and its kin are the ranks (``members.directory.rules``) at which the directory shows
    the member and finds them by a part; the database works them out.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        LEAVING = "leaving", _("leaving")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member"
    )
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="member")
    person = models.OneToOneField(
        Person,
        verbose_name=_("person on the site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="member",
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("full name"), max_length=150)
    folded_name = FoldedField(source="name")
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.SET_NULL
    )
    affiliation = models.CharField(_("where you work"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    about = models.TextField(_("about you"), max_length=1000, blank=True)
    photo = models.ForeignKey(
        "files.SiteImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True)
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), blank=True)
    level = models.CharField(
        _("who sees me in the directory"), max_length=10, choices=Level, default=Level.HIDDEN
    )
    field_levels = models.JSONField(default=dict, blank=True)
    seen = part_seen()
    country_seen = part_seen("country")
    interests_seen = part_seen("interests")
    groups_seen = part_seen("groups")
    takes_messages = models.BooleanField(
        _("other members may write to me"),
        default=True,
        help_text=_("Through a form here. Nobody sees your address unless you answer."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    joined_at = models.DateTimeField(_("joined at"))
    leaves_at = models.DateTimeField(_("is erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        indexes = [
            models.Index(fields=["folded_name", "public_id"], name="members_by_name"),
            models.Index(fields=["country", "country_seen"], name="members_by_country"),
            models.Index(fields=["state", "country"], name="members_to_count"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_leaving_member_says_when",
                condition=models.Q(state="active", leaves_at__isnull=True)
                | models.Q(state="leaving", leaves_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Write the name as it is searched together with the name."""
        if "name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded_name"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the page in the directory, for those who may see it."""
        return reverse("member", args=[self.public_id])


class GroupMembership(models.Model):
    """A member’s place in a working group."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(
        WorkingGroupPage, on_delete=models.CASCADE, related_name="memberships"
    )
    joined_at = models.DateTimeField(_("joined at"))

    class Meta:
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        indexes = [models.Index(fields=["group", "member"], name="members_of_groups")]
        constraints = [
            models.UniqueConstraint(fields=["member", "group"], name="one_place_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.group}"
