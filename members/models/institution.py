"""Institutions that apply for membership, and the members who work there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.querysets import AffiliationQuerySet
from people.models import Organisation, TermOfOffice
from taxonomy.models import Country, Theme

from .member import Member


class Request(models.Model):
    """What is asked of the secretariat for an institution, and what became of it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    submitted_at = models.DateTimeField(_("sent at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("answer"), max_length=1500, blank=True)

    class Meta:
        abstract = True
        ordering = ["-submitted_at"]


# A constraint is named by its table, so each says this under a name of its own.
SAYS_WHEN = models.Q(state__in=["new", "withdrawn"]) | models.Q(decided_at__isnull=False)


class Application(Request):
    """An institution asks to become a member; the secretariat decides."""

    applicant = models.ForeignKey(
        Member, null=True, on_delete=models.SET_NULL, related_name="applications"
    )
    name = models.CharField(_("name of the institution"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.SET_NULL
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")
    url = models.URLField(_("web address"), blank=True)
    about = models.TextField(_("what it does"), max_length=1500)
    position = models.CharField(_("your position there"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )

    class Meta(Request.Meta):
        verbose_name = _("application of an institution")
        verbose_name_plural = _("applications of institutions")
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "name"],
                condition=models.Q(state="new"),
                name="one_open_application_per_institution",
            ),
            models.CheckConstraint(
                name="a_decided_application_says_when",
                condition=SAYS_WHEN,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(TermOfOffice):
    """A member speaks for an institution or works there; a representative confirms staff.

    ``since`` is the day of the request until it is confirmed. What was ended gives no rights from
    that moment on; ``until`` alone, entered ahead, ends them with that day.
    """

    class Title(models.TextChoices):
        REPRESENTATIVE = "representative", _("representative")
        STAFF = "staff", pgettext_lazy("of an institution", "staff")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("ended")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="affiliations"
    )
    title = models.CharField(_("as"), max_length=15, choices=Title, default=Title.STAFF)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)

    objects = AffiliationQuerySet.as_manager()

    class Meta(TermOfOffice.Meta):
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            *TermOfOffice.Meta.constraints,
            models.CheckConstraint(
                name="an_ended_affiliation_says_when",
                condition=~models.Q(state="ended") | models.Q(until__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["member", "organisation"],
                condition=models.Q(until__isnull=True) & ~models.Q(state="declined"),
                name="one_open_affiliation_per_institution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.organisation}"


class PageChange(Request):
    """What a representative wants the institution’s page to say; the secretariat decides.

    It holds the whole of what can be changed: approving it makes the page say exactly this.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="page_changes"
    )
    proposed_by = models.ForeignKey(
        Member, null=True, on_delete=models.SET_NULL, related_name="page_changes"
    )
    about = models.TextField(_("what it does"), max_length=1500, blank=True)
    url = models.URLField(_("web address"), blank=True)
    logo = models.ForeignKey(
        "files.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(Request.Meta):
        verbose_name = _("change of an institution’s page")
        verbose_name_plural = _("changes of institutions’ pages")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state="new"),
                name="one_open_change_per_page",
            ),
            models.CheckConstraint(
                name="a_decided_change_says_when",
                condition=SAYS_WHEN,
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
