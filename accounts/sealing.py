"""Secrets that lie in the database sealed with the site’s key, so that a copy of it gives none."""

import base64
import logging

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import get_random_string, salted_hmac

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
logger = logging.getLogger(__name__)


def seal(text: str) -> str:
    """Return the text so that only this site’s key opens it."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed with the present key or a former one.

    What no key opens gives a secret that nobody knows: no code then fits, and nothing breaks.
    """
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error("A second factor cannot be read: was SECRET_KEY changed without its fallback?")
        return get_random_string(32, BASE32)


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    digest = salted_hmac("accounts.sealing", "second factor", secret=key, algorithm="sha256")
    return base64.urlsafe_b64encode(digest.digest())
