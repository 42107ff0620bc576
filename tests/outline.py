"""How the headings of a page follow one another."""

import itertools
import re
from html import unescape

from django.http import HttpResponse
from django.utils.html import strip_tags

HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)


def headings(response: HttpResponse) -> list[tuple[int, str]]:
    """Return level and words of each heading of the page’s own part, in order."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return [
        (int(level), " ".join(unescape(strip_tags(words)).split()))
        for level, words in HEADING.findall(main)
    ]


def titles(response: HttpResponse, level: int = 2) -> list[str]:
    """Return the words of the headings of one level."""
    return [words for found, words in headings(response) if found == level]


def assert_good_outline(response: HttpResponse) -> None:
    """One first heading at the top, and no level left out on the way down."""
    levels = [level for level, _words in headings(response)]
    assert levels[0] == 1, levels
    assert levels.count(1) == 1, levels
    steps = [later - earlier for earlier, later in itertools.pairwise(levels)]
    assert max(steps, default=0) <= 1, headings(response)
