"""What the tags and filters of the design give to templates."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from pages.templatetags.design import (
    cells,
    form_errors,
    lang_attrs,
    language_note,
    share_url,
    stylesheet,
    tint,
)


@pytest.mark.parametrize(
    ("active", "language", "expected"),
    [
        ("en", "fr", ' lang="fr" dir="ltr"'),
        ("en", "ar", ' lang="ar" dir="rtl"'),
        ("ar", "en", ' lang="en" dir="ltr"'),
        ("en", "en", ""),
        ("en", "en-gb", ""),
        ("fr", "", ""),
        ("fr", None, ""),
    ],
)
def test_text_in_another_language_says_so(active, language, expected):
    with translation.override(active):
        assert lang_attrs(language) == expected


def test_a_language_from_a_form_cannot_leave_its_attribute():
    with translation.override("en"):
        assert '"><script' not in lang_attrs('x"><script>')


def test_a_reader_is_told_the_language_of_an_item_only_when_it_is_not_theirs():
    with translation.override("en"):
        assert language_note("es") == "in Spanish"
        assert language_note("en") == ""
        assert language_note("tlh") == "in tlh"


def test_known_regions_keep_their_colour_and_unknown_slugs_get_one():
    assert tint("africa") == "tint-1"
    assert tint("a-theme-of-tomorrow") == tint("a-theme-of-tomorrow")
    assert tint("a-theme-of-tomorrow").startswith("tint-")


def test_the_page_links_one_stylesheet():
    assert stylesheet() == '<link rel="stylesheet" href="/static/css/site.css">'


def test_a_drawing_is_hidden_from_those_who_listen():
    html = Template("{% load design %}{% tessellation 'asia' %}").render(Context())
    assert 'aria-hidden="true"' in html
    assert "tint-2" in html


class Question(forms.Form):
    name = forms.CharField(label="Full name")

    def clean(self):
        raise forms.ValidationError("Nothing was sent.")


def test_each_error_leads_to_its_field():
    found = form_errors(Question({}))
    assert found[0] == {"message": "Nothing was sent.", "href": ""}
    assert found[1]["field"] == "Full name"
    assert found[1]["href"] == "#id_name"


def test_cells_know_the_columns_that_hold_numbers():
    columns = [{"label": "Policy"}, {"label": "Pages", "numeric": True}]
    assert [cell["numeric"] for cell in cells(["Open access", 12], columns)] == [False, True]


@pytest.mark.parametrize("service", ["linkedin", "facebook", "whatsapp", "mail"])
def test_shared_addresses_are_escaped(service):
    address = share_url(service, "https://example.org/?a=1&b=2", "Who & why")
    assert "a%3D1%26b%3D2" in address
    assert " " not in address
