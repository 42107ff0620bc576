"""Sample pages for measuring: the same for the same seed, sound, and written in bulk."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from accounts.models import User
from blog.models import BlogPage
from demo.populate import Places, plan_event, plan_page, populate
from events.models import EventPage
from knowledge.models import ResourcePage
from pages.models import SitePage

MODELS = (BlogPage, ResourcePage, EventPage)
PLACES = Places(
    groups=9,
    people=12,
    themes=("climate-action", "local-democracy", "subnational-finance"),
    sectors=("health", "education"),
    countries={"africa": ("ke", "na", "gh"), "asia": ("np", "id", "fj")},
)


def samples(model):
    return model.objects.filter(slug__startswith="sample-")


# Plans -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [plan_page, plan_event])
def test_the_same_seed_and_number_give_the_same_page(plan):
    assert plan(7, 3, PLACES) == plan(7, 3, PLACES)
    assert plan(7, 3, PLACES) != plan(8, 3, PLACES)


def test_pages_vary():
    plans = [plan_page(1, number, PLACES) for number in range(200)]
    assert {plan.language for plan in plans} == {"en", "fr", "es", "pt", "ar"}
    assert {plan.entity for plan in plans} == {"post", "product"}
    assert {plan.group for plan in plans} == {None, *range(9)}
    assert {country for plan in plans for country in plan.countries} == {
        *("ke", "na", "gh"),
        *("np", "id", "fj"),
    }
    assert len({plan.title for plan in plans}) > 150
    assert len({plan.day.year for plan in plans}) >= 11


@pytest.mark.parametrize("number", range(20))
def test_a_body_has_about_four_kilobytes(number):
    plan = plan_page(1, number, PLACES)
    size = len(json.dumps(plan.body, ensure_ascii=False).encode())
    assert 3_500 < size < 6_500
    assert "{" not in plan.title + plan.summary + "".join(str(b["value"]) for b in plan.body[:2])
    assert len(plan.summary) <= 300


def test_events_spread_over_twelve_years_in_many_zones():
    plans = [plan_event(1, number, PLACES) for number in range(300)]
    years = {plan.day.year for plan in plans}
    assert max(years) - min(years) >= 11
    assert len({plan.occasion.zone for plan in plans}) == 10
    assert {plan.occasion.status for plan in plans} == {"scheduled", "postponed", "cancelled"}


# Pages -----------------------------------------------------------------------------------------


@pytest.fixture
def populated(demo, db):
    populate(pages=40, events=20, seed=5)


@pytest.mark.usefixtures("populated")
def test_the_tree_is_sound():
    assert SitePage.objects.filter(slug__startswith="sample-").count() == 60
    assert not any(Page.find_problems())


@pytest.mark.usefixtures("populated")
def test_the_same_seed_adds_none_twice():
    assert populate(pages=40, events=20, seed=5) == 0
    assert populate(pages=50, events=20, seed=5) == 10
    assert populate(pages=5, events=0, seed=6) == 5


@pytest.mark.usefixtures("populated")
def test_saving_a_page_changes_nothing():
    """What saving would have written is there: values, index entry and references."""
    for model in MODELS:
        page = samples(model).first()
        base = ReferenceIndex._get_base_content_type(model)
        before = _traces(page, base)
        page.full_clean()
        page.save()
        assert _traces(model.objects.get(pk=page.pk), base) == before


def _traces(page, base):
    values = {
        field.attname: field.get_prep_value(field.value_from_object(page))
        for field in page._meta.concrete_fields
    }
    entries = IndexEntry.objects.filter(object_id=str(page.pk), content_type=base)
    references = ReferenceIndex.objects.filter(object_id=page.pk, base_content_type=base)
    return (
        values,
        list(entries.values_list("title", "body", "autocomplete")),
        set(references.values_list("to_content_type", "to_object_id", "content_path")),
    )


@pytest.mark.usefixtures("populated")
def test_sample_pages_are_found():
    page = samples(BlogPage).filter(language="en").first()
    assert page in BlogPage.objects.search(page.title)


@pytest.mark.usefixtures("populated")
@pytest.mark.parametrize("model", MODELS)
def test_a_sample_page_opens_on_the_site_and_in_the_editor(client, model):
    page = samples(model).first()
    assert client.get(page.url).status_code == 200
    client.force_login(User.objects.get(email="admin@example.org"))
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.usefixtures("demo")
def test_twice_as_many_pages_cost_few_more_queries(db):
    few, many = (_queries(pages=pages, seed=seed) for pages, seed in ((60, 11), (120, 12)))
    assert many - few < 40


def _queries(*, pages: int, seed: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        populate(pages=pages, events=0, seed=seed)
    return len(queries)


def test_sample_pages_need_the_demo(db):
    User.objects.filter(email="admin@example.org").update(email="nobody@example.org")
    with pytest.raises(CommandError, match="load_demo"):
        call_command("populate", "--pages", "1")
