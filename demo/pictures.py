"""Draw calm pictures in the colours of the site: layered country, or a territory of cells.

The same name always gives the same picture. Drawn at twice the size and reduced, so that edges
are smooth; flat colours keep the files small.
"""

import hashlib
import io
import math
import random
from collections.abc import Iterator

from PIL import Image, ImageDraw

from pages.tessellation import SHARE_COLOURS, divide, tint_number

WIDTH, HEIGHT = 1200, 800
OVERSAMPLING = 2
PAPER = (247, 246, 241)
SKY_SHARE = 0.16
LAYERS = 6

Colour = tuple[int, int, int]


def landscape(name: str, tint: str) -> bytes:
    """Return a PNG of hills one behind the other, paler towards the horizon, below a sun."""
    numbers = _numbers(name)
    image, draw = _canvas(_mix(PAPER, _colour(tint), SKY_SHARE))
    _draw_sun(draw, numbers, _mix(PAPER, _colour(tint), 0.05))
    for layer in range(LAYERS):
        depth = (layer + 1) / LAYERS
        draw.polygon(_ridge(numbers, depth), fill=_mix(PAPER, _colour(tint), 0.2 + 0.75 * depth))
    return _png(image)


def tessellation(name: str, tint: str) -> bytes:
    """Return a PNG of the site’s ornament, a territory divided into many."""
    image, draw = _canvas(_mix(PAPER, _colour(tint), 0.3))
    drawing = divide(name, WIDTH, HEIGHT)
    for polygon in drawing.filled:
        draw.polygon(_scaled(polygon), fill=_mix(PAPER, _colour(tint), 0.85))
    for width, lines in ((3, drawing.inner_borders), (9, drawing.borders)):
        for line in lines:
            draw.line(_scaled(line), fill=PAPER, width=width * OVERSAMPLING)
    return _png(image)


def _canvas(ground: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING), ground)
    return image, ImageDraw.Draw(image)


def _draw_sun(draw: ImageDraw.ImageDraw, numbers: Iterator[float], colour: Colour) -> None:
    x, y = WIDTH * (0.2 + 0.6 * next(numbers)), HEIGHT * (0.16 + 0.12 * next(numbers))
    radius = HEIGHT * (0.07 + 0.05 * next(numbers))
    draw.ellipse(_scaled(((x - radius, y - radius), (x + radius, y + radius))), fill=colour)


def _ridge(numbers: Iterator[float], depth: float) -> list[tuple[float, float]]:
    """Return the outline of one range of hills: three waves of different length, added up."""
    base = HEIGHT * (0.3 + 0.55 * depth)
    waves = [
        (HEIGHT * 0.075 / rank, rank * (0.8 + next(numbers)), 2 * math.pi * next(numbers))
        for rank in (1, 2, 4)
    ]
    line = [
        (x, base - sum(h * math.sin(f * 2 * math.pi * x / WIDTH + shift) for h, f, shift in waves))
        for x in range(0, WIDTH + 8, 8)
    ]
    return _scaled([*line, (WIDTH, HEIGHT), (0, HEIGHT)])


def _scaled(points) -> list[tuple[float, float]]:
    return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]


def _png(image: Image.Image) -> bytes:
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _colour(tint: str) -> Colour:
    red, green, blue = bytes.fromhex(SHARE_COLOURS[tint_number(tint) - 1].removeprefix("#"))
    return red, green, blue


def _mix(ground: Colour, colour: Colour, share: float) -> Colour:
    """Return the colour laid over the ground with this opacity."""
    red, green, blue = (
        round(below + (above - below) * share) for below, above in zip(ground, colour, strict=True)
    )
    return red, green, blue


def _numbers(name: str) -> Iterator[float]:
    generator = random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311
    while True:
        yield generator.random()
