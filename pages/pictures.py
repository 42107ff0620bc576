"""Images as the templates draw them: modern formats, fixed sizes, no second look-up."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, SourceImageIOError

logger = logging.getLogger(__name__)

FORMATS = ("avif", "webp")
CARD_SPECS = ("fill-180x120", "fill-360x240")
PORTRAIT_SPECS = ("fill-96x96", "fill-192x192")
BODY_SPECS = ("width-640", "width-1120")


@dataclass(frozen=True)
class Picture:
    """What ``components/picture.html`` needs: addresses by format, and the size of the box."""

    url: str
    width: int
    height: int
    alt: str
    srcset: str
    sizes: str
    sources: tuple[dict[str, str], ...]


def filter_specs(specs: Sequence[str]) -> list[str]:
    """Return every rendition filter of a picture in these sizes, smallest first per format."""
    return [f"{spec}|format-{name}" for name in FORMATS for spec in specs]


def picture(
    image: AbstractImage | None, specs: Sequence[str], *, sizes: str = "", alt: str | None = None
) -> Picture | None:
    """Return the picture, or ``None`` when there is no image or its file is missing.

    ``specs`` go from the size of the box to the sizes for denser screens. Renditions that do not
    exist yet are made; those that were prefetched with the image cost no query.
    """
    if image is None:
        return None
    try:
        renditions = image.get_renditions(*filter_specs(specs))
    except (SourceImageIOError, InvalidFilterSpecError, OSError) as error:
        logger.warning("Image %s cannot be shown: %s", image.pk, error)
        return None
    by_format = {name: [renditions[f"{spec}|format-{name}"] for spec in specs] for name in FORMATS}
    fallback = by_format["webp"]
    return Picture(
        url=fallback[0].url,
        width=fallback[0].width,
        height=fallback[0].height,
        alt=image.description if alt is None else alt,
        srcset=_srcset(fallback),
        sizes=sizes or f"{fallback[0].width}px",
        sources=({"type": "image/avif", "srcset": _srcset(by_format["avif"])},),
    )


def _srcset(renditions) -> str:
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
