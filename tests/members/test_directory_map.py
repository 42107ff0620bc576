"""The map of members, which names nobody."""

import gzip
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from members.directory import counts, rules
from members.directory.rules import FEWEST, cells, steps
from members.directory.world import world
from members.models import Member
from taxonomy.models import Country
from tests.factories.members import JOINED, make_member

REGIONS = {"ke": "africa", "gh": "africa", "tz": "africa", "in": "asia", "to": "asia", "fr": ""}


def test_small_countries_are_counted_with_their_region():
    found = cells({"ke": 9, "gh": 2, "tz": 1, "in": 5}, REGIONS)
    assert found.countries == {"ke": 9, "in": 5}
    assert found.rest_of == {"africa": 3}
    assert found.rest == 0


def test_what_is_too_small_for_its_region_goes_to_the_rest():
    found = cells({"ke": 9, "gh": 2, "to": 1}, REGIONS)
    assert (found.countries, found.rest_of, found.rest) == ({"ke": 9}, {}, 3)


def test_a_rest_that_would_be_too_small_takes_the_smallest_cell_along():
    found = cells({"ke": 9, "in": 4, "gh": 1}, REGIONS)
    assert (found.countries, found.rest) == ({"ke": 9}, 5)


def test_so_few_that_they_could_be_named_are_not_counted_at_all():
    assert cells({"ke": 1, "": 1}, REGIONS).total == 0


@given(some.dictionaries(some.sampled_from([*REGIONS, ""]), some.integers(1, 9)))
def test_no_cell_ever_stands_for_fewer_than_three_and_nobody_is_lost(numbers):
    found = cells(numbers, REGIONS)
    shown = [*found.countries.values(), *found.rest_of.values(), found.rest]
    assert all(number >= FEWEST for number in shown if number)
    assert found.total == (sum(numbers.values()) if sum(numbers.values()) >= FEWEST else 0)


@pytest.mark.parametrize(
    ("most", "begins"),
    [
        *[(0, (3,)), (9, (3,)), (12, (3, 10)), (99, (3, 10, 30)), (250, (3, 10, 30, 100))],
        (45_000, (3, 3_000, 10_000, 30_000)),
    ],
)
def test_the_steps_reach_the_top_in_round_numbers(most, begins):
    assert steps(most) == begins


@pytest.mark.django_db
class TestCounting:
    def test_all_active_members_count_whatever_they_show(self, home, now):
        kenya = Country.objects.get(slug="ke")
        for number, level in enumerate(["hidden", "groups", "public", "hidden"]):
            make_member(f"m{number}@example.org", "Somebody", level=level, country=kenya)
        leaving = Member.objects.filter(level="hidden").first()
        Member.objects.filter(pk=leaving.pk).update(state="leaving", leaves_at=JOINED)
        assert counts.count().countries == {"ke": 3}

    def test_numbers_stay_as_they_are_for_an_hour(self, home, now):
        kenya = Country.objects.get(slug="ke")
        for number in range(3):
            make_member(f"m{number}@example.org", "Somebody", country=kenya)
        assert counts.counted(now).countries == {"ke": 3}
        make_member("late@example.org", "Somebody", country=kenya)
        assert counts.counted(now).countries == {"ke": 3}
        later = now.replace(hour=now.hour + 1)
        assert counts.counted(later).countries == {"ke": 4}

    def test_the_map_is_a_drawing_with_words_and_a_table(self, client, home):
        for slug in ("ke", "to"):
            for number in range(3):
                country = Country.objects.get(slug=slug)
                make_member(f"{slug}{number}@example.org", "Somebody", country=country)
        page = client.get("/members/map/").content.decode()
        start = page.index('<svg class="member-map__drawing')
        drawing = ET.fromstring(page[start : page.index("</svg>", start) + len("</svg>")])  # noqa: S314 - our own
        titles = [title.text for title in drawing.iter("title")]
        assert drawing.attrib["role"] == "img"
        assert titles[0] == "Members by country"
        assert set(titles[1:]) == {"Kenya: 3", "Tonga: 3"}
        assert '<th scope="row">Kenya</th>' in page
        assert len(gzip.compress(page.encode())) < 35_000

    @pytest.mark.parametrize("path", ["/members/", "/members/map/"])
    def test_there_is_no_map_of_so_few(self, client, home, path):
        make_member("amina@example.org", "Amina", country=Country.objects.get(slug="ke"))
        page = client.get(path).content.decode()
        assert "Kenya: " not in page
        assert "member-map" not in page


@pytest.mark.django_db
def test_every_country_of_the_vocabulary_has_a_place_on_the_map():
    placed = {*world().shapes, *world().points}
    slugs = set(Country.objects.values_list("slug", flat=True))
    overseas = {"aq", "bq", "bv", "cc", "cx", "gf", "gi", "gp", "mq", "re", "sj", "tk", "tv", "um"}
    assert slugs - placed <= overseas | {"yt"}


def test_rules_hold_names_to_their_words():
    assert rules.folded("  Łukasz  O’Brien-Ñandú ") == "lukasz o brien nandu"
    assert rules.starts_of_words("a b c d e f") == ["a", "b", "c", "d", "e"]
