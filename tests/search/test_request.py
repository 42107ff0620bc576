"""An address is read as one clean search, and each search has one address."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search import request
from search.request import FACETS, MOST_VALUES, SearchRequest


def parse(parameters: QueryDict) -> SearchRequest:
    """Read an address where every value means something."""
    return request.parse(parameters, lambda _facet, values: values)


def query_dict(parameters: dict[str, list[str]]) -> QueryDict:
    read = QueryDict(mutable=True)
    for name, values in parameters.items():
        read.setlist(name, values)
    return read


def test_an_empty_address_asks_for_everything_newest_first():
    asked = parse(QueryDict(""))
    assert (asked.q, asked.order, asked.page, asked.format) == ("", "newest", 1, "html")
    assert not asked.is_narrowed


def test_words_are_answered_by_relevance():
    assert parse(QueryDict("q=transfers")).order == "relevance"


def test_repeated_parameters_are_values_side_by_side():
    assert parse(QueryDict("region=mena&region=africa&region=mena")).region == ("africa", "mena")


@pytest.mark.parametrize(
    ("parameters", "facet"),
    [
        ("theme=../../etc", "theme"),
        ("theme=%00", "theme"),
        ("theme='+or+1=1", "theme"),
        (f"theme={'a' * 10_000}", "theme"),
        ("year=0000", "year"),
        ("year=20263", "year"),
        ("year=-1", "year"),
        ("year=%D9%A2%D9%A0%D9%A2%D9%A6", "year"),
    ],
)
def test_values_that_can_mean_nothing_are_left_out(parameters, facet):
    assert parse(QueryDict(parameters)).chosen(facet) == ()


def test_only_so_many_values_are_read():
    many = "&".join(f"country=c{number}" for number in range(500))
    assert len(parse(QueryDict(many)).country) == MOST_VALUES


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "1" * 20, "٢", "1e3", " 2"])
def test_a_page_that_cannot_be_is_told_apart(page):
    assert parse(query_dict({"page": [page]})).page == 0


def test_a_page_left_empty_is_the_first():
    assert parse(QueryDict("page=")).page == 1


def test_the_canonical_address_is_sorted_without_repeats_and_defaults():
    asked = parse(
        QueryDict("page=1&sort=relevance&type=post&q=+own++revenue&x=1&region=mena&region=africa")
    )
    assert asked.query_string == "q=own+revenue&region=africa&region=mena&type=post"
    assert parse(QueryDict("sort=newest&format=json")).query_string == ""


def test_taking_a_value_away_starts_from_the_first_page():
    asked = parse(QueryDict("region=africa&region=mena&page=3&sort=oldest"))
    assert asked.without("region", "mena").query_string == "region=africa&sort=oldest"


def test_taking_the_words_away_leaves_no_relevance_to_sort_by():
    assert parse(QueryDict("q=tax&year=2025&sort=newest")).without_words().query_string == (
        "year=2025"
    )


any_parameters = st.dictionaries(
    st.sampled_from(["q", "sort", "page", "format", "exact", "junk", *FACETS]),
    st.lists(st.text(max_size=40), max_size=4),
)


@given(any_parameters)
def test_the_canonical_address_of_anything_leads_to_itself(parameters):
    asked = parse(query_dict(parameters))
    again = parse(QueryDict(asked.query_string))
    if asked.page:
        assert again.query_string == asked.query_string


def test_what_nothing_is_called_is_left_out_and_told():
    asked = request.parse(
        QueryDict("theme=water&theme=Wine&theme=+&year=20263&region=..%2Fetc"),
        lambda facet, values: {"water"} & set(values),
    )
    assert asked.theme == ("water",)
    assert asked.unknown == (("region", "../etc"), ("theme", "wine"), ("year", "20263"))
    assert asked.query_string == "theme=water"


def test_what_is_told_of_an_unknown_value_is_readable():
    asked = request.parse(
        query_dict({"theme": ["\u202ewine\x00", "\x07"]}), lambda _facet, _values: ()
    )
    assert asked.unknown == (("theme", "wine"),)


def test_words_are_taken_exactly_only_where_there_are_words():
    assert parse(QueryDict("q=wahs&exact=1")).query_string == "exact=1&q=wahs"
    assert parse(QueryDict("exact=1")).query_string == ""
    assert parse(QueryDict("q=wahs&exact=yes")).query_string == "q=wahs"


def test_other_words_are_looked_for_within_the_same_facets():
    asked = parse(QueryDict("q=wahs&exact=1&region=lac&page=2"))
    assert asked.with_words("wash").query_string == "q=wash&region=lac"
    assert asked.with_words("wahs", exact=True).query_string == "exact=1&q=wahs&region=lac"
