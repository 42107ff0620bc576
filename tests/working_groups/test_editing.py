"""Writing in the admin: what is filled in already, and what is asked for before submitting."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from events.models import EventPage
from knowledge.models import ResourcePage
from pages.settings import SiteSettings

COMPLETE = "A summary in one sentence."


def post_form(network, **changes) -> dict:
    """Return a form for a post that may be submitted, with changes."""
    data = {
        "title": "A post",
        "slug": "a-post",
        "kind": "blog",
        "summary": COMPLETE,
        "language": "en",
        "body": streamfield([("paragraph", rich_text("<h2>First</h2><p>Words</p>"))]),
        "sources": rich_text(""),
        "page_authors": inline_formset([]),
        "comments": inline_formset([]),
        "themes": [network.theme.pk],
        "regions": [network.region.pk],
        "countries": "",
    }
    data |= changes
    ticked = {name: data.pop(name) for name in ("themes", "regions")}
    return nested_form_data(data) | ticked


def save(network, user, parent, data, *, button=None, kind="blog/blogpage"):
    if button:
        data = data | {f"action-{button}": "1"}
    return network.client(user).post(f"/admin/pages/add/{kind}/{parent.pk}/", data)


def edit(network, user, page, data, *, button=None):
    if button:
        data = data | {f"action-{button}": "1"}
    return network.client(user).post(f"/admin/pages/{page.pk}/edit/", data)


def test_a_complete_post_is_submitted_in_one_go(network):
    response = save(network, network.amina, network.africa, post_form(network), button="submit")
    assert response.status_code == 302
    page = BlogPage.objects.get(slug="a-post")
    assert page.current_workflow_task.name == "the Secretariat"
    assert page.group == network.africa
    assert not page.live


def test_an_address_left_empty_follows_from_the_title(network):
    form = post_form(network, title="Who repairs the well?", slug="")
    assert save(network, network.amina, network.africa, form, button="submit").status_code == 302
    assert BlogPage.objects.get(slug="who-repairs-the-well").current_workflow_task


def test_a_second_page_of_the_same_title_gets_an_address_of_its_own(network):
    save(network, network.amina, network.africa, post_form(network))
    response = save(network, network.amina, network.africa, post_form(network), button="submit")
    assert response.status_code == 302
    assert BlogPage.objects.get(slug="a-post-2").current_workflow_task


def test_an_address_that_was_chosen_and_is_taken_is_refused(network):
    save(network, network.amina, network.africa, post_form(network))
    chosen = post_form(network, title="Another title")
    response = save(network, network.amina, network.africa, chosen, button="submit")
    assert "already in use" in response.content.decode()


def test_a_co_chair_who_presses_publish_only_saves(network):
    save(network, network.amina, network.africa, post_form(network), button="publish")
    page = BlogPage.objects.get(slug="a-post")
    assert not page.live


ADVICE = {
    "summary": ({"summary": ""}, "Write a summary"),
    "theme": ({"themes": []}, "Tick at least one theme"),
    "place": ({"regions": []}, "which part of the world"),
    "headings": (
        {"body": streamfield([("paragraph", rich_text("<h3>Too deep</h3><p>Words</p>"))])},
        "The headings skip a level",
    ),
}


@pytest.mark.parametrize(("changes", "advice"), ADVICE.values(), ids=ADVICE)
def test_what_is_missing_is_named_on_submitting_and_never_on_saving(network, changes, advice):
    data = post_form(network, **changes)
    refused = save(network, network.amina, network.africa, data, button="submit")
    assert refused.status_code == 200
    assert advice in refused.content.decode()
    assert not BlogPage.objects.exists()
    assert save(network, network.amina, network.africa, data).status_code == 302
    page = BlogPage.objects.get()
    refused = edit(network, network.amina, page, data, button="submit")
    assert advice in refused.content.decode()
    assert edit(network, network.amina, page, data).status_code == 302


def test_publishing_asks_the_same_of_the_secretariat(network):
    data = post_form(network, summary="")
    refused = save(network, network.sara, network.africa, data, button="publish")
    assert "Write a summary" in refused.content.decode()
    data = post_form(network)
    assert save(network, network.sara, network.africa, data, button="publish").status_code == 302
    assert BlogPage.objects.get().live


def test_announcements_need_no_theme(network):
    data = post_form(network, kind="announcement", themes=[])
    assert save(network, network.amina, network.africa, data, button="submit").status_code == 302


def test_autosave_is_never_stopped_by_advice(network):
    data = post_form(network, summary="", themes=[], regions=[])
    response = network.client(network.amina).post(
        f"/admin/pages/add/blog/blogpage/{network.africa.pk}/",
        data,
        headers={"accept": "application/json"},
    )
    assert response.json()["success"] is True


def test_a_refusal_is_not_held_up_by_what_is_missing(network):
    page = network.post(network.africa, "Incomplete", owner=network.amina)
    page.get_workflow().start(page, network.amina)
    data = post_form(network, summary="") | {
        "action-workflow-action": "true",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": '{"comment": "Write a summary first."}',
    }
    assert edit(network, network.sara, page, data).status_code == 302
    assert page.current_workflow_state.status == "needs_changes"


def test_approving_from_the_editor_asks_for_what_is_missing(network):
    page = network.post(network.africa, "Incomplete", owner=network.amina)
    page.get_workflow().start(page, network.amina)
    data = post_form(network, summary="") | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    assert "Write a summary" in edit(network, network.sara, page, data).content.decode()


# The group and other pages --------------------------------------------------------------------


def test_the_tree_decides_about_the_group(network):
    data = post_form(network) | {"group": network.asia.pk}
    save(network, network.amina, network.africa, data)
    page = BlogPage.objects.get()
    assert page.group == network.africa
    edit(network, network.amina, page, data)
    assert page.get_latest_revision_as_object().group == network.africa
    save(network, network.sara, network.africa, data | {"slug": "second"})
    assert BlogPage.objects.get(slug="second").group == network.africa


def test_the_secretariat_chooses_a_group_for_its_own_posts(network):
    save(network, network.sara, network.blog, post_form(network) | {"group": network.asia.pk})
    assert BlogPage.objects.get().group == network.asia


def test_a_draft_of_another_group_cannot_be_named_by_its_number(network):
    foreign = network.post(network.asia, "Theirs")
    data = post_form(network) | {"about": foreign.pk}
    response = save(network, network.amina, network.africa, data)
    assert "belongs to another group" in response.content.decode()


def test_a_product_is_not_filed_under_other_groups_by_a_co_chair(network):
    form = network.client(network.amina).get(
        f"/admin/pages/add/knowledge/resourcepage/{network.africa.pk}/"
    )
    assert b'name="other_groups"' not in form.content
    assert (
        b'name="other_groups"'
        in network.client(network.sara)
        .get(f"/admin/pages/add/knowledge/resourcepage/{network.africa.pk}/")
        .content
    )


def test_products_need_a_licence_before_they_are_submitted(network):
    data = nested_form_data(
        {
            "title": "A guide",
            "slug": "a-guide",
            "kind": "guide",
            "summary": COMPLETE,
            "language": "en",
            "status": "published",
            "licence": "",
            "body": streamfield([]),
            "page_authors": inline_formset([]),
            "resource_files": inline_formset([]),
            "comments": inline_formset([]),
            "countries": "",
        }
    )
    data |= {"themes": [network.theme.pk], "regions": [network.region.pk]}
    kind = "knowledge/resourcepage"
    refused = save(network, network.amina, network.africa, data, button="submit", kind=kind)
    assert "Choose a licence" in refused.content.decode()
    data["licence"] = "CC-BY-4.0"
    done = save(network, network.amina, network.africa, data, button="submit", kind=kind)
    assert done.status_code == 302
    assert ResourcePage.objects.get().group == network.africa


# What is filled in ----------------------------------------------------------------------------


def first_values(network, user, parent, kind):
    """Return the page with which the empty form begins."""
    response = network.client(user).get(f"/admin/pages/add/{kind}/{parent.pk}/")
    return response.context["form"]


def test_the_author_language_group_and_tags_are_filled_in(network):
    network.asia.regions.add(network.region)
    network.asia.themes.add(network.theme)
    network.asia.save()
    form = first_values(network, network.arif, network.asia, "blog/blogpage")
    page = form.instance
    assert page.group == network.asia
    assert page.language == "fr"
    assert [author.person.name for author in page.page_authors.all()] == ["Arif"]
    assert form["regions"].value() == [network.region.pk]
    assert form["themes"].value() == [network.theme.pk]


def test_meetings_begin_with_the_zone_of_the_group(network):
    form = first_values(network, network.amina, network.africa, "events/eventpage")
    assert form["time_zone"].value() == "Africa/Nairobi"


def test_workplans_begin_with_the_allocation_of_the_site(network):
    form = first_values(network, network.amina, network.africa, "working_groups/workplanpage")
    assert form["allocation"].value() == SiteSettings().workplan_allocation


def test_the_filled_in_author_is_saved(network):
    form = first_values(network, network.amina, network.africa, "blog/blogpage")
    (author,) = form.instance.page_authors.all()
    data = post_form(
        network,
        page_authors=inline_formset(
            [{"id": "", "person": author.person.pk, "name": ""}], initial=1
        ),
    )
    assert save(network, network.amina, network.africa, data).status_code == 302
    assert BlogPage.objects.get().page_authors.get().person == author.person


def test_a_page_of_the_secretariat_has_no_group(network):
    form = first_values(network, network.sara, network.blog, "blog/blogpage")
    assert form.instance.group is None


def test_an_event_of_a_group_is_saved_as_an_unfinished_draft(network):
    data = nested_form_data(
        {
            "title": "Save the date",
            "slug": "save-the-date",
            "kind": "group-meeting",
            "status": "save-the-date",
            "mode": "online",
            "language": "en",
            "time_zone": "Africa/Nairobi",
            "fold": "0",
            "body": streamfield([]),
            "agenda": inline_formset([]),
            "speakers": inline_formset([]),
            "documents": inline_formset([]),
            "comments": inline_formset([]),
            "countries": "",
        }
    )
    response = save(network, network.amina, network.africa, data, kind="events/eventpage")
    assert response.status_code == 302
    assert EventPage.objects.get().group == network.africa
    assert not Page.objects.get(slug="save-the-date").live
