"""The list of projects and the page of one project."""

import datetime

import pytest

from people.models import Organisation
from projects.sections import period
from tests.conftest import NOW
from tests.factories.content import make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group, make_project
from tests.outline import assert_good_outline, titles

pytestmark = pytest.mark.django_db


def test_a_project_names_its_partners_supporters_and_groups(client, home):
    project = make_project("Childcare", contact_email="childcare@example.org")
    partner = Organisation.objects.create(name="Example University")
    supporter = Organisation.objects.create(name="Example Foundation", url="https://example.org/")
    project.partners.create(organisation=partner, part="partner")
    project.partners.create(organisation=supporter, part="supporter")
    project.groups.set([make_group("Africa"), make_group("Gone", live=False)])
    project.save()
    html = client.get(project.get_url()).content.decode()
    assert "In partnership with" in html
    assert "Example University" in html
    assert "Supported by" in html
    assert '<a href="https://example.org/">Example Foundation</a>' in html
    assert '<a href="/groups/africa/">Africa</a>' in html
    assert "Gone" not in html
    assert "mailto:childcare@example.org" in html


def test_a_project_without_outputs_says_that_they_are_expected(client, home):
    project = make_project("Childcare")
    response = client.get(project.get_url())
    assert "The first outputs are expected." in response.content.decode()
    assert titles(response) == ["Outputs"]
    assert_good_outline(response)


def test_a_project_shows_outputs_news_and_events(client, home):
    project = make_project("Childcare")
    make_product("A brief", project=project)
    make_post("A post", project=project)
    make_event("A workshop", NOW, project=project)
    make_post("Something else")
    response = client.get(project.get_url())
    html = response.content.decode()
    assert titles(response) == ["Outputs", "News and posts", "Events"]
    for title in ("A brief", "A post", "A workshop"):
        assert title in html
    assert "Something else" not in html
    assert_good_outline(response)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (datetime.date(2025, 1, 1), datetime.date(2026, 6, 30), "January 2025 – June 2026"),
        (datetime.date(2025, 1, 1), None, "Since January 2025"),
        (None, datetime.date(2026, 6, 30), "Until June 2026"),
        (None, None, ""),
    ],
)
def test_the_period_says_what_is_known(starts_on, ends_on, words):
    assert period(starts_on, ends_on) == words


def test_the_list_says_when_there_are_no_projects(client, home):
    assert "No projects are listed yet" in client.get("/projects/").content.decode()


def test_lists_and_projects_cost_the_same_however_many_there_are(client, home, count_queries):
    project = make_project("Childcare")

    def grow(numbers):
        for number in numbers:
            make_project(f"Project {number}")
            make_post(f"Post {number}", project=project)
            make_product(f"Product {number}", project=project)

    grow(range(3))
    few = count_queries("/projects/"), count_queries(project.get_url())
    grow(range(3, 12))
    assert (count_queries("/projects/"), count_queries(project.get_url())) == few
    assert max(few) <= 12
