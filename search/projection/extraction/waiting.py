"""The files that wait to be read, and what was read of them; one row for each file.

They are asked for in ``search.projection.file_texts``.

A row is claimed by setting when it may be tried again, so two workers never read the same file,
and one that dies leaves nothing behind but a later try.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from files.models import SiteDocument
from search.models import FileText
from search.projection import changes
from search.projection.reach import followers

from .isolation import Reading, read_apart
from .limits import Limits, Reason

logger = logging.getLogger(__name__)

TRIES = 3
# Longer than reading a file can take; also the time until the next try.
CLAIMED_FOR = timedelta(minutes=2)
State = FileText.State


def extract_waiting(
    limit: int = 1, now: datetime | None = None, limits: Limits | None = None
) -> int:
    """Read at most so many files that wait; return how many were taken.

    A single file may take as long as ``Limits.seconds``: nothing urgent waits for this.
    """
    now = now or timezone.now()
    taken = 0
    for text in _due(now)[:limit]:
        if _claim(text, now):
            _extract(text, limits or Limits(), now)
            taken += 1
    return taken


def _due(now: datetime) -> QuerySet[FileText]:
    """Return the texts that can be taken now, first asked first served."""
    waiting = FileText.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), state=State.WAITING)
    return waiting.select_related("file").defer("pages").order_by("asked_at", "pk")


def _claim(text: FileText, now: datetime) -> bool:
    """Take a text to extract; return whether nobody else was faster."""
    same = FileText.objects.filter(
        pk=text.pk, state=State.WAITING, attempts=text.attempts, retry_at=text.retry_at
    )
    text.attempts += 1
    return bool(same.update(attempts=text.attempts, retry_at=now + CLAIMED_FOR))


def _extract(text: FileText, limits: Limits, now: datetime) -> None:
    twin = _twin(text)
    if twin:
        reading = Reading(tuple(twin.pages))
    elif text.attempts > TRIES:
        # Nobody who read it lived to say so.
        reading = Reading(reason=Reason.TOO_MUCH_MEMORY)
    else:
        reading = _read(text.file, limits)
    _keep(text, _outcome(reading, text.attempts, now))


def _outcome(reading: Reading, attempts: int, now: datetime) -> dict[str, Any]:
    """Return what the row says after an attempt."""
    error = reading.reason or ""
    if reading.has_text:
        return {"state": State.DONE, "pages": reading.pages, "error": error, "done_at": now}
    if reading.reason and reading.reason.may_pass and attempts < TRIES:
        return {"state": State.WAITING, "error": error}
    state = State.FAILED if reading.reason else State.WITHOUT_TEXT
    return {"state": state, "pages": [], "error": error, "done_at": now}


def _twin(text: FileText) -> FileText | None:
    """Return what was read of another file with the same content."""
    if not text.file.file_hash:
        return None
    read = FileText.objects.filter(file_hash=text.file.file_hash, state=State.DONE)
    return read.exclude(pk=text.pk).first()


def _read(file: SiteDocument, limits: Limits) -> Reading:
    try:
        with file.open_file() as opened:
            return read_apart(opened, file.file_extension, limits)
    except (OSError, ValueError) as error:
        logger.warning("The file of document %s is not at hand: %s", file.pk, error)
        return Reading(reason=Reason.MISSING)


def _keep(text: FileText, values: dict[str, Any]) -> None:
    """Keep what was found, unless the file was replaced meanwhile; then its new version waits."""
    version = text.file.file_hash
    with transaction.atomic():
        current = FileText.objects.filter(pk=text.pk)
        if not current.filter(file__file_hash=version).update(file_hash=version, **values):
            current.update(attempts=0, retry_at=None)
        elif values["state"] == State.DONE:
            uid = f"file:{text.file_id}"
            changes.mark(uid, followers(uid))
