"""Tests that really commit leave the database as the migrations made it, in this order of tests."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Locale


@pytest.mark.django_db
def test_first_a_browser_runs_and_django_changes_its_connection(browser):
    assert Locale.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_then_a_test_really_commits():
    Locale.objects.create(language_code="xx")


def test_what_the_migrations_wrote_is_there_afterwards_and_nothing_else(django_db_blocker):
    with django_db_blocker.unblock():
        assert Locale.objects.filter(language_code="en").exists()
        assert not Locale.objects.filter(language_code="xx").exists()
        assert Permission.objects.filter(codename="submit_translation").exists()
