"""Holds an editor’s page against the rules that come before submitting, and says it in words."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from . import rules
from .rules import Content, Missing

ASKING_ACTIONS = ("action-publish", "action-submit", "action-restart-workflow")

# The field that shows the advice, and the advice.
ADVICE: dict[Missing, tuple[str, str]] = {
    Missing.SUMMARY: (
        "summary",
        _(
            "Write a summary of one or two sentences. It stands under the title in lists, in "
            "search results and where people share the page."
        ),
    ),
    Missing.THEME: (
        "themes",
        _("Tick at least one theme (tab “Tags”). Readers find the page under it."),
    ),
    Missing.PLACE: (
        "regions",
        _(
            "Say which part of the world this is about (tab “Tags”): tick a region, name a "
            "country, or tick “Global”."
        ),
    ),
    Missing.ALT_TEXT: (
        "body",
        _(
            "An image in the text has no description. Say in a few words what it shows, or mark "
            "it as decorative if nothing is lost without it."
        ),
    ),
    Missing.LICENCE: (
        "licence",
        _("Choose a licence, so that readers know how they may use this."),
    ),
    Missing.LANGUAGE: ("language", _("Say in which language this is written (tab “Tags”).")),
    Missing.TIME_ZONE: (
        "time_zone",
        _("Choose the time zone in which you plan, such as Africa/Nairobi."),
    ),
    Missing.HEADING_ORDER: (
        "body",
        _(
            "The headings skip a level. Begin with “Heading 2” and put “Heading 3” only below a "
            "“Heading 2”: people who listen to the page find their way by them."
        ),
    ),
}


def asks_for_reading(data: QueryDict) -> bool:
    """Say whether this form asks others to read or to publish the page.

    Saving a draft, autosave, previews, refusals and withdrawals ask for nothing.
    """
    if any(data.get(action) for action in ASKING_ACTIONS):
        return True
    return bool(data.get("action-workflow-action")) and (
        data.get("workflow-action-name") == "approve"
    )


def check(form: forms.ModelForm) -> None:
    """Add an error with advice to the form for everything that is missing."""
    for missing in rules.missing_before_submitting(content_of(form)):
        field, advice = ADVICE[missing]
        if field not in form.errors:
            form.add_error(field if field in form.fields else None, advice)


def content_of(form: forms.ModelForm) -> Content:
    """Return what the rules look at, from what was typed or, where not asked for, the page."""
    page, typed = form.instance, form.cleaned_data

    def value(name: str):
        return typed.get(name) if name in form.fields else getattr(page, name, "")

    blocks = list(value("body") or ())
    return Content(
        entity=page.entity,
        kind=value("kind") or "",
        summary=value("summary") or "",
        themes=_how_many(value("themes")),
        places=_how_many(value("regions")) + _how_many(value("countries")),
        licence=value("licence") or "",
        language=value("language") or "",
        time_zone=value("time_zone") or "",
        undescribed_images=_undescribed_images(blocks),
        headings=_headings(blocks),
    )


def _how_many(terms) -> int:
    return len(terms.all()) if hasattr(terms, "all") else len(terms or ())


def _undescribed_images(blocks: Iterable) -> int:
    images = [block.value.get("image") for block in blocks if block.block_type == "figure"]
    return sum(
        1 for image in images if image and not image.decorative and not image.contextual_alt_text
    )


def _headings(blocks: Iterable) -> list[int]:
    paragraphs = [block.value.source for block in blocks if block.block_type == "paragraph"]
    return [level for source in paragraphs for level in rules.heading_levels(source)]
