"""Lists of members that came from another system, and members who were two and became one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .member import Member


class MemberImport(models.Model):
    """One uploaded list: first tried, which changes nothing, then imported row by row.

    ``columns`` says as what each heading was understood; what was understood of the rows that wait
    stands in ``ImportRow``. A list is open while somebody has to say which columns hold what.
    """

    class State(models.TextChoices):
        OPEN = "open", _("columns to be chosen")
        TRIED = "tried", _("tried")
        RUNNING = "running", _("running")
        DONE = "done", _("imported")

    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done_rows = models.PositiveIntegerField(_("rows done"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="no_import_does_more_rows_than_it_has",
                condition=models.Q(done_rows__lte=models.F("rows")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"


class ImportFile(models.Model):
    """The list itself, as long as its columns can still be read otherwise, and a day at most.

    It knows people of whom nothing else here says so: with whoever is erased, it goes too.
    """

    source = models.OneToOneField(MemberImport, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.source)


class ImportRow(models.Model):
    """One row of a list and its fate: what will happen, and once it is done, what has.

    ``person`` holds what was understood until the row is done or given up, and nothing after;
    ``digest`` is the keyed hash of its address, by which whoever is erased is found here too.
    """

    class Fate(models.TextChoices):
        NEW = "new", _("new")
        MERGED = "merged", _("completes what we know")
        KNOWN = "known", _("known already")
        REFUSED = "refused", _("refused")

    class Why(models.TextChoices):
        BROKEN = "broken", _("The row is broken: a quotation mark is never closed.")
        TOO_MANY = "too-many", _("The row has more cells than there are columns.")
        TOO_LONG = "too-long", _("A cell is too long.")
        CONTROL = "control", _("The name or the address holds signs that no text has.")
        NO_NAME = "no-name", _("There is no name.")
        NO_ADDRESS = "no-address", _("There is no e-mail address, or it is none.")
        SEVERAL = "several", _("There are several e-mail addresses in one cell.")
        SUPPRESSED = "suppressed", _("This address must not be written to, or was erased.")
        TWICE = "twice", _("The same address stands in an earlier row.")
        LEAVING = "leaving", _("This member has asked to be erased.")
        MERGED_BEFORE = "merged-before", _("This address belongs to a member under another one.")
        ERASED = "erased", _("The person was erased meanwhile.")
        FAILED = "failed", _("The row could not be written.")
        PARTLY = "partly", _("A country, term, group, language or date was not understood.")

    source = models.ForeignKey(MemberImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))
    person = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    why = models.CharField(_("why"), max_length=15, choices=Why, blank=True)
    same_as = models.PositiveIntegerField(null=True, blank=True)
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="one_fate_per_row"),
            models.CheckConstraint(
                name="a_refused_row_says_why",
                condition=~models.Q(fate="refused") | ~models.Q(why=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["source", "number"],
                name="rows_to_import",
                condition=models.Q(is_done=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.number} {self.fate}"


class FormerAddress(models.Model):
    """An address that a member gave up when two memberships became one, as a keyed hash.

    An old list in which it stands then meets the member, and makes no second one.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="former_addresses")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} {self.at:%Y-%m-%d}"


class TwoPeople(models.Model):
    """Two members who look like one and are not, as the secretariat said."""

    one = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_people_once"),
            models.CheckConstraint(
                name="two_people_in_order", condition=models.Q(one__lt=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
