"""Files are found with the product to which they belong, or by themselves where a page leads."""

import datetime

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from blog.models import BlogPage
from files.models import SiteDocument
from search.models import Change, Document, FileText
from search.projection import page_marks
from search.projection.building import build
from search.projection.file_texts import MOST_BYTES
from tests.factories.content import attach, make_document, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group

from .projecting import NOW, built, facets

LONG_AGO = datetime.date(2019, 1, 1)


def extract(document: SiteDocument, *pages: str) -> FileText:
    """Have the text of the document as the extractor would leave it."""
    text, _ = FileText.objects.update_or_create(
        file=document,
        defaults={
            "file_hash": document.file_hash,
            "state": FileText.State.DONE,
            "pages": list(pages),
        },
    )
    return text


def close(document: SiteDocument, *groups: Group) -> None:
    """Put the document into a collection that only members, or these groups, may open."""
    document.collection = Collection.get_first_root_node().add_child(name="Closed")
    document.save()
    kind = CollectionViewRestriction.GROUPS if groups else CollectionViewRestriction.LOGIN
    made = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=kind
    )
    made.groups.set(groups)


def offering(document: SiteDocument, title: str = "Offering", **fields) -> BlogPage:
    """Return a built post that offers the document, as a block."""
    block = ("download", {"document": document, "label": "Read me"})
    post = make_post(title, body=[block], **fields)
    assert built(f"page:{post.pk}")
    return post


# In the product ----------------------------------------------------------------------------------


def test_a_product_carries_the_text_of_its_files_with_their_pages(home):
    product, document = make_product("Primer"), make_document("Guide", language="fr")
    attach(product, document)
    extract(document, "Première page", "Seconde page")
    (file,) = built(f"page:{product.pk}").files
    assert (file["title"], file["url"], file["language"]) == ("Guide", document.url, "fr")
    assert page_marks.without(file["text"]).split() == ["Première", "page", "Seconde", "page"]
    assert page_marks.place(file["text"]) == (0, 1)


def test_its_files_in_its_own_language_come_first(home):
    product = make_product("Primer")
    for name, language in (("Français", "fr"), ("English", "en"), ("Español", "es")):
        attach(product, make_document(name, language=language))
    titles = [file["title"] for file in built(f"page:{product.pk}").files]
    assert titles == ["English", "Français", "Español"]


def test_a_file_that_nobody_has_read_yet_is_waited_for(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    (file,) = built(f"page:{product.pk}").files
    assert file["text"] == ""
    text = FileText.objects.get(file=document)
    assert (text.state, text.file_hash) == (FileText.State.WAITING, document.file_hash)


def test_a_file_that_was_replaced_is_read_again(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    extract(document, "Old words")
    assert "Old words" in page_marks.without(built(f"page:{product.pk}").files[0]["text"])
    SiteDocument.objects.filter(pk=document.pk).update(file_hash="another")
    (file,) = built(f"page:{product.pk}", version=2).files
    text = FileText.objects.get(file=document)
    assert file["text"] == ""
    assert (text.state, text.file_hash, text.pages) == (FileText.State.WAITING, "another", [])


def test_a_file_that_was_read_or_cannot_be_is_not_asked_for_again(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    text = extract(document, "Words")
    FileText.objects.filter(pk=text.pk).update(state=FileText.State.FAILED, attempts=3)
    built(f"page:{product.pk}")
    text.refresh_from_db()
    assert (text.state, text.attempts) == (FileText.State.FAILED, 3)


def test_only_so_much_text_is_carried_the_first_files_first(home):
    product = make_product("Primer")
    first, second = make_document("First"), make_document("Second")
    attach(product, first)
    attach(product, second)
    extract(first, "é" * (MOST_BYTES // 2 - 10))
    extract(second, "w" * 200, "never")
    files = built(f"page:{product.pk}").files
    texts = [page_marks.without(file["text"]).strip() for file in files]
    assert texts == ["é" * (MOST_BYTES // 2 - 10), "w" * 20]


def test_what_no_database_holds_is_left_out(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    extract(document, "half \\ud800 of a pair")
    FileText.objects.filter(file=document).update(pages=["half \\ud800 of a pair"])
    assert built(f"page:{product.pk}")


def test_a_file_that_is_more_private_than_its_product_is_found_by_itself(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    close(document)
    extract(document, "For members")
    assert built(f"page:{product.pk}").files == []
    own = built(f"file:{document.pk}")
    assert own.readers == ["members", "superuser"]
    assert "For members" in page_marks.without(own.files[0]["text"])


def test_a_file_for_the_same_readers_as_its_product_stays_with_it(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    close(document)
    PageViewRestriction.objects.create(page=product, restriction_type=PageViewRestriction.LOGIN)
    assert [file["title"] for file in built(f"page:{product.pk}").files] == ["Guide"]
    assert built(f"file:{document.pk}") is None


# By themselves -----------------------------------------------------------------------------------


def test_a_file_that_a_page_offers_is_found_under_the_terms_of_the_page(home):
    document = make_document("Minutes", language="es")
    extract(document, "Impuesto predial")
    group = make_group("LAC")
    offering(
        document,
        parent=group,
        countries=["pe"],
        themes=["subnational-finance"],
        date=LONG_AGO,
    )
    own = built(f"file:{document.pk}")
    assert (own.entity, own.kind, own.title, own.language) == (
        "document",
        "document",
        "Minutes",
        "es",
    )
    assert own.url == document.url
    assert "Impuesto predial" in page_marks.without(own.files[0]["text"])
    assert facets(own, "group", "country", "region", "theme", "year", "language") == {
        "group": {"lac"},
        "country": {"pe"},
        "region": {"lac"},
        "theme": {"subnational-finance"},
        "year": {"2019"},
        "language": {"es"},
    }


def test_so_are_the_papers_and_the_transcript_of_an_event_and_linked_files(home, now):
    paper, transcript, linked = (make_document(name) for name in ("Paper", "Transcript", "Linked"))
    event = make_event(
        "Webinar",
        now,
        transcript=transcript,
        body=[("paragraph", f'<p><a linktype="document" id="{linked.pk}">it</a></p>')],
    )
    event.documents.create(document=paper)
    event.save()
    built(f"page:{event.pk}")
    for document in (paper, transcript, linked):
        assert built(f"file:{document.pk}").date == event.date


def test_files_are_found_in_the_same_go_as_their_pages(home, monkeypatch):
    monkeypatch.setattr("search.projection.building.AT_A_TIME", 1)
    document = make_document()
    post = make_post(body=[("download", {"document": document, "label": ""})])
    build([f"file:{document.pk}", f"page:{post.pk}"], 1, NOW)
    assert Document.objects.filter(uid=f"file:{document.pk}", deleted_at=None).exists()


def test_a_file_to_which_nothing_leads_is_not_found(home):
    assert built(f"file:{make_document().pk}") is None


def test_a_file_of_a_product_is_found_with_it_and_not_twice(home):
    product, document = make_product("Primer"), make_document("Guide")
    attach(product, document)
    built(f"page:{product.pk}")
    offering(document)
    assert built(f"file:{document.pk}") is None


def test_a_file_is_lost_with_the_page_that_offered_it(home):
    document = make_document()
    post = offering(document)
    assert built(f"file:{document.pk}")
    post.unpublish()
    build([f"page:{post.pk}"], 2, NOW)
    assert Change.objects.filter(what=f"file:{document.pk}").exists()
    assert built(f"file:{document.pk}", version=3) is None


def test_and_when_the_page_no_longer_offers_it(home):
    document = make_document()
    post = offering(document)
    assert built(f"file:{document.pk}")
    post.body = []
    post.save()
    Change.objects.all().delete()
    build([f"page:{post.pk}"], 2, NOW)
    assert Change.objects.filter(what=f"file:{document.pk}").exists()
    assert built(f"file:{document.pk}", version=3) is None


def test_of_several_pages_the_oldest_open_to_everybody_gives_the_terms(home):
    document = make_document()
    offering(document, "Newer", themes=["gender-equity"])
    offering(document, "Older", themes=["subnational-finance"], date=LONG_AGO)
    secret = offering(document, "Secret", themes=["climate-action"], date=datetime.date(2018, 1, 1))
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    own = built(f"file:{document.pk}")
    assert facets(own, "theme") == {"theme": {"subnational-finance"}}
    assert own.is_public


def test_a_file_is_read_by_who_may_read_both_the_page_and_the_file(home):
    document, staff = make_document(), Group.objects.create(name="Staff")
    post = offering(document)
    PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    assert set(built(f"file:{document.pk}").readers) == {"members", "superuser"}
    close(document, staff)
    both = built(f"file:{document.pk}", version=2)
    assert set(both.readers) == {f"group:{staff.pk}", "superuser"}
    assert facets(both, "reader") == {"reader": set(both.readers)}


def test_a_document_whose_file_is_missing_is_not_found(home):
    document = make_document()
    offering(document)
    SiteDocument.objects.filter(pk=document.pk).update(file="")
    assert built(f"file:{document.pk}") is None


@pytest.mark.parametrize("sort", ["page", "file"])
def test_a_document_that_says_nothing_new_is_not_written(home, sort):
    document = make_document()
    post = offering(document)
    uid = f"page:{post.pk}" if sort == "page" else f"file:{document.pk}"
    built(uid)
    assert build([uid], 9, NOW) == 0
    assert Document.objects.get(uid=uid).version == 1
