"""Where the words of each licence stand."""

from .models import Licence

CREATIVE_COMMONS = "https://creativecommons.org"
ADDRESSES = {
    Licence.CC_BY: f"{CREATIVE_COMMONS}/licenses/by/4.0/",
    Licence.CC_BY_NC: f"{CREATIVE_COMMONS}/licenses/by-nc/4.0/",
    Licence.CC_BY_SA: f"{CREATIVE_COMMONS}/licenses/by-sa/4.0/",
    Licence.CC0: f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/",
}


def licence_url(licence: str) -> str:
    """Return the address of the licence’s words; empty for one without such an address."""
    return ADDRESSES.get(licence, "")
