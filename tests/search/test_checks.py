"""A page type that forgets to say what search needs is named."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from pages.models import SitePage
from search.checks import ambiguous, check_page_types, missing


def test_every_page_type_of_the_site_declares_what_it_must():
    assert check_page_types() == []


@pytest.fixture
def forgetful():
    with isolate_apps("pages"):

        class ForgetfulPage(SitePage):
            entity = "Two words"
            notes = models.TextField()

            class Meta:
                app_label = "pages"

        yield ForgetfulPage


def test_who_forgot_is_named(forgetful):
    errors = {error.id: error.msg for error in missing(forgetful)}
    assert set(errors) == {"search.E001", "search.E002", "search.E003", "search.E005"}
    assert all("ForgetfulPage" in message for message in errors.values())
    assert "notes" in errors["search.E003"]
    assert "notes" in errors["search.E005"]


def test_who_declares_its_texts_forgot_nothing():
    with isolate_apps("pages"):

        class MindfulPage(SitePage):
            kinds = SitePage.Kind
            notes = models.TextField()
            findable_texts = ("notes",)
            search_fields = SitePage.search_fields

            class Meta:
                app_label = "pages"

    assert list(missing(MindfulPage)) == []


def test_a_text_that_is_none_is_named():
    with isolate_apps("pages"):

        class MistypedPage(SitePage):
            kinds = SitePage.Kind
            findable_texts = ("summary", "nots")

            class Meta:
                app_label = "pages"

    (error,) = missing(MistypedPage)
    assert error.id == "search.E006"
    assert "nots" in error.msg


def test_a_kind_with_two_meanings_is_named():
    with isolate_apps("pages"):

        class FirstPage(SitePage):
            entity = "first"
            kinds = models.TextChoices("Kind", "SAME")

            class Meta:
                app_label = "pages"

        class SecondPage(SitePage):
            entity = "second"
            kinds = models.TextChoices("Kind", "SAME")

            class Meta:
                app_label = "pages"

        (error,) = ambiguous([FirstPage, SecondPage])
    assert "SecondPage" in error.msg
    assert "first" in error.msg
