"""Every page type is found as it is read, and what readers do not see is not found."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction, get_page_models

from blog.models import BlogIndexPage
from pages.models import SitePage
from people.models import Biography, Organisation, Person
from search.models import Document
from search.projection.building import build
from search.projection.sources import all_uids, findables, found
from taxonomy.models import Country, Region
from tests.factories.any_page import make_page
from tests.factories.content import make_document, make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group, make_plan, make_project

from .projecting import NOW, built, facets, found_in, uids_of

PAGE_TYPES = [
    model for model in get_page_models() if issubclass(model, SitePage) and model is not SitePage
]
TEXT = [("paragraph", "<h2>Own revenue</h2><p>Property tax.</p>")]


@pytest.fixture
def pages(home) -> list[SitePage]:
    """A live page of each type; the home page is the one of the site, and the last."""
    home.refresh_from_db()
    others = [model for model in PAGE_TYPES if model is not type(home)]
    made = [make_page(model, f"A {model.__name__}", home=home) for model in others]
    return [*made, home]


# Which pages are found -------------------------------------------------------------------------


def test_a_live_page_of_each_type_is_found(pages):
    uids = uids_of(*pages)
    build(uids, 1, NOW)
    for page, uid in zip(pages, uids, strict=True):
        document = Document.objects.get(uid=uid)
        assert document.deleted_at is None
        assert (document.title, document.entity, document.kind, document.url) == (
            page.title,
            page.entity,
            page.kind,
            page.get_url(),
        )
        assert document.readers == ["public"]
        assert document.is_public
        assert facets(document, "type", "reader") == {
            "type": {page.entity, page.kind},
            "reader": {"public"},
        }


def test_a_draft_of_any_type_is_not(pages):
    for page in pages:
        page.live = False
        page.save()
    assert not any(findables(uids_of(*pages)).values())


def test_what_was_found_and_is_unpublished_leaves_a_row_that_says_nothing(pages):
    build(uids_of(*pages), 1, NOW)
    for page in pages:
        page.unpublish()
    assert build(uids_of(*pages), 2, NOW) == len(pages)
    for document in Document.objects.filter(uid__in=uids_of(*pages)):
        assert document.deleted_at == NOW
        assert document.version == 2
        assert not document.facets.exists()
        said = (document.title, document.summary, document.labels, document.url)
        assert said == ("", "", "", "")
        assert (document.body, document.files, document.readers) == ({}, [], [])
        assert not document.is_public


def test_a_page_that_has_expired_is_not(home):
    post = make_post(expire_at=NOW - datetime.timedelta(days=1))
    post.unpublish(set_expired=True)
    assert built(f"page:{post.pk}") is None


def test_a_deleted_page_is_not_any_more(home):
    post = make_post()
    uid = f"page:{post.pk}"
    assert built(uid)
    post.delete()
    assert built(uid, version=2) is None


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        (PageViewRestriction.LOGIN, {"members", "superuser"}),
        (PageViewRestriction.PASSWORD, {"superuser"}),
    ],
)
def test_a_private_page_of_any_type_is_found_by_its_readers_only(pages, kind, readers):
    for page in pages:
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    build(uids_of(*pages), 1, NOW)
    for document in Document.objects.filter(uid__in=uids_of(*pages)):
        assert set(document.readers) == readers
        assert facets(document, "reader") == {"reader": readers}
        assert not document.is_public


def test_an_alias_is_not_found_but_what_it_repeats_is(home):
    post = make_post()
    french = Locale.objects.get(language_code="fr")
    alias = post.copy_for_translation(french, copy_parents=True, alias=True)
    assert found(uids_of(post, alias)).keys() == set(uids_of(post, alias))
    assert [bool(thing) for thing in findables(uids_of(post, alias)).values()] == [True, False]


def test_a_translation_is_found_by_itself_in_its_language(home):
    post = make_post("Own revenue")
    french = post.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.title = "Ressources propres"
    french.save_revision().publish()
    document, original = built(f"page:{french.pk}"), built(f"page:{post.pk}")
    assert (document.language, document.title) == ("fr", "Ressources propres")
    assert document.url.startswith("/fr/")
    assert facets(document, "language") == {"language": {"fr"}}
    assert document.family == original.family


def test_a_product_that_was_withdrawn_is_not(home):
    assert built(f"page:{make_product(status='withdrawn').pk}") is None


def test_a_page_outside_of_every_site_is_not(home):
    assert built(f"page:{make_page(type(home), 'Another home', home=home).pk}") is None


def test_a_draft_of_a_live_page_says_what_is_live(home):
    post = make_post("Published words")
    post.title = "Secret words"
    post.save_revision()
    assert built(f"page:{post.pk}").title == "Published words"


def test_what_never_was_leaves_no_row(home):
    assert build(["page:999999", "person:999999", "country:xx", "file:999999"], 1, NOW) == 0
    assert not Document.objects.exists()


# What they say ---------------------------------------------------------------------------------


def test_a_post_gives_its_text_its_terms_and_its_people(home):
    amina = make_person("Amina Sample")
    hidden = make_person("Hidden Hand", is_public=False)
    group = make_group("Africa group", short_name="Africa")
    post = make_post(
        "Own revenue",
        parent=group,
        summary="In short.",
        body=TEXT,
        sources="<ul><li>Bahl &amp; Linn</li></ul>",
        countries=["ke"],
        regions=["lac"],
        themes=["subnational-finance"],
        authors=[amina, hidden, "Somebody Else"],
        date=datetime.date(2025, 3, 1),
    )
    document = built(f"page:{post.pk}")
    assert document.summary == "In short."
    assert document.body == {"en": "Own revenue\nProperty tax.\nBahl & Linn"}
    assert document.date == datetime.date(2025, 3, 1)
    names = ("group", "region", "theme", "country", "year", "language", "author", "recording")
    assert facets(document, *names) == {
        "group": {group.slug},
        "region": {"lac", "africa"},
        "theme": {"subnational-finance"},
        "country": {"ke"},
        "year": {"2025"},
        "language": {"en"},
        "author": {amina.slug},
        "recording": set(),
    }
    labels = document.labels.split("\n")
    people = {"Amina Sample", "Hidden Hand", "Somebody Else"}
    assert people <= set(labels)
    assert {"Africa group", "Africa"} <= set(labels)
    assert {"Kenya", "Quénia", "Finances infranationales", "América Latina y el Caribe"} <= set(
        labels
    )


def test_an_event_gives_its_agenda_its_speakers_and_whether_it_was_recorded(home, now):
    amina, ben = make_person("Amina"), make_person("Ben")
    event = make_event(
        "Webinar", now, body=TEXT, recording="available", recording_url="https://example.org/"
    )
    event.speakers.create(person=amina, affiliation="Uraia")
    event.speakers.create(name="Carla", affiliation="IMF")
    event.agenda.create(title="Transfers in Kenya", person=ben)
    event.save()
    document = built(f"page:{event.pk}")
    for words in ("Property tax.", "Transfers in Kenya", "Uraia", "IMF"):
        assert words in document.body["en"]
    assert facets(document, "author", "recording") == {
        "author": {"amina", "ben"},
        "recording": {"yes"},
    }
    assert {"Amina", "Ben", "Carla"} <= set(document.labels.split("\n"))


def test_a_recording_that_is_to_come_is_none(home, now):
    document = built(f"page:{make_event('Webinar', now, recording='processing').pk}")
    assert facets(document, "recording") == {"recording": set()}


def test_a_product_belongs_to_all_its_groups_and_is_read_in_the_languages_of_its_files(home):
    lac, asia = make_group("LAC"), make_group("Asia")
    product = make_product("Primer", parent=lac, body=TEXT, doi="10.1234/primer")
    product.other_groups.set([asia])
    product.resource_files.create(document=make_document("Guide", language="fr"), label="Le guide")
    product.save()
    document = built(f"page:{product.pk}")
    assert facets(document, "group", "language") == {
        "group": {"lac", "asia"},
        "language": {"en", "fr"},
    }
    for words in ("Property tax.", "10.1234/primer", "Le guide"):
        assert words in document.body["en"]
    assert [file["title"] for file in document.files] == ["Guide"]


def test_a_group_gives_its_short_name_and_its_purpose(home):
    group = make_group("Latin America", short_name="LAC", purpose="<p>Learn together.</p>")
    document = built(f"page:{group.pk}")
    assert document.also_called == "LAC"
    assert document.body == {"en": "Learn together."}
    assert facets(document, "group") == {"group": {group.slug}}


def test_a_workplan_gives_its_group_and_what_its_tables_say(home):
    group = make_group("LAC")
    plan = make_plan(group, objective="<p>Know more.</p>")
    plan.gaps.create(gap="Nobody counts transfers")
    plan.products.create(kind="primer", title="Counting transfers")
    plan.save()
    document = built(f"page:{plan.pk}")
    for words in ("Know more.", "Nobody counts transfers", "Counting transfers"):
        assert words in document.body["en"]
    assert facets(document, "group") == {"group": {"lac"}}


def test_a_project_gives_its_groups_and_partners(home):
    project = make_project("InFER", body=TEXT)
    project.groups.set([make_group("LAC")])
    project.partners.create(organisation=Organisation.objects.create(name="World Bank"))
    project.save()
    document = built(f"page:{project.pk}")
    assert document.body == {"en": "Own revenue\nProperty tax."}
    assert facets(document, "group") == {"group": {"lac"}}
    assert "World Bank" in document.labels


def test_a_front_page_gives_its_mission_and_programmes(home):
    home.refresh_from_db()
    home.mission = "Better local services."
    home.programmes.create(title="Country profiles", text="How countries are governed.")
    home.save()
    body = built(f"page:{home.pk}").body["en"]
    assert "Better local services." in body
    assert "How countries are governed." in body


def test_a_plain_page_gives_its_text(home):
    page = make_page(
        next(model for model in PAGE_TYPES if model.__name__ == "StandardPage"),
        "About",
        home=home,
        body=TEXT,
    )
    assert built(f"page:{page.pk}").body == {"en": "Own revenue\nProperty tax."}


def test_a_person_is_found_in_the_languages_of_the_biographies(home):
    person = Person.objects.create(
        name="ليلى",
        name_latin="Layla Mithal",
        slug="layla-mithal",
        affiliation="Uraia",
        country=_country("ke"),
    )
    Biography.objects.create(person=person, language="fr", text="Une vie.")
    Biography.objects.create(person=person, language="ar", text="حياة")
    appoint(person, make_group("Africa"), until=datetime.date(2025, 1, 1))
    document = built(f"person:{person.pk}")
    assert (document.title, document.also_called) == ("ليلى", "Layla Mithal")
    assert document.body == {"fr": "Une vie.", "ar": "حياة"}
    assert document.in_every_language
    assert document.language == ""
    assert document.url == f"/people/{person.slug}/"
    assert facets(document, "language", "group", "country", "region", "type") == {
        "language": {"fr", "ar"},
        "group": {"africa"},
        "country": {"ke"},
        "region": {"africa"},
        "type": {"person"},
    }


def test_a_person_without_a_public_page_is_not_found(home):
    assert built(f"person:{make_person('Hidden', is_public=False).pk}") is None


def test_a_country_is_found_once_under_all_its_names_when_a_page_is_about_it(home):
    assert built("country:de") is None
    make_post("About Germany", countries=["de"])
    document = built("country:de")
    assert document.title == "Germany"
    assert set(document.also_called.split("\n")) >= {"Allemagne", "Alemania", "Alemanha", "ألمانيا"}
    assert document.url == "/countries/de/"
    assert document.in_every_language


@pytest.mark.parametrize("change", ["draft", "private", "alias"])
def test_a_country_about_which_nobody_reads_is_not_found(home, change):
    post = make_post("About Germany", countries=["de"])
    if change == "draft":
        post.unpublish()
    elif change == "private":
        PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    else:
        type(post).objects.filter(pk=post.pk).update(alias_of=make_post("Another"))
    assert built("country:de") is None


def test_the_texts_do_not_depend_on_the_language_of_whoever_builds(home):
    person = make_person("Amina")
    make_post("About Germany", countries=["de"])
    with translation.override("fr"):
        assert built(f"person:{person.pk}").url == "/people/amina/"
        assert built("country:de").title == "Germany"


# Groups and people that not everybody may know of ------------------------------------------------


def test_a_page_does_not_name_a_group_that_its_readers_may_not_see(home):
    group = make_group("Secret circle")
    below, elsewhere = make_post("Below", parent=group), make_product("Open", group=group)
    PageViewRestriction.objects.create(page=group, restriction_type=PageViewRestriction.LOGIN)
    private, public = built(f"page:{below.pk}"), built(f"page:{elsewhere.pk}")
    assert facets(private, "group") == {"group": {group.slug}}
    assert "Secret circle" in private.labels
    assert facets(public, "group") == {"group": set()}
    assert "Secret circle" not in public.labels


def test_a_page_does_not_name_a_group_that_is_a_draft(home):
    group = make_group("Forming")
    product = make_product("Open", group=group)
    group.unpublish()
    document = built(f"page:{product.pk}")
    assert facets(document, "group") == {"group": set()}
    assert "Forming" not in document.labels


def test_a_translated_group_is_one_group_with_all_its_names(home):
    group = make_group("Africa group", short_name="Africa")
    french = group.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.title, french.slug = "Groupe Afrique", "groupe-afrique"
    french.save_revision().publish()
    post = make_post("Poste", parent=french)
    document = built(f"page:{post.pk}")
    assert facets(document, "group") == {"group": {group.slug}}
    assert {"Africa group", "Groupe Afrique"} <= set(document.labels.split("\n"))


def test_the_longest_address_has_room(home):
    group = make_group("Long")
    group.slug = "g" * 255
    group.save()
    document = built(f"page:{make_post('Post', parent=group, slug='p' * 255).pk}")
    assert document.url == f"/groups/{'g' * 255}/{'p' * 255}/"
    assert facets(document, "group") == {"group": {"g" * 255}}


# All of it -------------------------------------------------------------------------------------


def test_all_uids_are_all_things_and_those_that_have_gone(pages, home):
    person, document, post = make_person(), make_document(), make_post(parent=_blog(pages))
    built(f"page:{post.pk}")
    gone = f"page:{post.pk}"
    post.delete()
    uids = list(all_uids())
    assert len(uids) == len(set(uids))
    expected = {*uids_of(*pages), f"person:{person.pk}", f"file:{document.pk}", "country:ke", gone}
    assert expected <= set(uids)


def test_everything_built_twice_writes_once(pages):
    make_post(parent=_blog(pages), countries=["ke"], authors=[make_person()])
    uids = list(all_uids())
    assert build(uids, 1, NOW) >= len(pages)
    versions = dict(Document.objects.values_list("uid", "version"))
    assert build(uids, 2, NOW + datetime.timedelta(days=1)) == 0
    assert dict(Document.objects.values_list("uid", "version")) == versions
    assert found_in(uids) == {uid for uid, thing in found(uids).items() if thing}


def test_any_number_of_things_costs_the_same_queries(home, now):
    def make(number: int) -> list[str]:
        made = []
        for each in range(number):
            name = f"{number}-{each}"
            author = make_person(f"Author {name}", country=_country("ke"))
            group = make_group(f"Group {name}")
            appoint(author, group)
            image = [("figure", {"image": None, "caption": "A caption"})]
            download = [("download", {"document": make_document(f"Offered {name}"), "label": ""})]
            post = make_post(
                f"Post {name}",
                parent=group,
                authors=[author],
                body=[*TEXT, *image, *download],
                countries=["ke"],
                themes=["subnational-finance"],
            )
            product = make_product(f"Product {name}", group=group)
            product.resource_files.create(document=make_document(f"Own {name}"))
            product.other_groups.set([group])
            product.save()
            event = make_event(f"Event {name}", now)
            event.speakers.create(person=author)
            event.agenda.create(title="Item", person=author)
            event.documents.create(document=make_document(f"Paper {name}"))
            event.save()
            project = make_project(f"Project {name}")
            project.groups.set([group])
            project.save()
            pages = (group, post, product, event, project, make_plan(group))
            made += [*uids_of(*pages), f"person:{author.pk}"]
        files = [f"file:{pk}" for pk in type(make_document()).objects.values_list("pk", flat=True)]
        return [*made, "country:ke", *files]

    def count(uids: list[str]) -> int:
        build(uids, 1, NOW)
        with CaptureQueriesContext(connection) as queries:
            findables(uids)
            build(uids, 2, NOW)
        return len(queries)

    few = count(make(1))
    assert count(make(4)) == few


def test_region_of_a_country_changes_what_is_found_under_it(home):
    post = make_post(countries=["ke"])
    built(f"page:{post.pk}")
    Country.objects.filter(slug="ke").update(region=Region.objects.get(slug="asia"))
    assert facets(built(f"page:{post.pk}", version=2), "region") == {"region": {"asia"}}


def _blog(pages: list[SitePage]) -> SitePage:
    return next(page for page in pages if type(page) is BlogIndexPage)


def _country(slug: str) -> Country:
    return Country.objects.get(slug=slug)
