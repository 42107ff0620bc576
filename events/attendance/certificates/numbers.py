"""The number of a certificate: says which one it is and, by its end, that we gave it.

“0C4R-7K3Q-X9M2-TD4W”: the registration, then 60 bits that only we can make. Nothing is stored, and
it can be read aloud: no letter looks like a digit (Crockford’s base 32).
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from events.models import Registration

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
SEAL = 12
GROUP = 4
LONGEST = 40
SALT = "events.attendance.certificates"


def number_of(registration: Registration) -> str:
    """Return the number of the certificate of somebody who was there."""
    first, *_older = _seals(registration)
    whole = f"{_written(registration.pk, GROUP)}{first}"
    return "-".join(_groups(whole))


def find(number: str) -> Registration | None:
    """Return the registration behind a number that we gave, whoever was there still is known."""
    if len(number) > LONGEST:
        return None
    plain = number.upper().translate(READ_AS)
    which, seal = plain[:-SEAL], plain[-SEAL:]
    if not which or not set(plain) <= set(SIGNS) or len(which) > SEAL:
        return None
    rows = Registration.objects.filter(pk=int_of(which), attended=True).exclude(name="")
    found = rows.select_related("event__locale").defer("event__body").first()
    if found and any(constant_time_compare(seal, own) for own in _seals(found)):
        return found
    return None


def int_of(signs: str) -> int:
    """Return the number that signs stand for."""
    value = 0
    for sign in signs:
        value = value * len(SIGNS) + SIGNS.index(sign)
    return value


def _seals(registration: Registration) -> Iterator[str]:
    """Yield the seal of a registration, and those that keys we had before would have made."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = salted_hmac(SALT, registration.public_id.hex, secret=key, algorithm="sha256")
        yield _written(int.from_bytes(made.digest()) >> (256 - 5 * SEAL), SEAL)


def _written(value: int, least: int) -> str:
    signs = ""
    while value or len(signs) < least:
        value, rest = divmod(value, len(SIGNS))
        signs = SIGNS[rest] + signs
    return signs


def _groups(whole: str) -> Iterator[str]:
    """Yield groups of four from the end, so that the seal always is the last three."""
    head = len(whole) % GROUP
    if head:
        yield whole[:head]
    for place in range(head, len(whole), GROUP):
        yield whole[place : place + GROUP]
