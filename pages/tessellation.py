"""The site's one ornament: a territory divided into many, drawn from a slug.

The same slug, size and tint always give the same picture. The drawing is a rectangle cut into
regions, some of them cut again into districts: two tints of one colour and the borders between.
Colours come from the stylesheet through classes, so the picture follows light and dark; only the
share image, which is seen outside the site, carries its own.
"""

import hashlib
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Point = tuple[float, float]
Polygon = tuple[Point, ...]

TINTS = 10
SHARE_WIDTH, SHARE_HEIGHT = 1200, 630

# Slugs whose colour is chosen; every other slug takes one by its hash.
CHOSEN_TINTS = {
    "africa": 1,
    "asia": 2,
    "eca": 3,
    "europe-and-central-asia": 3,
    "lac": 4,
    "latin-america-and-the-caribbean": 4,
    "mena": 5,
    "middle-east-and-north-africa": 5,
    "global": 6,
    "multilevel-governance": 3,
    "local-democracy": 7,
    "subnational-finance": 8,
    "gender-equity": 10,
    "localizing-services": 9,
    "climate-action": 4,
    "urban-governance": 6,
    "conflict-fragility": 5,
    "community-led-development": 1,
    "assessment-methods": 2,
}

# The colours of tokens.css (light), for pictures that leave the site.
SHARE_COLOURS = (
    "#965726", "#007b7c", "#4b67a5", "#46773b", "#9c4e49",
    "#007399", "#83548e", "#7c6705", "#007c60", "#954e71",
)  # fmt: skip


@dataclass(frozen=True)
class Territory:
    """A drawing before it has a size on the page: filled cells and the borders between cells."""

    width: int
    height: int
    filled: tuple[Polygon, ...]
    borders: tuple[tuple[Point, Point], ...]
    inner_borders: tuple[tuple[Point, Point], ...]


def tint_number(slug: str) -> int:
    """Return which of the tints of tokens.css, 1 to 10, stands for this slug."""
    return CHOSEN_TINTS.get(slug) or _digest(slug)[0] % TINTS + 1


@lru_cache(maxsize=512)
def tessellation_svg(
    slug: str,
    *,
    width: int = 1200,
    height: int = 120,
    tint: str | None = None,
    classes: str = "tessellation",
) -> str:
    """Return an SVG of under 2 kB for ``slug``; ``tint`` is a slug that lends its colour."""
    territory = divide(slug, width, height)
    number = tint_number(tint or slug)
    return (
        f'<svg class="{classes} tint-{number}" viewBox="0 0 {width} {height}" '
        'preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">'
        f'<path class="tessellation__ground" d="M0 0h{width}v{height}H0z"/>'
        f'<path class="tessellation__cells" d="{_shapes(territory.filled)}"/>'
        f'<path class="tessellation__districts" d="{_lines(territory.inner_borders)}"/>'
        f'<path class="tessellation__regions" d="{_lines(territory.borders)}"/></svg>'
    )


def divide(slug: str, width: int, height: int) -> Territory:
    """Cut a rectangle into regions and some regions into districts, as the slug decides."""
    numbers = _numbers(slug)
    ground: Polygon = ((0, 0), (width, 0), (width, height), (0, height))
    count = round(6 + 4 * math.log2(max(width, height) / min(width, height)))
    regions, borders = _cut([ground], count, numbers)
    filled: list[Polygon] = []
    inner: list[tuple[Point, Point]] = []
    for index, region in enumerate(sorted(regions, key=_area, reverse=True)):
        if index >= count * 0.45:
            if next(numbers) < 0.4:
                filled.append(region)
            continue
        districts, lines = _cut([region], 3 + int(next(numbers) * 3), numbers)
        inner += lines
        filled += [district for district in districts if next(numbers) < 0.5]
    return Territory(width, height, tuple(filled), tuple(borders), tuple(inner))


def _cut(
    polygons: list[Polygon], count: int, numbers: Iterator[float]
) -> tuple[list[Polygon], list[tuple[Point, Point]]]:
    """Split the largest piece again and again until there are ``count`` pieces."""
    pieces, borders = list(polygons), []
    while len(pieces) < count:
        largest = max(pieces, key=_area)
        pieces.remove(largest)
        one, other, border = _split(largest, 0.36 + 0.28 * next(numbers), next(numbers))
        pieces += [one, other]
        borders.append(border)
    return pieces, borders


def _split(
    polygon: Polygon, position: float, slant: float
) -> tuple[Polygon, Polygon, tuple[Point, Point]]:
    """Cut a convex polygon across its longer side, a little askew."""
    left, right = min(x for x, _ in polygon), max(x for x, _ in polygon)
    top, bottom = min(y for _, y in polygon), max(y for _, y in polygon)
    angle = (slant - 0.5) * 0.95
    if right - left >= bottom - top:
        through = (left + (right - left) * position, (top + bottom) / 2)
        normal = (math.cos(angle), math.sin(angle))
    else:
        through = ((left + right) / 2, top + (bottom - top) * position)
        normal = (math.sin(angle), math.cos(angle))
    sides = [(x - through[0]) * normal[0] + (y - through[1]) * normal[1] for x, y in polygon]
    one: list[Point] = []
    other: list[Point] = []
    border: list[Point] = []
    for index, point in enumerate(polygon):
        following, here, there = (
            polygon[(index + 1) % len(polygon)],
            sides[index],
            sides[(index + 1) % len(polygon)],
        )
        (one if here < 0 else other).append(point)
        if (here < 0) != (there < 0):
            share = here / (here - there)
            crossing = (
                point[0] + (following[0] - point[0]) * share,
                point[1] + (following[1] - point[1]) * share,
            )
            one.append(crossing)
            other.append(crossing)
            border.append(crossing)
    return tuple(one), tuple(other), (border[0], border[1])


def _area(polygon: Polygon) -> float:
    pairs = zip(polygon, polygon[1:] + polygon[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _shapes(polygons: tuple[Polygon, ...]) -> str:
    return "".join(f"{_line(polygon)}z" for polygon in polygons)


def _lines(segments: tuple[tuple[Point, Point], ...]) -> str:
    return "".join(_line(segment) for segment in segments)


def _line(points: tuple[Point, ...]) -> str:
    """Write points as a path: the first one absolute, the others as steps, which are shorter."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = itertools.pairwise(whole)
    moves = " ".join(f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in steps)
    return f"M{whole[0][0]} {whole[0][1]}l{moves}".replace(" -", "-")


def _digest(slug: str) -> bytes:
    return hashlib.sha256(slug.encode()).digest()


def _numbers(slug: str) -> Iterator[float]:
    """Yield numbers from 0 to 1 that depend on the slug alone, on every machine."""
    block = _digest(slug)
    while True:
        for byte in block:
            yield byte / 255
        block = hashlib.sha256(block).digest()
