"""Texts that the database keeps unreadable where the site has a key for them."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

MARK = "fernet:"


class UnreadableSecret(Exception):
    """A text was encrypted with a key that the site no longer has."""


def conceal(text: str) -> str:
    """Return a text encrypted with the newest key, or as it is where there is none."""
    keys = _keys()
    if not text or keys is None:
        return text
    return MARK + keys.encrypt(text.encode()).decode()


def reveal(kept: str) -> str:
    """Return what was concealed; a text from before there was a key is returned as it is."""
    if not kept.startswith(MARK):
        return kept
    keys = _keys()
    try:
        return keys.decrypt(kept.removeprefix(MARK).encode()).decode() if keys else _unreadable()
    except InvalidToken as error:
        raise UnreadableSecret from error


class SecretTextField(models.TextField):
    """A text that only the site reads."""

    def get_prep_value(self, value: str | None) -> str | None:
        prepared = super().get_prep_value(value)
        return prepared if prepared is None else conceal(prepared)

    def from_db_value(self, value: str | None, expression, connection) -> str | None:
        return value if value is None else reveal(value)


def _keys() -> MultiFernet | None:
    keys = [Fernet(key) for key in settings.JOIN_LINK_KEYS]
    return MultiFernet(keys) if keys else None


def _unreadable() -> str:
    raise UnreadableSecret
