"""What is new, under which topics, and which digests were planned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mail.models import Cadence, Topic
from pages.models import SitePage


class Item(models.Model):
    """Something that followers are told of, once: a page that was published with notice.

    A page and its translations are one ``family`` and one item. ``announced_at`` says when all
    who want to hear at once were written to. An item with ``hidden_at`` is told to nobody any more;
    whether its page may be read is asked each time and not kept here.
    """

    class What(models.TextChoices):
        PUBLISHED = "published", _("published")
        RECORDING = "recording", _("recording available")

    page = models.ForeignKey(
        SitePage, verbose_name=_("page"), on_delete=models.CASCADE, related_name="update_items"
    )
    family = models.UUIDField(editable=False)
    what = models.CharField(_("what is new"), max_length=10, choices=What, default=What.PUBLISHED)
    published_at = models.DateTimeField(_("published at"), db_index=True)
    announced_at = models.DateTimeField(_("told at once at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    topics = models.ManyToManyField(Topic, through="ItemTopic", related_name="items")

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["family", "what"], name="one_item_per_family")
        ]

    def __str__(self) -> str:
        return str(self.page)


class ItemTopic(models.Model):
    """An item stands under a topic."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="item_topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "item"], name="one_topic_per_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.topic_id}"


class UpdatesStart(models.Model):
    """Since when followers are told what is published; what is older is never told."""

    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="updates_start_once", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class DigestRun(models.Model):
    """How far the planning of one digest has come; a run that was cut off goes on from there.

    ``period`` names the day or week; ``zone`` the clock by which its hour has come; ``cursor`` is
    the last contact that was looked at.
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
