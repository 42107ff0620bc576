"""Who helps with one event, without any office in its group."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .event_page import EventPage


class EventRole(models.Model):
    """What somebody may do at one event, on its pages in all languages.

    What a role allows is said once, in ``events.registration.organising``. Co-chairs of the group
    and the secretariat need none.
    """

    class Role(models.TextChoices):
        HOST = "host", _("host")
        CO_HOST = "cohost", _("co-host")
        CHECK_IN = "checkin", _("check-in")

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="event_roles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_roles"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("role at an event")
        verbose_name_plural = _("roles at events")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"], name="one_role_per_person_at_an_event"
            ),
            models.CheckConstraint(
                name="a_role_at_an_event_is_known",
                condition=models.Q(role__in=["host", "cohost", "checkin"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.event}"
