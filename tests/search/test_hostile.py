"""Whatever the address says, the answer has words, and is no failure."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.request import FACETS
from tests.factories.content import make_post

NASTY = [
    '"',
    "'",
    '"unclosed',
    "''''",
    "*",
    "^",
    "-",
    "\\",
    "%",
    "_",
    "(",
    ")))",
    "{title}",
    "NEAR(a b, 2)",
    "AND",
    "a AND",
    "OR OR",
    "NOT",
    "a NOT b",
    "title:transfers",
    "a & b | !c <-> d:*",
    "\x00",
    "transfers\x00",
    "\x1b[31m",
    "\u202etransfers\u202c",
    "\u200b",
    "😀",
    "👩‍👩‍👧",
    "ﷺ",
    "İ",
    "ß",
    "\u0301\u0301",
    "transfers" * 1_200,
    "word " * 400,
    " ".join(f"w{number}" for number in range(3_000)),
    "<script>alert(1)</script>",
    "'; drop table pages_sitepage; --",
    "{{ 7 * 7 }}{% debug %}",
    "${jndi:ldap://x}",
    "%s %(x)s %d {} {0}",
    "   ",
    "ة ال",
]


@pytest.mark.django_db
def test_hostile_words_get_an_answer(client, home):
    for typed in NASTY:
        for form in ("html", "json", "rss"):
            response = client.get("/search/", {"q": typed, "format": form})
            assert response.status_code == 200, repr(typed)
            assert "<script>alert" not in response.text


@pytest.mark.django_db
def test_what_is_left_after_cleaning_still_searches(find, home):
    make_post("Transfers")
    make_post("Other")
    for typed in ('"transfers"', "transfers*", "(transfers", "transfers\x00", "TRANSFERS!"):
        answer = find(q=typed)
        assert [result["title"] for result in answer["results"]] == ["Transfers"], repr(typed)


@pytest.mark.django_db
def test_hostile_values_get_an_answer(client, home):
    for value in (*NASTY, "-1", "0", "99999999999999999999", "a" * 100):
        everywhere = dict.fromkeys((*FACETS, "sort", "format"), value)
        assert client.get("/search/", everywhere).status_code == 200, repr(value)
        assert client.get("/search/", {"page": value}).status_code in {200, 404}, repr(value)
    for facet in FACETS:
        assert client.get("/search/", {facet: "not-there-1"}).status_code == 200


@pytest.mark.django_db
def test_broken_encodings_get_an_answer(client, home):
    for raw in (
        "q=%ED%A0%80",
        "q=%FF%FE",
        "q=%",
        "q[]=a&q[x]=b",
        "q=a&q=b&q=%00",
        "&&&=",
        "%00=%00",
    ):
        assert client.get(f"/search/?{raw}").status_code == 200


@pytest.mark.django_db
def test_thousands_of_values_get_an_answer(client, home):
    many = "&".join(f"country=c{number}" for number in range(3_000))
    assert client.get(f"/search/?{many}").status_code == 200


@pytest.mark.django_db
def test_markup_in_content_is_shown_as_text(ask, home):
    make_post("<b>Bold</b> transfers", summary="<img src=x onerror=alert(1)> transfers")
    page = ask(q="transfers").text
    assert "<b>Bold" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; <mark>transfers</mark>" in page


@pytest.mark.django_db
def test_only_reading_is_possible(client, home):
    assert client.post("/search/").status_code == 405
    assert client.head("/search/").status_code == 200


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    parameters=st.dictionaries(
        st.sampled_from(["q", "sort", "format", *FACETS]),
        st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=3),
        max_size=4,
    )
)
@pytest.mark.django_db
def test_any_address_gets_an_answer(home, parameters):
    response = Client().get("/search/", parameters)
    assert response.status_code == 200


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
@pytest.mark.django_db
def test_any_words_get_an_answer(home, typed):
    answer = Client().get("/search/", {"q": typed, "format": "json"})
    assert answer.status_code == 200
    assert answer.json()["count"] >= 0
