"""Documents are written once for each change, in order, whoever builds them."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import PageViewRestriction

from blog.models import BlogPage
from search.models import Change, Document, DocumentFacet
from search.projection.building import build
from search.projection.describing import Description
from tests.factories.content import make_person, make_post, make_product
from tests.factories.groups import make_group

from .projecting import NOW, built, facets

LATER = NOW + datetime.timedelta(hours=1)


def rename(post: BlogPage, title: str) -> None:
    post.title = title
    post.save()


def waiting() -> list[str]:
    """Return what building has marked, and forget it."""
    changes = sorted(set(Change.objects.values_list("what", flat=True)))
    Change.objects.all().delete()
    return changes


# Versions ------------------------------------------------------------------------------------


def test_a_change_brings_a_new_version(home):
    post = make_post("Old")
    first = built(f"page:{post.pk}", version=5)
    rename(post, "New")
    assert build([f"page:{post.pk}"], 8, LATER) == 1
    second = Document.objects.get(pk=first.pk)
    assert (first.title, first.version, first.changed_at) == ("Old", 5, NOW)
    assert (second.title, second.version, second.changed_at) == ("New", 8, LATER)
    assert second.digest != first.digest


def test_a_version_never_falls_and_a_change_always_raises_it(home):
    post = make_post("Old")
    built(f"page:{post.pk}", version=5)
    for title, version in (("New", 3), ("Newer", 5)):
        rename(post, title)
        before = Document.objects.get(uid=f"page:{post.pk}").version
        document = built(f"page:{post.pk}", version=version)
        assert document.title == title
        assert document.version > before


def test_what_failed_before_is_tried_anew_after_a_change(home):
    post = make_post("Old")
    built(f"page:{post.pk}")
    rows = Document.objects.filter(uid=f"page:{post.pk}")
    rows.update(attempts=10, retry_at=NOW, error="refused", indexed_version=1)
    rename(post, "New")
    document = built(f"page:{post.pk}", version=2)
    assert (document.attempts, document.retry_at, document.error) == (0, None, "")
    assert document.indexed_version == 1


def test_what_comes_back_is_found_again_under_a_new_version(home):
    post = make_post("Comes back", themes=["gender-equity"])
    first = built(f"page:{post.pk}")
    post.unpublish()
    assert built(f"page:{post.pk}", version=2) is None
    post.save_revision().publish()
    document = built(f"page:{post.pk}", version=3)
    assert document.pk == first.pk
    assert (document.title, document.version, document.digest) == ("Comes back", 3, first.digest)
    assert facets(document, "theme") == {"theme": {"gender-equity"}}


def test_a_tombstone_is_not_written_again(home):
    post = make_post()
    built(f"page:{post.pk}")
    post.unpublish()
    assert build([f"page:{post.pk}"], 2, NOW) == 1
    assert build([f"page:{post.pk}"], 3, LATER) == 0
    assert Document.objects.get(uid=f"page:{post.pk}").deleted_at == NOW


def test_only_the_facets_that_changed_are_written(home):
    post = make_post(themes=["gender-equity"], regions=["lac"])
    document = built(f"page:{post.pk}")
    kept = set(document.facets.exclude(facet="theme").values_list("pk", flat=True))
    post.themes.clear()
    post.save()
    built(f"page:{post.pk}", version=2)
    assert set(document.facets.values_list("pk", flat=True)) == kept


def test_the_same_thing_twice_among_many_is_built_once(home):
    post = make_post()
    assert build([f"page:{post.pk}"] * 3, 1, NOW) == 1


def test_more_than_fit_in_one_go_are_all_built(home, monkeypatch):
    monkeypatch.setattr("search.projection.building.AT_A_TIME", 2)
    uids = [f"page:{make_post().pk}" for _ in range(5)]
    assert build(uids, 1, NOW) == 5


def test_a_digest_tells_every_difference_and_only_those():
    one = Description({"title": "A", "date": NOW.date()}, frozenset({("theme", "a")}))
    same = Description({"date": NOW.date(), "title": "A"}, frozenset({("theme", "a")}))
    others = [
        Description({"title": "B", "date": NOW.date()}, one.facets),
        Description({"title": "A", "date": LATER.date().replace(day=1)}, one.facets),
        Description(one.fields, frozenset({("theme", "b")})),
    ]
    assert one.digest == same.digest
    assert len({each.digest for each in (one, *others)}) == 4


# What follows --------------------------------------------------------------------------------


def test_the_countries_of_a_page_are_looked_at_when_it_comes_or_goes(home):
    post = make_post(countries=["ke", "ug"])
    waiting()
    built(f"page:{post.pk}")
    assert waiting() == ["country:ke", "country:ug"]
    rename(post, "Another title")
    waiting()
    built(f"page:{post.pk}", version=2)
    assert waiting() == []
    post.countries.remove("Uganda")
    post.save()
    waiting()
    built(f"page:{post.pk}", version=3)
    assert waiting() == ["country:ke", "country:ug"]


def test_what_shows_the_name_of_a_group_is_built_after_the_group(home):
    group = make_group("LAC")
    post = make_post(parent=group)
    build([f"page:{group.pk}", f"page:{post.pk}"], 1, NOW)
    waiting()
    group.purpose = "<p>Another purpose.</p>"
    group.save()
    waiting()
    build([f"page:{group.pk}"], 2, NOW)
    assert waiting() == []
    group.title = "Latin America"
    group.save()
    waiting()
    build([f"page:{group.pk}"], 3, NOW)
    assert waiting() == [f"facet:follows:page:{group.pk}"]


def test_so_is_what_names_a_group_that_becomes_private(home):
    group = make_group("Circle")
    product = make_product(group=group)
    build([f"page:{group.pk}", f"page:{product.pk}"], 1, NOW)
    waiting()
    PageViewRestriction.objects.create(page=group, restriction_type=PageViewRestriction.LOGIN)
    waiting()
    build([f"page:{group.pk}"], 2, NOW)
    assert waiting() == [f"facet:follows:page:{group.pk}"]
    assert facets(built(f"page:{product.pk}", version=3), "group") == {"group": set()}


def test_what_names_a_person_follows_them_with_a_page_or_without(home):
    person = make_person("Amina", is_public=False)
    post = make_post(authors=[person])
    document = built(f"page:{post.pk}")
    assert facets(document, "author", "follows") == {
        "author": set(),
        "follows": {f"person:{person.pk}"},
    }
    person.is_public = True
    person.save()
    build([f"person:{person.pk}"], 2, NOW)
    assert f"facet:follows:person:{person.pk}" in waiting()
    assert facets(built(f"page:{post.pk}", version=3), "author") == {"author": {"amina"}}


# Two at once ---------------------------------------------------------------------------------


def test_a_failure_in_the_middle_leaves_nothing_half_done(home, monkeypatch):
    post = make_post("Old")
    built(f"page:{post.pk}")
    rename(post, "New")

    def refuse(documents):
        raise IntegrityError("no")

    monkeypatch.setattr("search.projection.building.indexing.write", refuse)
    with pytest.raises(IntegrityError), transaction.atomic():
        build([f"page:{post.pk}"], 2, NOW)
    document = Document.objects.get(uid=f"page:{post.pk}")
    assert (document.title, document.version) == ("Old", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory there is one connection")
def test_two_builders_of_one_document_leave_the_newest_state(home):
    post = make_post("Old")
    uid = f"page:{post.pk}"
    Document.objects.all().delete()
    errors: list[Exception] = []
    start = threading.Barrier(2)

    def work(versions: range) -> None:
        start.wait()
        try:
            for version in versions:
                BlogPage.objects.filter(pk=post.pk).update(title=f"Title {version}")
                build([uid, "country:ke", "page:999999"], version, NOW)
        except Exception as error:  # noqa: BLE001 - told by the test
            errors.append(error)
        finally:
            connection.close()

    workers = [
        threading.Thread(target=work, args=(versions,))
        for versions in (range(1, 40, 2), range(2, 41, 2))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    post.refresh_from_db()
    document = Document.objects.get()
    assert document.title == post.title
    assert document.version >= 20
    rows = DocumentFacet.objects.values_list("facet", "value")
    assert len(rows) == len(set(rows))
