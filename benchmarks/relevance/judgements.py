"""The judged searches, as they stand in ``judgements.tsv`` and ``documents.tsv``."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
GRADES = (3, 2, 1)
DEV, HELD_OUT = "dev", "held-out"


@dataclass(frozen=True)
class JudgedDocument:
    """A document under the short name that judgements use.

    ``address`` is the path of its page, or the name of the file. ``title`` is how its title
    begins: the demo moves the dates in titles to around today.
    """

    key: str
    address: str
    title: str


@dataclass(frozen=True)
class JudgedSearch:
    """What somebody types, with the interface in ``language``, and the grades of what answers."""

    kind: str
    part: str
    language: str
    words: str
    grades: Mapping[str, int]

    @property
    def is_held_out(self) -> bool:
        """Whether nobody may look at this search while tuning."""
        return self.part == HELD_OUT


@cache
def documents() -> Mapping[str, JudgedDocument]:
    """Return all documents that judgements name, by key."""
    rows = (JudgedDocument(*row.values()) for row in _rows("documents.tsv"))
    return {document.key: document for document in rows}


@cache
def searches() -> tuple[JudgedSearch, ...]:
    """Return all judged searches in the order of the file, in which classes stand together."""
    return tuple(
        JudgedSearch(row["class"], row["set"], row["language"], row["words"], grades(row))
        for row in _rows("judgements.tsv")
    )


def grades(row: Mapping[str, str]) -> Mapping[str, int]:
    """Return the grade of each document that a row names in its columns 3, 2 and 1."""
    given = [(key, grade) for grade in GRADES for key in row[str(grade)].split()]
    twice = [key for key, times in Counter(key for key, _ in given).items() if times > 1]
    if twice:
        raise ValueError(f"{row} grades twice: {', '.join(twice)}")
    return dict(given)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, dialect="excel-tab", quoting=csv.QUOTE_NONE, strict=True)
