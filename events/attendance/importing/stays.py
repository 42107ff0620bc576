"""How long somebody stayed, as meeting tools write it."""

import datetime
import math
import re

LONGEST = datetime.timedelta(days=31)
SECONDS = {"h": 3_600, "س": 3_600, "m": 60, "د": 60, "s": 1, "ث": 1}
# “ساعة” (hour) and “ثانية” (second) begin differently; “ساعات” is hours too.
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]*)")
_CLOCK = re.compile(r"\d{1,3}(?::\d{1,2}){1,2}")
FORMATS = (
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%y %I:%M:%S %p", "%Y-%m-%d %H:%M:%S"),
    *("%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d/%m/%y %H:%M:%S"),
    *("%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%H:%M:%S", "%I:%M %p", "%H:%M"),
)


def minutes(written: str) -> int | None:
    """Return the minutes of “1h 5m 3s”, “1:05:03”, “65”, “1 h 5 min”, begun ones whole.

    ``None`` for what is no length, or for more than an event can last.
    """
    text = written.strip().casefold()
    seconds = _on_the_clock(text) if _CLOCK.fullmatch(text) else _in_parts(text)
    if seconds is None or seconds > LONGEST.total_seconds():
        return None
    return math.ceil(seconds / 60)


def between(joined: str, left: str) -> int | None:
    """Return the minutes from one moment to another, written alike; ``None`` if that fails.

    Where day and month could be either, what makes the stay shorter is meant.
    """
    stays = [stay for pattern in FORMATS if (stay := _stay(joined, left, pattern)) is not None]
    return math.ceil(min(stays).total_seconds() / 60) if stays else None


def _stay(joined: str, left: str, pattern: str) -> datetime.timedelta | None:
    try:
        stay = _moment(left, pattern) - _moment(joined, pattern)
    except ValueError:
        return None
    return stay if datetime.timedelta() <= stay <= LONGEST else None


def _on_the_clock(text: str) -> int:
    parts = [int(part) for part in text.split(":")]
    # Two parts are minutes and seconds in all tools that write it like this.
    hours, mins, secs = parts if len(parts) == 3 else [0, *parts]
    return hours * 3_600 + mins * 60 + secs


def _in_parts(text: str) -> float | None:
    found = _PART.findall(text)
    if not found or _PART.sub("", text).strip(" ,;.و"):
        return None
    seconds = 0.0
    for number, unit in found:
        of_unit = 60 if not unit else SECONDS.get(unit[0])
        if of_unit is None:
            return None
        seconds += float(number.replace(",", ".")) * of_unit
    return seconds


def _moment(text: str, pattern: str) -> datetime.datetime:
    plain = " ".join(text.replace(",", " ").replace("T", " ").replace("\u202f", " ").split())
    return datetime.datetime.strptime(plain, pattern)  # noqa: DTZ007 - only the difference counts
