"""One command takes a new database to a site that editors can fill."""

import datetime

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from home.actions import SECTIONS, ensure_site
from home.models import HomePage
from pages.models import SiteSettings
from working_groups.permissions import SECRETARIAT

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


def test_the_home_page_takes_the_place_of_the_welcome_page():
    home = ensure_site(NOW)
    site = Site.objects.get(is_default_site=True)
    assert site.root_page_id == home.pk
    assert list(Page.objects.filter(depth=2)) == [home.page_ptr]
    assert home.slug == "home"


def test_every_section_is_published_in_the_order_of_the_menu():
    home = ensure_site(NOW)
    children = home.get_children().live().in_menu()
    assert [page.slug for page in children] == [section.slug for section in SECTIONS]
    assert {page.first_published_at for page in children} == {NOW}


def test_every_language_has_a_tree_to_come():
    ensure_site(NOW)
    codes = set(Locale.objects.values_list("language_code", flat=True))
    assert codes == {"en", "fr", "es", "pt", "ar"}


def test_settings_and_rights_are_there(django_user_model):
    ensure_site(NOW)
    site = Site.objects.get(is_default_site=True)
    assert SiteSettings.objects.filter(site=site).exists()
    editor = django_user_model.objects.create_user("e@example.org")
    editor.groups.add(editor.groups.model.objects.get(name=SECRETARIAT))
    assert editor.has_perm("wagtailadmin.access_admin")


def test_the_site_has_the_address_of_the_settings(settings):
    settings.SITE_ADDRESS = "https://www.example.org"
    ensure_site(NOW)
    assert Site.objects.get(is_default_site=True).root_url == "https://www.example.org"


def test_the_site_moves_to_another_address(settings):
    home = ensure_site(NOW)
    settings.SITE_ADDRESS = "http://127.0.0.1:8301"
    call_command("move_site")
    assert home.full_url == "http://127.0.0.1:8301/"


def test_setting_up_again_changes_nothing_that_editors_made():
    home = ensure_site(NOW)
    home.title = "Another title"
    home.save_revision().publish()
    home.get_children().get(slug="projects").delete()
    before = Page.objects.count()

    call_command("setup_site")

    assert HomePage.objects.get(pk=home.pk).title == "Another title"
    # Only the section that was missing comes back.
    assert Page.objects.count() == before + 1


def test_a_database_without_any_page_is_set_up_as_well():
    Site.objects.all().delete()
    Page.objects.all().delete()
    assert ensure_site(NOW).url is not None
    assert not any(Page.find_problems())
