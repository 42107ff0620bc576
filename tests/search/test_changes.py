"""Whatever changes on the site reaches the documents that show it.

The proof of each is the same: after the outbox was worked off, building everything from the
content once more finds nothing to correct.
"""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from blog.models import BlogIndexPage, BlogPage
from events.models import AgendaItem, EventDocument, Speaker
from people.models import Biography, Organisation
from projects.models import ProjectPartner
from search.models import Change, Document
from search.projection import changes
from taxonomy.models import Country, Region, Theme
from tests.factories.content import (
    attach,
    make_document,
    make_person,
    make_post,
    make_product,
    tag,
)
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group, make_project

Act = Callable[[], object]


def digests() -> dict[str, str]:
    """Return what every document says now."""
    return dict(Document.objects.filter(deleted_at=None).values_list("uid", "digest"))


def says(uid: str) -> Document:
    return Document.objects.get(uid=uid)


def is_found(uid: str) -> bool:
    return Document.objects.filter(uid=uid, deleted_at=None).exists()


@pytest.fixture
def reaches(home) -> Callable[[Act], set[str]]:
    """Return a function that does something and answers which documents say something else."""
    changes.catch_up()

    def act_and_compare(act: Act) -> set[str]:
        changes.catch_up()
        before = digests()
        act()
        changes.catch_up()
        after = digests()
        changes.mark("everything")
        changes.catch_up()
        assert digests() == after, "the outbox missed something"
        return {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}

    return act_and_compare


def uid(page: Page) -> str:
    return f"page:{page.pk}"


# Pages -----------------------------------------------------------------------------------------


def test_a_page_is_found_from_its_publication_until_it_is_unpublished(reaches):
    post = make_post("On land", live=False)
    assert reaches(lambda: None) == set()
    assert reaches(lambda: post.save_revision().publish()) == {uid(post)}
    assert reaches(lambda: BlogPage.objects.get(pk=post.pk).unpublish()) == {uid(post)}
    assert not is_found(uid(post))


def test_a_draft_marks_nothing(home):
    post = make_post("On land", live=False)
    live = make_post("On water")
    changes.catch_up()
    post.title = "On land, again"
    post.save()
    post.save_revision()
    live.title = "On water, again"
    live.save_revision()
    assert not Change.objects.exists()


def test_an_editor_who_only_looks_marks_nothing(home):
    post = make_post("On land")
    changes.catch_up()
    post.locked = True
    post.save(update_fields=["locked"], clean=False)
    assert not Change.objects.exists()


def test_a_page_that_is_saved_live_says_its_new_tags_and_authors(reaches):
    post = make_post("On land", themes=["gender-equity"], authors=["Amina Sample"])
    changes.catch_up()

    def edit():
        tag(post, themes=["subnational-finance"])
        post.page_authors.set([])
        post.page_authors.create(name="Kofi Sample")
        post.save()

    assert reaches(edit) == {uid(post)}
    assert "Kofi Sample" in says(uid(post)).labels
    assert "Amina Sample" not in says(uid(post)).labels


def test_rows_that_are_saved_by_themselves_reach_their_page(reaches, now):
    event = make_event("A meeting", now)
    person = make_person("Amina Sample")
    paper = make_document()
    for row in (
        Speaker(event=event, person=person),
        AgendaItem(event=event, title="Cadastres"),
        EventDocument(event=event, document=paper),
    ):
        assert uid(event) in reaches(row.save)
        assert uid(event) in reaches(row.delete)


def test_a_new_address_and_a_move_reach_everything_below(reaches):
    group = make_group("Africa")
    post = make_post("On land", parent=group)
    other = Page.objects.get(pk=BlogIndexPage.objects.get(locale__language_code="en").pk)

    def rename():
        group.slug = "africa-renamed"
        group.save()

    assert {uid(group), uid(post)} <= reaches(rename)
    assert "africa-renamed" in says(uid(post)).url
    assert uid(post) in reaches(lambda: Page.objects.get(pk=post.pk).move(other, "last-child"))
    assert "africa-renamed" not in says(uid(post)).url


def test_a_page_that_is_moved_below_a_group_becomes_its_work(reaches):
    group, post = make_group("Africa"), make_post("On land")
    target = Page.objects.get(pk=group.pk)
    assert uid(post) in reaches(lambda: Page.objects.get(pk=post.pk).move(target, "last-child"))
    assert says(uid(post)).facets.filter(facet="group", value=group.slug).exists()


def test_a_page_that_is_deleted_goes_with_everything_below(reaches):
    group = make_group("Africa")
    post = make_post("On land", parent=group)
    product = make_product("A guide")
    product.other_groups.add(group)
    product.save()
    assert {uid(group), uid(post), uid(product)} <= reaches(
        lambda: Page.objects.get(pk=group.pk).delete()
    )
    assert not is_found(uid(post))
    assert is_found(uid(product))


def test_further_groups_of_a_product_are_said(reaches):
    group, product = make_group("Africa"), make_product("A guide")

    def share():
        product.other_groups.add(group)
        product.save()

    assert reaches(share) == {uid(product)}
    assert "Africa" in says(uid(product)).labels


def test_what_a_group_is_called_stands_in_its_work(reaches):
    group = make_group("Africa", short_name="AFR")
    post = make_post("On land", parent=group)

    def rename():
        group.title, group.short_name = "East Africa", "EAF"
        group.save_revision().publish()

    assert {uid(group), uid(post)} <= reaches(rename)
    assert "East Africa" in says(uid(post)).labels


def test_a_translated_group_gives_its_name_to_the_work_of_the_original(reaches):
    group = make_group("Africa")
    post = make_post("On land", parent=group)
    french = Locale.objects.get(language_code="fr")
    translated = group.copy_for_translation(french, copy_parents=True)
    translated.title = "Afrique"
    assert uid(post) in reaches(lambda: translated.save_revision().publish())
    assert "Afrique" in says(uid(post)).labels


def test_a_translation_is_a_document_of_its_own(reaches):
    post = make_post("On land")
    french = Locale.objects.get(language_code="fr")
    translated = post.copy_for_translation(french, copy_parents=True)
    assert reaches(lambda: translated.save_revision().publish()) == {uid(translated)}


def test_scheduled_pages_come_and_go_by_the_command(reaches):
    yesterday = timezone.now() - datetime.timedelta(days=1)
    coming = make_post("Coming", live=False)
    revision = coming.save_revision()
    revision.approved_go_live_at = yesterday
    revision.save()
    going = make_post("Going", expire_at=yesterday)
    assert reaches(lambda: call_command("publish_scheduled")) == {uid(coming), uid(going)}
    assert is_found(uid(coming))
    assert not is_found(uid(going))


# Who may read ----------------------------------------------------------------------------------


def test_a_restriction_reaches_everything_below_and_what_it_offers(reaches, now):
    group = make_group("Africa")
    event = make_event("A meeting", now, parent=group)
    paper = make_document()
    event.documents.create(document=paper)
    event.save()
    changes.catch_up()
    restriction = PageViewRestriction(page=group, restriction_type="login")
    concerned = {uid(group), uid(event), f"file:{paper.pk}"}
    assert concerned <= reaches(restriction.save)
    assert not any(says(each).is_public for each in concerned)
    members = Group.objects.create(name="Some members")
    restriction.restriction_type = "groups"
    restriction.save()
    assert concerned <= reaches(lambda: restriction.groups.add(members))
    assert f"group:{members.pk}" in says(uid(event)).readers
    assert concerned <= reaches(restriction.delete)
    assert all(says(each).is_public for each in concerned)


def test_a_restricted_collection_reaches_its_files_and_who_quotes_them(reaches):
    collection = Collection.get_first_root_node().add_child(name="Internal")
    product = make_product("A guide")
    paper = make_document(collection=collection)
    attach(product, paper)
    restriction = CollectionViewRestriction(collection=collection, restriction_type="login")
    assert uid(product) in reaches(restriction.save)
    assert says(uid(product)).files == []
    assert uid(product) in reaches(restriction.delete)


def test_a_file_that_changes_its_collection_and_a_collection_that_moves(reaches):
    root = Collection.get_first_root_node()
    internal, public = root.add_child(name="Internal"), root.add_child(name="Public")
    CollectionViewRestriction.objects.create(collection=internal, restriction_type="login")
    product = make_product("A guide")
    paper = make_document(collection=public)
    attach(product, paper)

    def put_away():
        paper.collection = internal
        paper.save()

    assert uid(product) in reaches(put_away)
    paper.collection = public
    paper.save()

    def move():
        with transaction.atomic():  # as Wagtail’s view does
            public.save()
            Collection.objects.get(pk=public.pk).move(internal, "sorted-child")

    assert uid(product) in reaches(move)


# Files -----------------------------------------------------------------------------------------


def test_a_file_that_is_renamed_or_deleted_reaches_the_page_that_shows_it(reaches, now):
    event = make_event("A meeting", now)
    paper = make_document("Slides")
    event.documents.create(document=paper)
    event.save()

    def rename():
        paper.title = "The slides"
        paper.save()

    assert f"file:{paper.pk}" in reaches(rename)
    assert says(f"file:{paper.pk}").title == "The slides"
    gone = f"file:{paper.pk}"
    assert gone in reaches(paper.delete)
    assert not is_found(gone)


# People ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_public", [True, False])
def test_a_person_who_is_renamed_is_so_on_every_page(reaches, now, is_public):
    person = make_person("Amina Sample", is_public=is_public)
    post = make_post("On land", authors=[person])
    event = make_event("A meeting", now)
    event.speakers.create(person=person)
    event.save()

    def rename():
        person.name = "Amina Example"
        person.save()

    assert {uid(post), uid(event)} <= reaches(rename)
    assert "Amina Example" in says(uid(post)).labels


def test_a_biography_an_office_and_an_organisation_reach_the_person(reaches):
    organisation = Organisation.objects.create(name="An institute")
    person = make_person("Amina Sample", organisation=organisation)
    group = make_group("Africa")
    found = f"person:{person.pk}"
    biography = Biography(person=person, language="en", text="Studied cadastres.")
    assert reaches(biography.save) == {found}
    assert found in reaches(lambda: appoint(person, group))
    assert found in reaches(lambda: person.roles.get().delete())

    def rename():
        organisation.name = "A university"
        organisation.save()

    assert found in reaches(rename)
    assert found in reaches(organisation.delete)
    person.refresh_from_db()
    person.is_public = False
    assert found in reaches(person.save)
    assert not is_found(found)


def test_a_partner_who_is_renamed_is_so_in_the_project(reaches):
    partner = Organisation.objects.create(name="An institute")
    project = make_project("A project")
    ProjectPartner.objects.create(project=project, organisation=partner)

    def rename():
        partner.name = "A university"
        partner.save()

    assert reaches(rename) == {uid(project)}


# Terms -----------------------------------------------------------------------------------------


def test_a_term_that_is_renamed_or_deleted_reaches_what_carries_it(reaches):
    post = make_post("On land", themes=["gender-equity"])
    theme = Theme.objects.get(slug="gender-equity")

    def rename():
        theme.name, theme.slug = "Fairness", "fairness"
        theme.save()

    assert reaches(rename) == {uid(post)}
    assert "Fairness" in says(uid(post)).labels
    assert reaches(theme.delete) == {uid(post)}
    assert "Fairness" not in says(uid(post)).labels


def test_a_country_takes_what_is_about_it_to_its_new_region(reaches):
    post = make_post("On land", countries=["ke"])
    kenya, asia = Country.objects.get(code="KE"), Region.objects.exclude(countries__code="KE")[0]

    def move():
        kenya.region = asia
        kenya.save()

    assert {uid(post), "country:ke"} <= reaches(move)
    assert says(uid(post)).facets.filter(facet="region", value=asia.slug).exists()
    assert {uid(post), "country:ke"} <= reaches(asia.delete)


def test_a_country_is_found_as_long_as_something_is_about_it(reaches):
    post = make_post("On land", countries=["ke"], live=False)
    assert "country:ke" in reaches(lambda: post.save_revision().publish())
    assert "country:ke" in reaches(lambda: BlogPage.objects.get(pk=post.pk).unpublish())
    assert not is_found("country:ke")


def test_a_description_that_nobody_searches_marks_nothing(home):
    changes.catch_up()
    theme = Theme.objects.get(slug="gender-equity")
    theme.description = "About fairness."
    theme.save()
    assert not Change.objects.exists()


# The whole site --------------------------------------------------------------------------------


def test_a_site_that_is_saved_as_it_was_marks_nothing_and_a_new_root_everything(home):
    changes.catch_up()
    site = Site.objects.get()
    site.save()
    assert not Change.objects.exists()
    site.hostname = "elsewhere.example.org"
    site.save()
    assert Change.objects.get().what == "everything"
