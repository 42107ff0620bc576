"""The vocabularies in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.actions import open_account
from taxonomy.models import Country, Region, Theme


@pytest.fixture
def secretariat(home) -> Client:
    user = open_account("sara@example.org", name="Sara")
    user.groups.add(Group.objects.get(name="Secretariat"))
    client = Client()
    client.force_login(user)
    return client


def test_the_order_of_terms_is_changed_by_dragging(secretariat):
    Theme.objects.all().delete()
    for place, name in enumerate(("First", "Second", "Third")):
        Theme.objects.create(name=name, slug=name.lower(), sort_order=place)
    third = Theme.objects.get(slug="third")
    address = f"/admin/snippets/taxonomy/theme/reorder/{third.pk}/?position=0"
    assert secretariat.post(address).status_code == 200
    assert [theme.slug for theme in Theme.objects.all()] == ["third", "first", "second"]


def test_a_term_is_added_with_its_names(secretariat):
    data = {
        "name": "Water",
        "slug": "water",
        "description": "",
        **{f"name_{code}": "" for code in ("fr", "es", "pt", "ar")},
        "name_fr": "Eau",
    }
    assert secretariat.post("/admin/snippets/taxonomy/theme/add/", data).status_code == 302
    assert Theme.objects.get(slug="water").name_fr == "Eau"


def test_a_country_is_moved_to_another_region(secretariat):
    region, _ = Region.objects.get_or_create(slug="asia", defaults={"name": "Asia"})
    country, _ = Country.objects.get_or_create(code="KE", defaults={"name": "Kenya"})
    data = {"name": "Kenya", "code": "KE", "region": region.pk}
    data |= {f"name_{code}": "" for code in ("fr", "es", "pt", "ar")}
    address = f"/admin/snippets/taxonomy/country/edit/{country.pk}/"
    assert secretariat.get(address).status_code == 200
    assert secretariat.post(address, data).status_code == 302
    country.refresh_from_db()
    assert country.region == region
