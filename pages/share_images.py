"""The picture that other sites show beside a link to a page: the tessellation as PNG."""

import io
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from PIL import Image, ImageDraw

from .tessellation import (
    SHARE_COLOURS,
    SHARE_HEIGHT,
    SHARE_WIDTH,
    Polygon,
    divide,
    tint_number,
)

GROUND, CELLS = 0.3, 0.8
FINER = 2
BORDER, INNER_BORDER = 9, 3
MONTH = 30 * 86_400


def share_image_url(slug: str) -> str:
    """Return the address of the picture that stands for a slug."""
    return reverse("share_image", args=[slug])


@cache_control(public=True, max_age=MONTH)
def share_image(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the picture of a slug; any slug has one."""
    return HttpResponse(draw(slug[:100]), content_type="image/png")


@lru_cache(maxsize=64)
def draw(slug: str) -> bytes:
    """Return the drawing of a slug as a small PNG of a dozen colours.

    Drawn at twice the size and reduced, which smooths the borders.
    """
    territory = divide(slug, SHARE_WIDTH, SHARE_HEIGHT)
    colour = SHARE_COLOURS[tint_number(slug) - 1]
    size = (SHARE_WIDTH * FINER, SHARE_HEIGHT * FINER)
    image = Image.new("RGB", size, _on_white(colour, GROUND))
    pen = ImageDraw.Draw(image)
    for cell in territory.filled:
        pen.polygon(_scaled(cell), fill=_on_white(colour, CELLS))
    for borders, width in (
        (territory.inner_borders, INNER_BORDER),
        (territory.borders, BORDER),
    ):
        for border in borders:
            pen.line(_scaled(border), fill="white", width=width * FINER)
    image = image.resize((SHARE_WIDTH, SHARE_HEIGHT), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    image.quantize(16).save(written, "PNG", optimize=True)
    return written.getvalue()


def _scaled(points: Polygon) -> list[tuple[float, float]]:
    return [(x * FINER, y * FINER) for x, y in points]


def _on_white(colour: str, share: float) -> tuple[int, ...]:
    """Return the colour as it looks at this opacity on white paper."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return tuple(round(255 - (255 - part) * share) for part in parts)
