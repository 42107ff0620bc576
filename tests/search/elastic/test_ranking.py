"""What stands first."""

import pytest

from .library import Thing


@pytest.mark.parametrize("typed", ["InFER", "infer", "“InFER”", "Fiscal relations", "INFER?"])
def test_a_group_stands_first_under_each_of_its_names(uids, typed):
    assert uids(typed)[0] == "page:infer"


def test_an_exact_title_stands_first(only, uids):
    only(
        Thing("page:1", "Transfers", body="Short."),
        Thing("page:2", "Transfers and more transfers", body="transfers " * 50),
        Thing("page:3", "All about transfers: transfers", body="transfers transfers"),
    )
    assert uids("transfers")[0] == "page:1"


def test_a_word_in_the_title_counts_more_than_one_in_the_text(only, uids):
    only(
        Thing("page:text", "Notes", body="land value capture, land value capture " * 3),
        Thing("page:title", "Land value capture", body="Notes."),
    )
    assert uids("land value") == ["page:title", "page:text"]


def test_words_that_stand_together_count_more(only, uids):
    only(
        Thing("page:apart", "Notes", body="The value that a capture of much land has."),
        Thing("page:together", "Notes", body="The much land value capture that it has."),
    )
    assert uids("land value capture")[0] == "page:together"


def test_the_newer_of_two_stands_first(only, uids):
    only(
        Thing("page:old", "Land value", date="2009-01-01"),
        Thing("page:new", "Land value", date="2026-10-01"),
    )
    assert uids("land value") == ["page:new", "page:old"]


def test_a_classic_is_not_buried_by_what_is_merely_new(only, uids):
    only(
        Thing("page:classic", "Land value capture", date="2004-01-01", body="Land value capture."),
        *(
            Thing(f"page:{number}", f"News {number}", date="2026-11-01", body="Land has value.")
            for number in range(20)
        ),
    )
    assert uids("land value")[0] == "page:classic"


def test_the_version_in_the_language_of_the_interface_stands_first(only, uids):
    only(
        Thing("page:en", "Kenya 2030", "en"),
        Thing("page:fr", "Kenya 2030", "fr"),
    )
    assert uids("kenya 2030", language="fr")[0] == "page:fr"
    assert uids("kenya 2030", language="en")[0] == "page:en"


def test_orders_by_date_put_what_has_none_last(find):
    newest = [hit.date for hit in find("kenya", order="newest").hits]
    dates = [date for date in newest if date]
    assert dates == sorted(dates, reverse=True)
    assert newest[len(dates) :] == [None] * (len(newest) - len(dates)) != []
    oldest = [hit.date for hit in find("kenya", order="oldest").hits]
    assert oldest == dates[::-1] + newest[len(dates) :]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
def test_pages_of_equal_results_do_not_repeat_any(only, uids, order):
    only(*(Thing(f"page:{number:02}", "Equal") for number in range(30)))
    pages = [uids("equal", order=order, start=start, size=7) for start in range(0, 35, 7)]
    assert sorted(uid for page in pages for uid in page) == [f"page:{n:02}" for n in range(30)]


def test_without_words_everything_is_listed_newest_first(find):
    found = find("")
    assert found.total == 10
    assert [hit.uid for hit in found.hits[:2]] == ["page:recettes", "page:revenue"]
    assert found.hits[0].score == 0 or found.hits[0].score


def test_beyond_the_deepest_result_there_is_nothing_and_no_error(find):
    found = find("kenya", start=10_000)
    assert (found.hits, found.total > 0) == ((), True)
    assert find("kenya", start=10**9).hits == ()
