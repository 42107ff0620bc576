"""Draw the countries of the world for the map of members, from Natural Earth’s public domain data.

    npm install --prefix var/world world-atlas@2.0.2
    .venv/bin/python scripts/world_map.py var/world/node_modules/world-atlas

Writes ``members/directory/world.json``: outlines at 1:110 million in the Equal Earth projection,
rounded to whole units of a drawing that is 1,000 wide, and the middle of each country that is too
small to have an outline at that scale. Run again it writes the same bytes.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from django_countries import countries

TARGET = Path(__file__).parent.parent / "members" / "directory" / "world.json"
WIDTH, MARGIN = 1000, 2
NORTH, SOUTH = 83.7, -56.0
HALF_TURN = 180
LEFT_OUT = {"AQ"}
SMALLEST_RING = 1.5  # square units: what is smaller is a speck
# Natural Earth draws who governs; here is whose ISO code a part without one falls under.
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
# Equal Earth: Šavrič, Patterson and Jenny, International Journal of GIS 33 (2019).
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796

Point = tuple[float, float]
Ring = list[Point]


def main(folder: Path) -> None:
    """Read both scales, write the drawing."""
    outlines = dict(shapes(folder / "countries-110m.json"))
    middles = {
        code: middle(rings)
        for code, rings in shapes(folder / "countries-50m.json")
        if code not in outlines
    }
    paths = {code: path(rings) for code, rings in outlines.items()}
    middles |= {code: middle(outlines[code]) for code, drawn in paths.items() if not drawn}
    drawing = {
        "source": "Natural Earth 4.1 by way of world-atlas 2.0.2; public domain",
        "width": WIDTH,
        "height": height(),
        "shapes": {code: paths[code] for code in sorted(paths) if paths[code]},
        "points": {code: middles[code] for code in sorted(middles)},
    }
    text = json.dumps(drawing, ensure_ascii=False, indent=0, separators=(",", ":"))
    TARGET.write_text(f"{text}\n")
    print(f"{len(drawing['shapes'])} outlines, {len(drawing['points'])} points, {len(text)} bytes")


def shapes(file: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Return the rings of each country, by its ISO code, as degrees."""
    topology = json.loads(file.read_text())
    arcs = list(decoded_arcs(topology))
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = iso_code(shape)
        if code and code not in LEFT_OUT:
            whole = (half for ring in rings(shape, arcs) for half in halves(ring))
            found.setdefault(code, []).extend(whole)
    yield from found.items()


def decoded_arcs(topology: dict) -> Iterator[Ring]:
    """Return the lines that shapes are made of: whole numbers, each relative to the one before."""
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for across, up in arc:
            x, y = x + across, y + up
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        yield points


def iso_code(shape: dict) -> str:
    """Return the two letters of a shape; empty for one that nobody’s code stands for."""
    number = shape.get("id", "")
    if number.isdigit():
        return str(countries.alpha2(int(number)))
    return BY_NAME.get(shape["properties"]["name"], "")


def rings(shape: dict, arcs: list[Ring]) -> list[Ring]:
    """Return all rings of a shape; a negative index is an arc taken backwards."""
    polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}
    found = []
    for polygon in polygons[shape["type"]]:
        for indices in polygon:
            ring: Ring = []
            for index in indices:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                ring.extend(arc[1:] if ring else arc)
            found.append(ring)
    return found


def halves(ring: Ring) -> list[Ring]:
    """Cut a ring that crosses the edge of the map into what lies on either side."""
    turned, shift = [], 0
    for place, (longitude, latitude) in enumerate(ring):
        if place and abs(longitude - ring[place - 1][0]) > HALF_TURN:
            shift += 2 * HALF_TURN if longitude < ring[place - 1][0] else -2 * HALF_TURN
        turned.append((longitude + shift, latitude))
    if all(abs(longitude) <= HALF_TURN for longitude, _latitude in turned):
        return [ring]
    if min(turned)[0] < -HALF_TURN:
        turned = [(longitude + 2 * HALF_TURN, latitude) for longitude, latitude in turned]
    east = cut(turned)
    west = [(-x, y) for x, y in cut([(2 * HALF_TURN - x, y) for x, y in turned])]
    return [half for half in (east, west) if half]


def cut(ring: Ring) -> Ring:
    """Return the part of a ring up to 180 degrees."""
    kept: Ring = []
    for (x, y), (next_x, next_y) in pairwise([*ring, ring[0]]):
        if x <= HALF_TURN:
            kept.append((x, y))
        if (x <= HALF_TURN) != (next_x <= HALF_TURN):
            part = (HALF_TURN - x) / (next_x - x)
            kept.append((HALF_TURN, y + part * (next_y - y)))
    return kept


def projected(longitude: float, latitude: float) -> Point:
    """Return where a place lies in the drawing."""
    x, y = equal_earth(longitude, max(min(latitude, NORTH), SOUTH))
    widest = equal_earth(180, 0)[0]
    unit = (WIDTH - 2 * MARGIN) / (2 * widest)
    return MARGIN + (x + widest) * unit, MARGIN + (equal_earth(0, NORTH)[1] - y) * unit


def equal_earth(longitude: float, latitude: float) -> Point:
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * A4 * angle**8 + 7 * A3 * angle**6 + 3 * A2 * angle**2 + A1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(angle) / (3 * slope)
    return x, A4 * angle**9 + A3 * angle**7 + A2 * angle**3 + A1 * angle


def height() -> int:
    """Return how high the drawing is."""
    return math.ceil(projected(0, SOUTH)[1]) + MARGIN


def path(country: Iterable[Ring]) -> str:
    """Return the outline as SVG writes it, in steps from point to point."""
    return "".join(filter(None, (ring_path(ring) for ring in country)))


def ring_path(ring: Ring) -> str:
    points = []
    for place in ring:
        point = tuple(round(number) for number in projected(*place))
        if not points or point != points[-1]:
            points.append(point)
    points = without_needless(points)
    if len(points) < 3 or abs(area(points)) < SMALLEST_RING:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    return f"M{numbers(points[:1])}l{numbers(steps)}z"


def without_needless(points: list) -> list:
    """Leave out the last point, which is the first, and those on a straight line."""
    if len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    kept: list = []
    for point in points:
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _straight(a: Point, b: Point, c: Point) -> bool:
    across = (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])
    onward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
    return across and onward


def numbers(pairs: Iterable[Point]) -> str:
    """Return pairs as short as SVG allows: a minus sign is a space, too."""
    text = " ".join(f"{x} {y}" for x, y in pairs)
    return text.replace(" -", "-")


def area(points: list) -> float:
    """Return the signed area of a ring."""
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))
        / 2
    )


def middle(country: list[Ring]) -> list[int]:
    """Return the middle of the largest ring of a country."""
    largest = max(country, key=lambda ring: abs(area(ring)))
    west, east = min(x for x, _ in largest), max(x for x, _ in largest)
    south, north = min(y for _, y in largest), max(y for _, y in largest)
    return [round(number) for number in projected((west + east) / 2, (south + north) / 2)]


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    main(Path(sys.argv[1]))
