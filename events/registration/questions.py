"""What the form of an event asks beyond the usual."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from events.models import FormVersion

MOST = 12
USUAL = "needs"
NEEDS = gettext_noop(
    "Is there anything that you need to take part, such as captions or sign language?"
)
FOR_NEEDS = gettext_noop("making it possible for everybody to take part")


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    YES = "yes"


@dataclass(frozen=True)
class Question:
    """One question, with what its answer is for and for how long it is kept after the event."""

    id: str
    label: str
    kind: str = Kind.LINE.value
    help: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    purpose: str = ""
    retention_days: int = 30

    def field(self) -> forms.Field:
        """Return the field of a form that asks it."""
        usual = {"label": self.asks, "help_text": self._help(), "required": self.required}
        if self.kind == Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(max_length=2_000, widget=area, **usual)
        if self.kind == Kind.CHOICE:
            options = [("", "–"), *((option, option) for option in self.options)]
            return forms.ChoiceField(choices=options, **usual)
        if self.kind == Kind.YES:
            return forms.BooleanField(**usual)
        return forms.CharField(max_length=300, **usual)

    @property
    def asks(self) -> str:
        """The question as its reader reads it."""
        return _for_the_reader(self.label, NEEDS) if self.id == USUAL else self.label

    def words(self, answers: Mapping[str, object]) -> str:
        """Return what somebody answered to it, in words; empty where nothing was said."""
        said = answers.get(self.id)
        if said in (None, ""):
            return ""
        return str({True: _("yes"), False: _("no")}.get(said, said))

    def _help(self) -> str:
        """Return the help of a question and, always, what its answer is for."""
        is_ours = self.id == USUAL
        kept = _("We ask for: %(purpose)s. Deleted %(days)s days after the event.") % {
            "purpose": _for_the_reader(self.purpose, FOR_NEEDS) if is_ours else self.purpose,
            "days": self.retention_days,
        }
        return f"{self.help} {kept}".strip() if self.purpose else self.help


def usual_questions() -> list[Question]:
    """Return what a new form asks unless its organisers take it out, in the active language."""
    needs = Question(
        USUAL, gettext(NEEDS), kind=Kind.TEXT.value, purpose=gettext(FOR_NEEDS), retention_days=30
    )
    return [needs]


def _for_the_reader(kept: str, ours: str) -> str:
    """Return a text of ours in the active language; what organisers made of it stays theirs."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if gettext(ours) == kept:
                break
    else:
        return kept
    return gettext(ours)


def questions_of(version: FormVersion | None) -> list[Question]:
    """Return the questions of a form; an event without a form of its own asks none."""
    rows = version.questions if version else []
    return [Question(**{**row, "options": tuple(row.get("options", ()))}) for row in rows]


def as_rows(questions: Iterable[Question]) -> list[dict]:
    """Return questions as a version of the form keeps them."""
    return [{**asdict(question), "options": list(question.options)} for question in questions]


def answered(version: FormVersion | None, answers: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return ``(question, answer)`` in words, as far as something was answered."""
    said = [(question.asks, question.words(answers)) for question in questions_of(version)]
    return [(label, words) for label, words in said if words]
