import pytest

from pages.rules import (
    Content,
    Missing,
    are_headings_in_order,
    heading_levels,
    missing_before_submitting,
)


def content(entity="post", **changes) -> Content:
    complete = {
        "summary": "What it says.",
        "themes": 1,
        "places": 1,
        "language": "en",
        "licence": "CC-BY-4.0",
        "time_zone": "UTC",
        "headings": (2, 3, 2),
    }
    return Content(entity=entity, **(complete | changes))


@pytest.mark.parametrize(
    "entity", ["post", "event", "product", "group", "project", "page", "workplan", "home"]
)
def test_a_complete_page_misses_nothing(entity):
    assert missing_before_submitting(content(entity)) == []


@pytest.mark.parametrize("entity", ["page", "workplan", "home"])
def test_plain_pages_and_workplans_need_only_a_language(entity):
    bare = Content(entity=entity)
    assert missing_before_submitting(bare) == [Missing.LANGUAGE]


@pytest.mark.parametrize(
    ("entity", "change", "missing"),
    [
        ("post", {"summary": " \n"}, Missing.SUMMARY),
        ("group", {"summary": ""}, Missing.SUMMARY),
        ("post", {"themes": 0}, Missing.THEME),
        ("event", {"themes": 0}, Missing.THEME),
        ("product", {"places": 0}, Missing.PLACE),
        ("post", {"kind": "announcement", "places": 0}, Missing.PLACE),
        ("product", {"licence": ""}, Missing.LICENCE),
        ("event", {"time_zone": ""}, Missing.TIME_ZONE),
        ("post", {"undescribed_images": 1}, Missing.ALT_TEXT),
        ("post", {"language": ""}, Missing.LANGUAGE),
        ("page", {"headings": (3,)}, Missing.HEADING_ORDER),
    ],
)
def test_each_thing_that_is_missing_is_named(entity, change, missing):
    assert missing_before_submitting(content(entity, **change)) == [missing]


@pytest.mark.parametrize(
    ("entity", "change"),
    [
        ("post", {"kind": "announcement", "themes": 0}),
        ("post", {"licence": ""}),
        ("post", {"time_zone": ""}),
        ("project", {"themes": 0, "places": 0}),
    ],
)
def test_nothing_is_asked_that_does_not_fit(entity, change):
    assert missing_before_submitting(content(entity, **change)) == []


@pytest.mark.parametrize(
    ("levels", "in_order"),
    [((), True), ((2, 2, 3, 2), True), ((3,), False), ((2, 4), False), ((2, 3, 4, 2), True)],
)
def test_headings_go_down_one_level_at_a_time(levels, in_order):
    assert are_headings_in_order(levels) is in_order


def test_headings_are_found_in_the_text():
    html = '<p>x</p><h2 id="a">One</h2><H3>Two</H3><hr><header>no</header>'
    assert heading_levels(html) == [2, 3]
