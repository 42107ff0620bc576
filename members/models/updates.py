"""What is new, under which topics, and which digests were planned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mail.models import Cadence, Topic
from pages.models import SitePage


class Item(models.Model):
    """Something that followers are told of, once: a page that was published with notice."""

    page = models.OneToOneField(SitePage, on_delete=models.CASCADE, related_name="update_item")
    published_at = models.DateTimeField(_("published at"), db_index=True)
    hidden_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    topics = models.ManyToManyField(Topic, through="ItemTopic", related_name="items")

    def __str__(self) -> str:
        return str(self.page)


class ItemTopic(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="item_topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "item"], name="one_topic_per_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.topic_id}"


class DigestRun(models.Model):
    """How far the planning of one digest has come; a run that was cut off goes on from there.

    ``period`` names the day or week; ``zone`` the clock by which its hour has come.
    """

    cadence = models.CharField(max_length=10, choices=Cadence)
    period = models.CharField(max_length=20)
    zone = models.CharField(max_length=63)
    cursor = models.BigIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cadence", "period", "zone"], name="one_run_per_digest_and_zone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cadence} {self.period} {self.zone}"
