"""What editors put first stands first, for exactly their search, and only for who may read it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages import generation
from search.engines.answers import PUBLIC
from search.models import DocumentFacet, Promotion
from search.promotions import known_promotions, promoted
from tests.search.documents import make_document

EVERYBODY = frozenset({PUBLIC})


@pytest.fixture
def guide(db):
    """The guide that editors promote."""
    return make_document("page:7", "A guide to own revenue", summary="Start here.", kind="primer")


def promote(words: str, uid: str = "page:7", **fields) -> Promotion:
    row = Promotion.objects.create(words=words, uid=uid, **fields)
    generation._renew_now()
    return row


def titles(text: str, readers: frozenset[str] = EVERYBODY) -> list[str]:
    return [hit.title for hit in promoted(text, readers)]


@pytest.mark.parametrize("typed", ["own revenue", "Own  Revenue!", "OWN REVENUE", "öwn-revenue"])
def test_the_whole_search_must_be_the_same(guide, typed):
    promote("first steps\nown revenue")
    assert titles(typed) == ["A guide to own revenue"]


@pytest.mark.parametrize("typed", ["own", "own revenue kenya", "revenue own", "", "own-source"])
def test_another_search_is_not_answered(guide, typed):
    promote("own revenue")
    assert titles(typed) == []


def test_a_hit_says_what_the_page_shows(guide):
    guide.date = datetime.date(2026, 5, 1)
    guide.save()
    DocumentFacet.objects.create(document=guide, facet="group", value="africa")
    promote("own revenue")
    (hit,) = promoted("own revenue", EVERYBODY)
    assert (hit.uid, hit.url, hit.entity, hit.kind) == ("page:7", "/page/7/", "post", "primer")
    assert (hit.groups, hit.date) == (("africa",), datetime.date(2026, 5, 1))
    assert hit.passage.text == "Start here."


def test_results_stand_in_the_order_of_their_places(guide):
    make_document("page:8", "Second")
    promote("own revenue", place=2)
    promote("own revenue", "page:8", place=1)
    assert titles("own revenue") == ["Second", "A guide to own revenue"]


def test_who_may_not_read_it_does_not_see_it(guide):
    promote("own revenue")
    guide.readers, guide.is_public = ["members"], False
    guide.save()
    assert titles("own revenue") == []
    assert titles("own revenue", EVERYBODY | {"members"}) == ["A guide to own revenue"]


def test_the_version_in_the_readers_language_is_shown(guide):
    guide.family = "a-guide"
    guide.save()
    make_document("page:70", "Un guide", language="fr", family="a-guide")
    promote("own revenue")
    for language, shown in (("fr", "Un guide"), ("en", guide.title), ("es", guide.title)):
        assert [hit.title for hit in promoted("own revenue", EVERYBODY, language)] == [shown]


def test_a_version_that_the_reader_may_not_see_is_no_version(guide):
    guide.family = "a-guide"
    guide.save()
    hidden = {"readers": ["members"], "is_public": False}
    make_document("page:70", "Un guide", language="fr", family="a-guide", **hidden)
    promote("own revenue")
    assert [hit.title for hit in promoted("own revenue", EVERYBODY, "fr")] == [guide.title]


def test_two_versions_that_are_both_promoted_are_shown_once(guide):
    guide.family = "a-guide"
    guide.save()
    make_document("page:70", "Un guide", language="fr", family="a-guide")
    promote("own revenue")
    promote("own revenue", "page:70")
    assert [hit.title for hit in promoted("own revenue", EVERYBODY, "fr")] == ["Un guide"]


def test_what_has_gone_is_not_shown(guide):
    promote("own revenue")
    guide.title, guide.summary, guide.is_public = "", "", False
    guide.deleted_at = timezone.now()
    guide.save()
    assert titles("own revenue") == []


def test_only_what_is_published_is_shown(guide, django_capture_on_commit_callbacks):
    row = promote("own revenue", live=False)
    assert titles("own revenue") == []
    with django_capture_on_commit_callbacks(execute=True):
        row.save_revision().publish()
    assert titles("own revenue") == ["A guide to own revenue"]


def test_a_search_that_nobody_promotes_costs_no_query(guide, django_assert_num_queries):
    promote("own revenue")
    known_promotions()
    with django_assert_num_queries(0):
        assert titles("something else") == []


# What editors may enter ------------------------------------------------------------------------


def problems(**fields) -> dict[str, list[str]]:
    row = Promotion(**{"words": "own revenue", "uid": "page:7"} | fields)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return error.value.message_dict


def test_a_good_promotion_is_tidied(guide):
    row = Promotion(words="  own   revenue\n\nown revenue ", uid="page:7")
    row.full_clean()
    assert row.words == "own revenue"


def test_the_result_must_exist_and_be_public(guide):
    assert "uid" in problems(uid="page:99")
    guide.is_public = False
    guide.save()
    assert "not everybody may read it" in problems()["uid"][0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("***", "at least one search"),
        ("\n".join(f"search {number}" for number in range(21)), "20 searches"),
    ],
)
def test_the_searches_must_make_sense(guide, words, says):
    assert says in problems(words=words)["words"][0]


def test_a_result_is_promoted_once_for_a_search(guide):
    promote("own revenue")
    assert "already promoted" in problems(words="Own Revenue")["words"][0]


def test_few_results_are_promoted_for_a_search(guide):
    for number in (1, 2, 3):
        make_document(f"page:1{number}", f"Result {number}")
        promote("own revenue", f"page:1{number}")
    assert "already has 3" in problems()["words"][0]
