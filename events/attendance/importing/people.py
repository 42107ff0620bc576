"""From a row of a report to somebody who was there, and who of the registered that is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from events.models import AttendanceRow, EventPage, Registration
from events.registration.rules import ACTIVE, COUNTED
from files.lists import plain
from mail.rules import normal_address

from . import columns, stays

Fate = AttendanceRow.Fate
LONGEST_NAME, LONGEST_ADDRESS = 150, 254
NO = frozenset(plain(word) for word in ("no", "non", "não", "false", "0", "لا"))
YES = frozenset(plain(word) for word in ("yes", "oui", "si", "sim", "true", "1", "نعم"))
BEGINS_A_FORMULA = "=+-@|%"
_IN_BRACKETS = re.compile(r"^(.*?)\s*[(（](.+)[)）]\s*$")
_MAILBOX = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True)
class Said:
    """What a row says: by which names somebody goes, the address, and how long they stayed."""

    names: tuple[str, ...] = ()
    address: str = ""
    minutes: int | None = None
    was_there: bool = True
    only_waited: bool = False

    @property
    def name(self) -> str:
        """The name to show; the last is the one somebody gave when they registered."""
        return self.names[-1] if self.names else ""


def said(fields: Sequence[str], cells: Sequence[str]) -> Said | None:
    """Return what a row says of somebody; ``None`` for one that names nobody."""
    given = {field: cell for field, cell in zip(fields, cells, strict=True) if field}
    names, address = _names(given), _address(given.get(columns.EMAIL, ""))
    if not (names or address):
        return None
    return Said(
        names=names,
        address=address,
        minutes=_minutes(given),
        was_there=plain(given.get(columns.ATTENDED, "")) not in NO,
        only_waited=plain(given.get(columns.WAITED, "")) in YES,
    )


class Register:
    """Those registered for an event, to be found by address or by name."""

    def __init__(self, event: EventPage) -> None:
        self._addresses: dict[str, tuple[int, bool]] = {}
        self._names: dict[str, list[int]] = {}
        self._others: dict[str, int] = {}
        rows = Registration.objects.filter(event=event, state__in=COUNTED | ACTIVE)
        fields = ("pk", "state", "name", "contact__address")
        for pk, state, name, address in rows.order_by("pk").values_list(*fields):
            self._note(pk, name, address or "", counts=state in COUNTED)

    def fate(self, who: Said) -> tuple[str, int | None]:
        """Return what becomes of a row, and whose registration it is about, if any."""
        if who.only_waited:
            return Fate.NOT_LET_IN, None
        if who.address in self._addresses:
            pk, counts = self._addresses[who.address]
            return (Fate.MATCHED if counts else Fate.NO_SEAT), pk
        return self._by_name(who)

    def _by_name(self, who: Said) -> tuple[str, int | None]:
        keys = [name_key(name) for name in who.names]
        found = {pk for key in keys for pk in self._names.get(key, ())}
        if len(found) == 1:
            return Fate.BY_NAME, found.pop()
        if found:
            return Fate.AMBIGUOUS, None
        without = next((self._others[key] for key in keys if key in self._others), None)
        return (Fate.UNKNOWN if without is None else Fate.NO_SEAT), without

    def _note(self, pk: int, name: str, address: str, *, counts: bool) -> None:
        if address and (counts or address not in self._addresses):
            self._addresses[address] = (pk, counts)
        key = name_key(name)
        if key and counts:
            self._names.setdefault(key, []).append(pk)
        elif key:
            self._others[key] = pk


def name_key(name: str) -> str:
    """Return a name as it is compared: without accents, its words in whatever order."""
    return " ".join(sorted(plain(name).split()))


def _names(given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names in a row: the one shown in the meeting first, then those given before."""
    shown = _clean(given.get(columns.NAME, ""))
    split = _IN_BRACKETS.match(shown)
    halves = (given.get(columns.FIRST_NAME, ""), given.get(columns.LAST_NAME, ""))
    whole = _clean(" ".join(half for half in halves if half))
    names = [*(split.groups() if split else [shown]), whole]
    return _once(name for name in names if _is_name(name))


def _address(written: str) -> str:
    bracketed = _MAILBOX.search(written)
    text = bracketed[1] if bracketed else written
    try:
        address = normal_address(text.strip().removeprefix("mailto:").strip(" '\u00a0"))
    except ValueError:
        return ""
    return address if len(address) <= LONGEST_ADDRESS else ""


def _minutes(given: Mapping[str, str]) -> int | None:
    if stayed := stays.minutes(given.get(columns.MINUTES, "")):
        return stayed
    return stays.between(given.get(columns.JOINED, ""), given.get(columns.LEFT, ""))


def _is_name(name: str) -> bool:
    """Say whether a cell is a name, and no formula that a spreadsheet would run."""
    has_letters = any(sign.isalpha() for sign in name)
    return has_letters and name[0] not in BEGINS_A_FORMULA and len(name) <= LONGEST_NAME


def _clean(text: str) -> str:
    seen = "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    return " ".join(unicodedata.normalize("NFC", seen).removeprefix("'").split())


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
