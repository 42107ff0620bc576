"""Previews of pages that are being written, before they were ever saved."""

import pytest
from wagtail.models import Page

from home.models import HomePage
from pages.models import StandardPage
from people.models import Organisation
from projects.models import ProjectPage
from tests.factories.groups import make_group, make_plan
from working_groups.models import WorkingGroupPage, WorkplanPage

pytestmark = pytest.mark.django_db

NEW_PAGES = [
    (WorkingGroupPage, {"short_name": "New", "kind": "regional-group"}),
    (WorkplanPage, {"year": 2026}),
    (ProjectPage, {}),
    (StandardPage, {}),
]


def begin(model, parent, **fields):
    """Return a page as the editor has it while somebody writes a new one below a parent."""
    page = model(title="Something new", slug="new", locale=parent.locale, **fields)
    page.set_url_path(parent)
    page.depth = parent.depth + 1
    page.path = Page._get_children_path_interval(parent.path)[1]
    return page


@pytest.mark.parametrize(("model", "fields"), NEW_PAGES)
def test_a_page_that_was_never_saved_can_be_previewed(home, model, fields):
    response = begin(model, home, **fields).make_preview_request()
    assert response.status_code == 200
    assert "Something new" in response.rendered_content


def test_a_preview_shows_what_is_not_saved_yet(home):
    plan = make_plan(make_group("Asia"))
    plan.gaps.add(plan.gaps.model(gap="Nobody knows", kind="evidence"))
    assert "Nobody knows" in plan.make_preview_request().rendered_content
    front = HomePage.objects.get(pk=home.pk)
    front.programmes.add(front.programmes.model(title="Advice", text="On request."))
    assert "Advice" in front.make_preview_request().rendered_content


def test_a_preview_of_a_project_names_its_new_partner(home):
    project = begin(ProjectPage, home)
    partner = Organisation.objects.create(name="Example University")
    project.partners.add(project.partners.model(organisation=partner))
    assert "Example University" in project.make_preview_request().rendered_content
