"""The interface speaks every language of the site, whole and compiled."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

LOCALES = Path(settings.BASE_DIR) / "locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(params=LANGUAGES)
def catalogue(request) -> polib.POFile:
    return polib.pofile(str(LOCALES / request.param / "LC_MESSAGES" / "django.po"))


def test_every_text_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_translations_keep_their_placeholders(catalogue):
    lost = [
        entry.msgid
        for entry in catalogue.translated_entries()
        if not entry.msgid_plural
        and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert lost == []


def test_what_is_compiled_is_what_is_written(catalogue):
    compiled = polib.mofile(catalogue.fpath.removesuffix("po") + "mo")
    assert {(e.msgctxt, e.msgid, e.msgstr) for e in compiled} == {
        (e.msgctxt, e.msgid, e.msgstr) for e in catalogue.translated_entries()
    }
