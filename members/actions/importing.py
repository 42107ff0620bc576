"""Importing a list: tried first, then done row by row, each whole or not at all.

Trying reads the list once and writes down every row’s fate; nobody becomes a member. Importing
takes some rows at a time, each batch in one transaction together with the note that it is done: an
import that is killed goes on where it was, and two that run at once take turns. What happens to a
row is decided anew when its turn comes, by the same function that foretold it.
"""

import datetime
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.lists import ListFile, Row, Unreadable
from mail.contacts import address_digest
from members.importing import columns
from members.importing.people import Imported, Names, Refused, Understanding
from members.models import ImportFile, ImportRow, MemberImport

from .imported import Known, Writing, foretell

TRIED_AT_ONCE = 500
ROWS_AT_ONCE = 200
Fate, Why = ImportRow.Fate, ImportRow.Why
CHANGEABLE = (MemberImport.State.OPEN, MemberImport.State.TRIED)
LACKING = {
    columns.NAME: _("Say which column holds names, or which two hold first and last names."),
    columns.EMAIL: _("Say which column holds e-mail addresses."),
}
TWICE = _("Two columns are read as the same. Choose one of them.")


@dataclass(frozen=True)
class Upload:
    """Who uploaded which file, and in which language we write to those whose own is not said."""

    file_name: str
    language: str
    by: User


@transaction.atomic
def try_list(file: ListFile, upload: Upload, now: datetime.datetime) -> MemberImport:
    """Return an import that is only tried: every row’s fate is known, and nothing was changed.

    Where no column is called as names or addresses are, it is open until somebody says which one
    holds them (``try_columns``). Raises ``Unreadable`` for a list without rows.
    """
    fields = columns.fields_of(file.heading)
    source = MemberImport.objects.create(
        file_name=upload.file_name[:200],
        digest=file.digest,
        encoding=file.encoding,
        columns=_named(file, fields),
        language=upload.language,
        state=MemberImport.State.OPEN,
        by=upload.by,
        at=now,
    )
    if next(file.rows(), None) is None:
        raise Unreadable(_("The list has a heading and no rows."))
    ImportFile.objects.create(source=source, content=file.content())
    if not columns.missing(fields):
        _try_all(source, file, fields, now)
    return source


@transaction.atomic
def try_columns(pk: int, fields: Sequence[str], now: datetime.datetime) -> MemberImport:
    """Try a list anew, its columns read as somebody says; nothing else of it changes.

    Raises ``ValidationError`` where that cannot be: the list was imported or is not kept any more,
    or nothing or too much is said to be a name or an address.
    """
    source = MemberImport.objects.select_for_update().get(pk=pk)
    file = kept_file(source)
    if file is None or len(fields) != len(file.heading):
        raise ValidationError(_("The list is not kept any more. Choose the file again."))
    if faults := faults_of(fields):
        raise ValidationError(faults)
    source.lines.all().delete()
    source.columns = _named(file, fields)
    _try_all(source, file, fields, now)
    return source


def faults_of(fields: Sequence[str]) -> list[str]:
    """Return in words what is wrong with reading the columns of a list like this."""
    lacking = [str(LACKING[field]) for field in columns.missing(fields)]
    return [*lacking, *([str(TWICE)] if columns.twice(fields) else [])]


def kept_file(source: MemberImport) -> ListFile | None:
    """Return the list of an import whose columns can still be read otherwise."""
    kept = ImportFile.objects.filter(source=source, source__state__in=CHANGEABLE).first()
    return ListFile(io.BytesIO(bytes(kept.content))) if kept else None


def _named(file: ListFile, fields: Sequence[str]) -> list[list[str]]:
    return [list(pair) for pair in zip(file.heading, fields, strict=True)]


def _try_all(
    source: MemberImport, file: ListFile, fields: Sequence[str], now: datetime.datetime
) -> None:
    understanding = Understanding(fields, Names.known(), now.date())
    for rows in _parts(file.rows(), TRIED_AT_ONCE):
        _try(source, [_line(source, row, understanding) for row in rows])
    source.rows, source.state = source.lines.count(), MemberImport.State.TRIED
    source.save(update_fields=["rows", "state", "columns"])


@transaction.atomic
def start(tried: MemberImport) -> bool:
    """Let a list that was tried be imported; ``False`` if it is being imported already.

    The file goes: from here on the rows are enough.
    """
    ready = MemberImport.objects.filter(pk=tried.pk, state=MemberImport.State.TRIED)
    if not ready.update(state=MemberImport.State.RUNNING):
        return False
    ImportFile.objects.filter(source=tried.pk).delete()
    settled = tried.lines.filter(is_done=True).count()
    MemberImport.objects.filter(pk=tried.pk).update(done_rows=settled)
    return True


def go_on(pk: int, *, clock: Callable[[], datetime.datetime], seconds: float = float("inf")) -> int:
    """Import rows of a running import until it is done or the time is up; return how many."""
    until, number = time.monotonic() + seconds, 0
    while rows := _import_some(pk, clock()):
        number += rows
        if time.monotonic() > until:
            break
    return number


def go_on_with_all(*, clock: Callable[[], datetime.datetime]) -> int:
    """Import what is left of every running import; return how many rows."""
    running = MemberImport.objects.filter(state=MemberImport.State.RUNNING)
    return sum(go_on(pk, clock=clock) for pk in running.values_list("pk", flat=True))


@transaction.atomic
def _import_some(pk: int, now: datetime.datetime) -> int:
    source = MemberImport.objects.select_for_update().get(pk=pk)
    if source.state != MemberImport.State.RUNNING:
        return 0
    lines = list(source.lines.filter(is_done=False).order_by("number")[:ROWS_AT_ONCE])
    _write(lines, source, now)
    for line in lines:
        line.person, line.is_done = {}, True
    ImportRow.objects.bulk_update(lines, ["person", "fate", "why", "is_done"])
    source.done_rows += len(lines)
    if not lines:
        source.state, source.finished_at = MemberImport.State.DONE, now
    source.save(update_fields=["done_rows", "state", "finished_at"])
    return len(lines)


def _write(lines: list[ImportRow], source: MemberImport, now: datetime.datetime) -> None:
    """Write these rows; if they do not go together, each by itself, so that one spoils no other.

    They do not when somebody joins with one of the addresses in the same moment.
    """
    try:
        with transaction.atomic():
            Writing(source, now).write(lines)
    except DatabaseError:
        if len(lines) > 1:
            for line in lines:
                _write([line], source, now)
        else:
            lines[0].fate, lines[0].why = Fate.REFUSED, Why.FAILED


def _parts(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    source = iter(rows)
    while part := list(islice(source, size)):
        yield part


def _line(source: MemberImport, row: Row, understanding: Understanding) -> ImportRow:
    line = ImportRow(source=source, number=row.number, fate=Fate.REFUSED, is_done=True)
    try:
        if row.fault:
            raise Refused(Why(row.fault))
        person = understanding.person(row.cells)
    except Refused as refusal:
        line.why = refusal.args[0]
        return line
    line.person, line.digest = asdict(person), address_digest(person.address)
    line.fate, line.is_done = Fate.NEW, False
    return line


def _try(source: MemberImport, lines: list[ImportRow]) -> None:
    """Foretell what becomes of these rows; who stands in the list before is completed there."""
    digests = [line.digest for line in lines if line.digest]
    before = source.lines.filter(digest__in=digests, same_as=None, is_done=False)
    firsts = {line.digest: line for line in before}
    earlier = set(firsts)
    for line in lines:
        if line.digest and firsts.setdefault(line.digest, line) is not line:
            _absorb(firsts[line.digest], line)
    foretell(firsts.values(), Known.of(firsts.values()))
    ImportRow.objects.bulk_create(lines)
    ImportRow.objects.bulk_update(
        [firsts[digest] for digest in earlier], ["person", "fate", "why", "is_done"]
    )


def _absorb(first: ImportRow, line: ImportRow) -> None:
    """Let an earlier row take what a later one of the same address says beyond it."""
    known, added = Imported(**first.person), Imported(**line.person)
    whole = {
        name: (
            tuple(dict.fromkeys([*value, *getattr(added, name)]))
            if isinstance(value, list | tuple)
            else value or getattr(added, name)
        )
        for name, value in asdict(known).items()
    }
    is_more = whole | {"is_partly_understood": 0} != asdict(known) | {"is_partly_understood": 0}
    first.person = whole
    line.fate, line.why = (Fate.MERGED if is_more else Fate.KNOWN), Why.TWICE
    line.same_as, line.person, line.is_done = first.number, {}, True


def counts(source: MemberImport) -> dict[str, int]:
    """Return how many rows have which fate; all fates are there."""
    rows = source.lines.order_by().values_list("fate").annotate(number=Count("pk"))
    return dict.fromkeys(Fate.values, 0) | dict(rows)


def report(lines: Iterable[ImportRow]) -> Iterable[tuple[int, str, str]]:
    """Yield number, fate and reason of rows, in words."""
    for line in lines:
        why = line.get_why_display() if line.why else ""
        if line.same_as:
            why = f"{why} ({line.same_as})"
        yield line.number, str(line.get_fate_display()), str(why)
