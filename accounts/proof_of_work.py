"""Work that costs a machine before a form that anybody can send counts: a switch for bad days.

Whoever sends the form looks for a number that, written after the stamp of the form, gives a SHA-256
with enough leading zero bits (A. Back, “Hashcash”, 2002). A telephone takes a second for one form;
whoever sends thousands pays for each. ``PROOF_OF_WORK_BITS`` switches it on.

The widgets that exist for this weigh more than our pages and ask for what our CSP forbids.
"""

import hashlib
import re

from django import forms
from django.conf import settings
from django.core.cache import cache

SENDINGS = 5  # a form comes back for a slip of the pen, or is sent twice by a nervous finger
_NUMBER = re.compile(r"[0-9]{1,15}")


def is_asked() -> bool:
    """Say whether forms ask for work at present."""
    return settings.PROOF_OF_WORK_BITS > 0


def is_done(stamp: str, number: str, bits: int) -> bool:
    """Say whether this number is a solution for the form with this stamp."""
    if not _NUMBER.fullmatch(number):
        return False
    digest = hashlib.sha256(f"{stamp}:{number}".encode()).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - bits) == 0


def pays(stamp: str, number: str, kept_seconds: float) -> bool:
    """Say whether the work is done and not used up, and use it once."""
    if not is_done(stamp, number, settings.PROOF_OF_WORK_BITS):
        return False
    key = f"proof-of-work:{hashlib.sha256(stamp.encode()).hexdigest()}"
    cache.add(key, 0, timeout=kept_seconds)
    return cache.incr(key) <= SENDINGS


class WorkInput(forms.HiddenInput):
    """The field into which the browser writes the number, with the script that finds it."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if is_asked():
            context["widget"]["attrs"]["data-work-bits"] = settings.PROOF_OF_WORK_BITS
        return context

    @property
    def media(self) -> forms.Media:
        """Return the script, as long as work is asked for."""
        return forms.Media(js=["js/work.js"] if is_asked() else [])
