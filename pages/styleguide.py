"""The style guide at /styleguide/: every component in every state. For development and review.

The sample data stands in ``templates/styleguide/<component>.toml``; forms, which are objects, are
made here. A component without sample data fails a test.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# Parts of other components and the metadata of a page: nothing to look at on their own.
PARTS = {"facet_options", "metadata", "topics_bar_list"}
SAMPLE_PAGES = ("home", "group", "list", "event", "article")


@dataclass(frozen=True)
class Example:
    """One state of a component, rendered."""

    title: str
    language: str
    html: SafeString


@dataclass(frozen=True)
class Entry:
    """A component with its inputs and its states."""

    name: str
    inputs: str
    list_class: str
    examples: tuple[Example, ...]


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label=_("Full name"))
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("We send one message to confirm this address.")
    )
    organization = forms.CharField(label=_("Organization"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    interests = forms.MultipleChoiceField(
        label=_("What would you like to hear about?"),
        choices=[("africa", _("Africa")), ("subnational-finance", _("Subnational finance"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    message = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}))
    consent = forms.BooleanField(label=_("You may write to me about the work of the Alliance."))


def index(request: HttpRequest) -> HttpResponse:
    """Show all components; ``?language=ar`` shows them from right to left."""
    with translation.override(_language(request)):
        return render(request, "styleguide/index.html", {**furniture(), "entries": entries()})


def sample_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a whole page made of sample data."""
    if name not in SAMPLE_PAGES:
        raise Http404
    with translation.override(_language(request)):
        context = {**furniture(), **_samples("pages")[name]}
        return render(request, f"styleguide/{name}.html", context)


def entries() -> list[Entry]:
    """Return every component of ``templates/components`` with its examples."""
    return [_entry(name) for name in component_names()]


def component_names() -> list[str]:
    """Return the names of all components that can be looked at."""
    found = (template.stem for template in (_templates() / "components").glob("*.html"))
    return sorted(name for name in found if name not in PARTS)


def furniture() -> dict:
    """Return the menus and the footer of a sample page."""
    return {"navigation": _samples("site_header")["example"][0]["context"]["navigation"]}


def _entry(name: str) -> Entry:
    sample = _samples(name)
    examples = [*sample.get("example", []), *MADE_HERE.get(name, list)()]
    return Entry(
        name=name,
        inputs=_inputs(name),
        list_class=sample.get("list_class", ""),
        examples=tuple(_example(name, example) for example in examples),
    )


def _example(name: str, example: dict) -> Example:
    language = example.get("language", translation.get_language())
    with translation.override(language):
        html = render_to_string(f"components/{name}.html", example.get("context", {}))
    return Example(example["title"], language, html)


def _inputs(name: str) -> str:
    """Return the comment at the top of a component, which names its inputs."""
    source = (_templates() / "components" / f"{name}.html").read_text(encoding="utf-8")
    comments = (line for line in source.splitlines() if line.startswith("{#"))
    return " ".join(comment.removeprefix("{#").removesuffix("#}").strip() for comment in comments)


def _samples(name: str) -> dict:
    source = _templates() / "styleguide" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8")) if source.exists() else {}


def _templates() -> Path:
    return Path(settings.TEMPLATES[0]["DIRS"][0])


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _form_fields() -> list[dict]:
    empty = SampleForm(auto_id="empty_%s")
    refused = SampleForm({"email": "amina@example"}, auto_id="refused_%s")
    return [
        *({"title": field.name, "context": {"field": field}} for field in empty),
        *(
            {"title": f"{name}, with an error", "context": {"field": refused[name]}}
            for name in ("name", "email", "language", "consent")
        ),
    ]


def _form_summary() -> list[dict]:
    return [{"title": "From a form", "context": {"form": SampleForm({}, auto_id="refused_%s")}}]


MADE_HERE = {"form_field": _form_fields, "error_summary": _form_summary}

app_name = "styleguide"
urlpatterns = [
    path("", index, name="index"),
    path("pages/<slug:name>/", sample_page, name="page"),
]
