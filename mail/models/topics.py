"""What can be followed, who follows it, and how often they want to hear of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class Cadence(models.TextChoices):
    OFF = "off", _("off")
    INSTANT = "instant", _("at once")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")


class Topic(models.Model):
    """A working group, region, theme or sector, or news in general; named by the vocabularies."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("general")
        GROUP = "group", _("working group")
        REGION = "region", _("region")
        THEME = "theme", _("theme")
        SECTOR = "sector", _("sector")

    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.SlugField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_topic_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug}"


class Subscription(models.Model):
    """One contact’s wish about one topic. Without a row nothing is sent."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="subscriptions")
    cadence = models.CharField(max_length=10, choices=Cadence, default=Cadence.OFF)
    source = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["topic", "cadence", "contact"], name="subscriptions_by_topic")
        ]
        constraints = [
            models.UniqueConstraint(fields=["contact", "topic"], name="one_wish_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.topic_id} {self.cadence}"
