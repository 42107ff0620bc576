"""The pictures of some posts, events and projects."""

import json

from demo import pictures
from demo.files import store_image
from demo.loader import Loader
from files.models import Licence, SiteImage

DRAW = {"landscape": pictures.landscape, "tessellation": pictures.tessellation}


def write(loader: Loader) -> None:
    """Draw the pictures of the pages that are new, before these are published."""
    for item in loader.outline["pictures"]:
        if item["page"] in loader.new:
            page = loader.pages[item["page"]]
            page.listing_image = store_image(
                DRAW[item["kind"]](page.slug, item["tint"]),
                f"{page.slug}.png",
                title=f"{page.title} ({item['kind']})"[:255],
                description=item["alt"],
                licence=Licence.CC0,
            )


def with_figure(body: str, image: SiteImage) -> str:
    """Return the value of a body with the picture set after its first block."""
    first, *others = json.loads(body)
    figure = {
        "image": {"image": image.pk, "decorative": False, "alt_text": image.description},
        "caption": "",
    }
    return json.dumps([first, {"type": "figure", "value": figure}, *others])
