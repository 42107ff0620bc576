"""Lists of members as other systems export them."""

import io
from collections.abc import Sequence

from files.lists import ListFile
from members.actions import importing
from members.actions.importing import Upload
from members.models import MemberImport

HEADING = "Name,E-mail,Country"


def a_list(*rows: str, heading: str = HEADING, encoding: str = "utf-8") -> io.BytesIO:
    """Return a file of these rows below a heading."""
    return io.BytesIO("\r\n".join([heading, *rows, ""]).encode(encoding))


def tried(file: io.BytesIO, by, now) -> MemberImport:
    """Return the import of a list that was only tried."""
    return importing.try_list(ListFile(file), Upload("members.csv", "en", by), now)


def imported(file: io.BytesIO, by, now) -> MemberImport:
    """Return the import of a list that is done."""
    done = tried(file, by, now)
    importing.start(done)
    importing.go_on(done.pk, clock=lambda: now)
    done.refresh_from_db()
    return done


def fates(source: MemberImport) -> Sequence[tuple[int, str, str]]:
    """Return number, fate and reason of each row."""
    return list(source.lines.order_by("number").values_list("number", "fate", "why"))
