"""Every database starts with the same vocabularies, and editors’ changes to them stay."""

import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import translation
from django_countries import countries

from taxonomy.actions import country_regions, load_vocabularies
from taxonomy.models import Country, Region, Sector, Theme

pytestmark = pytest.mark.django_db

REGIONS = ["africa", "asia", "eca", "lac", "mena", "global"]


def test_a_new_database_has_the_regions_in_the_order_of_the_menu():
    assert list(Region.objects.values_list("slug", flat=True)) == REGIONS


def test_a_new_database_has_themes_sectors_and_every_country():
    assert Theme.objects.count() == 10
    assert Sector.objects.count() == 8
    assert Country.objects.count() == len(countries)


def test_every_iso_country_is_mapped():
    assert set(country_regions()) == {code for code, _name in countries}


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [("NA", "Namibia", "africa"), ("NO", "Norway", None), ("KE", "Kenya", "africa")],
)
def test_codes_that_look_like_other_things_are_countries(code, name, region):
    country = Country.objects.select_related("region").get(code=code)
    assert country.name == name
    assert (country.region and country.region.slug) == region


@pytest.mark.parametrize("model", [Region, Theme, Sector])
@pytest.mark.parametrize("language", ["fr", "es", "pt", "ar"])
def test_every_term_has_a_name_in_every_language(model, language):
    assert not model.objects.filter(**{f"name_{language}": ""}).exists()


def test_a_country_has_a_name_in_the_language_of_the_reader():
    with translation.override("fr"):
        assert Country.objects.get(code="DE").label == "Allemagne"


@pytest.mark.parametrize(
    ("language", "label"), [("en", "ECA"), ("fr", "EAC"), ("ar", "أوروبا وآسيا الوسطى")]
)
def test_a_region_has_a_short_name_in_the_language_of_the_reader(language, label):
    with translation.override(language):
        assert Region.objects.get(slug="eca").short_label == label


def test_loading_again_adds_nothing():
    assert load_vocabularies() == 0


def test_loading_again_keeps_what_editors_changed():
    theme = Theme.objects.get(slug="climate-action")
    theme.name, theme.sort_order = "Climate", 99
    theme.save()
    Country.objects.filter(code="TR").update(region=Region.objects.get(slug="mena"))

    call_command("load_vocabularies")

    theme.refresh_from_db()
    assert (theme.name, theme.sort_order) == ("Climate", 99)
    assert Country.objects.get(code="TR").region.slug == "mena"


def test_loading_again_brings_back_what_is_missing():
    Sector.objects.get(slug="health").delete()
    assert load_vocabularies() == 1
    assert Sector.objects.get(slug="health").name_es == "Salud"


def test_loading_in_another_language_gives_the_same_names():
    Country.objects.get(code="DE").delete()
    with translation.override("fr"):
        load_vocabularies()
    assert Country.objects.get(code="DE").name == "Germany"


def test_the_migration_goes_back_and_forth():
    migration = importlib.import_module("taxonomy.migrations.0003_vocabularies")
    migration.unload(apps, None)
    assert not Country.objects.exists()
    assert not Region.objects.exists()
    migration.load(apps, None)
    assert Country.objects.get(slug="na").region.slug == "africa"
