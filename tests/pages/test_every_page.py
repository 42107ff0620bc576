"""Promises that each page type keeps, with no list of types: a new one is held to them at once."""

import re

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, get_page_models

from files.models import SiteImage
from home.actions import publish
from pages import card_lists
from pages.models import SitePage
from tests.factories.any_page import make_page

TYPES = [
    model
    for model in get_page_models()
    if issubclass(model, SitePage) and not model._meta.abstract and model is not SitePage
]


@pytest.fixture(params=TYPES, ids=lambda model: model._meta.label)
def page(request, home, now):
    """A live page of each type; the one that exists where there may be only one."""
    existing = request.param.objects.filter(locale=home.locale).first()
    made = existing or make_page(request.param, "A title of its own", home=home, live=False)
    publish(made, now)
    made.refresh_from_db()
    return made


def test_it_is_served_at_its_address(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert response.templates[0].name == page.template


def test_it_has_one_first_heading_and_says_its_language(client, page):
    html = client.get(page.get_url()).content.decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert '<html lang="en" dir="ltr">' in html


def test_it_says_what_it_is_to_other_sites(client, page):
    html = client.get(page.get_url()).content.decode()
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{page.get_url()}">' in html
    assert '<meta property="og:title"' in html


def test_it_opens_in_the_editor(admin_client, page):
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200


def test_its_draft_can_be_previewed(admin_client, page):
    page.title = "Only in the draft"
    page.save_revision()
    for mode, _label in page.preview_modes:
        draft = page.get_latest_revision_as_object()
        response = draft.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
        assert "Only in the draft" in response.rendered_content


def test_it_can_be_translated(page, now):
    french = Locale.objects.get(language_code="fr")
    translated = page.get_translation_or_none(french) or page.copy_for_translation(
        french, copy_parents=True
    )
    assert (translated.language, translated.kind) == ("fr", page.kind)


def test_its_line_can_be_drawn(page):
    line = card_lists.rendered([page.pk])[page.pk]
    assert page.title in line
    assert line.startswith("<li")


def test_a_missing_picture_does_not_break_it(client, page, now):
    image = make_image()
    page.listing_image = image
    publish(page, now)
    image.file.storage.delete(image.file.name)
    assert client.get(page.get_url()).status_code == 200


def make_image() -> SiteImage:
    """Return an image whose file is there; the test takes it away."""
    return SiteImage.objects.create(title="Gone", file=get_test_image_file())
