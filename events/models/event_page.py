"""An event, which turns into its own archive once it was held."""

import datetime
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from accounts.models import validate_time_zone
from accounts.preferences import zone
from events import lines, noted, rules, sections, times
from events.happening import happening
from events.notices.forms import EventPageForm
from events.querysets import EventQuerySet
from files.models import SiteDocument
from pages import structured_data
from pages.blocks import BodyBlock
from pages.cards import Surroundings
from pages.models import SitePage
from people.models import Person
from projects.models import ProjectPage
from taxonomy.findable import Findable
from working_groups.models import GroupWork

from .state import QuietRevision

# What the first page of a meeting says for its pages in all languages.
HELD = (
    *("starts_on", "start_time", "ends_on", "end_time", "time_zone", "fold"),
    *("status", "mode"),
)


class EventPage(GroupWork, SitePage):
    """A meeting, webinar or roundtable.

    The local dates and times together with the IANA zone are the truth; ``starts_at`` and
    ``ends_at`` are derived from them in UTC and are what queries use.
    """

    entity = "event"
    is_told = True
    card_template = "components/event_line.html"
    card_deferred = ("body",)
    findable_texts = ("body", "status_note", "venue", "interpretation")
    findable_related = (
        *GroupWork.findable_related,
        "agenda__person",
        "speakers__person",
        "documents",
    )

    class Kind(models.TextChoices):
        GROUP_MEETING = "group-meeting", _("working group meeting")
        ADVISORY_BOARD = "advisory-board", _("Advisory Board meeting")
        WEBINAR = "webinar", _("webinar")
        ROUNDTABLE = "roundtable", _("roundtable")
        WORKSHOP = "workshop", _("workshop")
        KNOWLEDGE_WEEK = "knowledge-week", _("knowledge week")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        SAVE_THE_DATE = "save-the-date", _("save the date")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    class Mode(models.TextChoices):
        ONLINE = "online", _("online")
        IN_PERSON = "in-person", _("in person")
        HYBRID = "hybrid", _("online and in person")

    class Recording(models.TextChoices):
        UNDECIDED = "", _("not known yet")
        PROCESSING = "processing", _("coming soon")
        AVAILABLE = "available", _("available")
        NONE = "none", _("none will come")

    class Fold(models.IntegerChoices):
        FIRST = 0, _("the first time, before the clocks go back")
        SECOND = 1, _("the second time, after the clocks went back")

    kinds = Kind

    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.SCHEDULED)
    status_note = models.CharField(
        _("note on the status"),
        max_length=200,
        blank=True,
        help_text=_("Why, and what comes next."),
    )
    starts_on = models.DateField(_("begins on"), null=True)
    start_time = models.TimeField(_("at"), null=True)
    ends_on = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("Empty: on the same day.")
    )
    end_time = models.TimeField(_("at"), null=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=63,
        validators=[validate_time_zone],
        help_text=_("The zone in which you plan: Africa/Nairobi."),
    )
    fold = models.PositiveSmallIntegerField(
        _("when the clocks go back"),
        choices=Fold,
        default=Fold.FIRST,
        help_text=_("Only matters when this time happens twice on that day."),
    )
    starts_at = models.DateTimeField(_("begins (UTC)"), null=True, editable=False)
    ends_at = models.DateTimeField(_("ends (UTC)"), null=True, editable=False)
    mode = models.CharField(_("takes place"), max_length=10, choices=Mode, default=Mode.ONLINE)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    interpretation = models.CharField(
        _("languages and interpretation"),
        max_length=200,
        blank=True,
        help_text=_("English and French, with interpretation."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    recording = models.CharField(
        _("recording"), max_length=10, choices=Recording, blank=True, default=Recording.UNDECIDED
    )
    recording_url = models.URLField(_("address of the recording"), blank=True)
    recording_minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True
    )
    transcript = models.ForeignKey(
        SiteDocument,
        verbose_name=_("captions or transcript"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    project = models.ForeignKey(
        ProjectPage,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )

    content_panels = [
        FieldPanel("kind"),
        *SitePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("ends_on"), FieldPanel("end_time")]),
                FieldPanel("time_zone"),
                FieldPanel("fold"),
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_note")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("mode"), FieldPanel("venue")]),
                FieldPanel("interpretation"),
            ],
            heading=_("Where and how"),
        ),
        FieldPanel("tells_registered", disable_comments=True),
        FieldPanel("body"),
        InlinePanel("agenda", heading=_("Agenda"), label=_("item")),
        InlinePanel("speakers", heading=_("Speakers"), label=_("speaker")),
        MultiFieldPanel(
            [
                FieldPanel("recording"),
                FieldRowPanel([FieldPanel("recording_url"), FieldPanel("recording_minutes")]),
                FieldPanel("transcript"),
                InlinePanel("documents", heading=_("Documents"), label=_("document")),
            ],
            heading=_("Afterwards"),
        ),
    ]
    tag_panels = [*SitePage.tag_panels, FieldPanel("group"), FieldPanel("project")]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields(
            "agenda", [index.SearchField("title"), index.SearchField("contributor_name")]
        ),
        index.RelatedFields("speakers", [index.SearchField("shown_name")]),
        index.FilterField("starts_at"),
        index.FilterField("status"),
        index.FilterField("recording"),
    ]

    base_form_class = EventPageForm
    tells_registered = True  # of the version that is saved next

    parent_page_types = ["events.EventIndexPage", "working_groups.WorkingGroupPage"]
    subpage_types: list[str] = []

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["starts_at"], name="events_by_start"),
            models.Index(fields=["group", "starts_at"], name="events_by_group_and_start"),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_event_ends_after_it_begins",
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="an_available_recording_has_an_address",
                condition=~Q(recording="available") | ~Q(recording_url=""),
                violation_error_message=_("Give the address of the recording."),
            ),
        ]

    def clean(self):
        super().clean()
        self._check_years()
        try:
            starts_at, ends_at = self.instants()
        except rules.LocalTimeError as error:
            missing = "start_time" if error.local == self._local(self.starts_on) else "end_time"
            words = times.gap_words(error, self.time_zone)
            raise ValidationError({missing: words}) from error
        if starts_at and ends_at and ends_at <= starts_at:
            raise ValidationError({"end_time": _("The event ends before it begins.")})
        if starts_at and ends_at and ends_at - starts_at > rules.LONGEST:
            raise ValidationError({"ends_on": _("An event lasts at most 31 days.")})

    def save(self, *args, **kwargs):
        self._follow_first_page()
        self.starts_at, self.ends_at = self.instants()
        self.date = self.starts_on
        super().save(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        revision = super().save_revision(*args, **kwargs)
        QuietRevision.objects.choose(revision, is_quiet=not self.tells_registered)
        return revision

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | sections.context(self, request, timezone.now())

    def all_speakers(self) -> list:
        """Return the speakers in their order, with what a line about each shows; read once."""
        if not hasattr(self, "_speakers"):
            related = ("person", "person__photo", "person__country", "person__organisation")
            self._speakers = list(self.speakers.select_related(*related))
        return self._speakers

    def card_context(self, around: Surroundings) -> dict:
        return {"event": lines.event_line(self, around.time_zone)}

    def findable(self) -> Findable:
        """Add its agenda, who speaks, its documents, and whether it can be watched."""
        said = super().findable()
        agenda, speakers = self.agenda.all(), self.speakers.all()
        people = [part.person.slug for part in (*speakers, *agenda) if part.person]
        transcript = [self.transcript_id] if self.transcript_id else []
        return replace(
            said,
            people=[*said.people, *people],
            names=[*said.names, *(speaker.name for speaker in speakers if speaker.name)],
            offers=[
                *said.offers,
                *transcript,
                *(paper.document_id for paper in self.documents.all()),
            ],
            has_recording=self.recording == self.Recording.AVAILABLE,
        ).with_text(
            *(text for item in agenda for text in (item.title, item.contributor_name)),
            *(speaker.affiliation for speaker in speakers),
        )

    def noted(self) -> noted.Noted:
        """Return what is kept of the meeting beside its pages; asked for once."""
        if not hasattr(self, "_noted"):
            self._noted = noted.noted(self.translation_key)
        return self._noted

    def json_ld(self, request) -> list[dict]:
        return [structured_data.event(happening(self, request, self.noted().moved_from))]

    def state_at(self, now: datetime.datetime) -> times.State:
        """Return how the event stands, in words; groups show it beside their next meeting."""
        return times.state(self, now)

    def _follow_first_page(self) -> None:
        """Be held as the page says of which this is a translation: a meeting has one hour."""
        others = EventPage.objects.filter(translation_key=self.translation_key, live=True)
        if self.pk is not None:
            others = others.filter(pk__lt=self.pk)
        first = others.order_by("pk").values(*HELD).first()
        for name, value in (first or {}).items():
            setattr(self, name, value)

    def _check_years(self) -> None:
        for name in ("starts_on", "ends_on"):
            day = getattr(self, name)
            if day and not rules.FIRST_YEAR <= day.year <= rules.LAST_YEAR:
                raise ValidationError({name: _("Check the year.")})

    def _local(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, self.start_time)

    def instants(self) -> tuple[datetime.datetime | None, datetime.datetime | None]:
        """Return begin and end in UTC; ``None`` while a draft does not have them yet."""
        planned_in = zone(self.time_zone)
        if not (self.starts_on and self.start_time and planned_in):
            return None, None
        starts_at = rules.to_utc(self._local(self.starts_on), planned_in, self.fold)
        if not self.end_time:
            return starts_at, None
        last_day = self.ends_on or self.starts_on
        ends = datetime.datetime.combine(last_day, self.end_time)
        return starts_at, rules.end_to_utc(ends, planned_in, starts_at, self.fold)


class AgendaItem(Orderable):
    """One point of the agenda, with its own place in the recording."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(_("title"), max_length=200)
    person = models.ForeignKey(
        Person,
        verbose_name=_("contributor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contributor_name = models.CharField(_("or name and institution"), max_length=200, blank=True)
    recording_url = models.URLField(_("address in the recording"), blank=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("person"), FieldPanel("contributor_name")]),
        FieldPanel("recording_url"),
    ]


class Speaker(Orderable):
    """Somebody who speaks or moderates."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appearances",
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    part = models.CharField(
        _("as"), max_length=80, blank=True, help_text=_("Speaker, moderator, discussant.")
    )

    panels = [
        FieldRowPanel([FieldPanel("person"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("affiliation"), FieldPanel("part")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                name="a_speaker_is_a_person_or_a_name",
                condition=Q(person__isnull=False) | ~Q(name=""),
                violation_error_message=_("Choose a person or type a name."),
            )
        ]

    @property
    def shown_name(self) -> str:
        """The name that readers see."""
        return self.person.name if self.person_id else self.name


class EventDocument(Orderable):
    """Slides, minutes, background papers."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        SiteDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    label = models.CharField(_("what readers see"), max_length=150, blank=True)
