"""How to cite something: plain text, BibTeX and RIS.

Pure: a work comes in as small values, a text goes out. Names stay whole, because no rule tells
which part of a name is the family’s in every culture.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Work:
    """What is cited."""

    slug: str
    title: str
    url: str
    publisher: str
    authors: Sequence[str] = ()
    date: datetime.date | None = None
    edition: str = ""
    kind: str = ""
    doi: str = ""
    language: str = ""
    ris_type: str = "RPRT"

    @property
    def year(self) -> str:
        """The year, or “n.d.” for an undated work."""
        return str(self.date.year) if self.date else "n.d."


def plain(work: Work) -> str:
    """Return the work as one line of a list of references."""
    names = _joined(work.authors) or work.publisher
    details = ", ".join(filter(None, [work.kind, work.edition]))
    title = f"{_line(work.title)} ({details})" if details else _line(work.title)
    publisher = f" {work.publisher}." if work.authors else ""
    return f"{_line(names)} ({work.year}). {title}.{publisher} {address(work)}"


def bibtex(work: Work) -> str:
    """Return the work as an entry of a BibTeX file."""
    names = work.authors or [work.publisher]
    fields = {
        "author": " and ".join(f"{{{_bibtex(name)}}}" for name in names),
        "title": f"{{{_bibtex(work.title)}}}",
        "institution": _bibtex(work.publisher),
        "type": _bibtex(work.kind),
        "edition": _bibtex(work.edition),
        "year": str(work.date.year) if work.date else "",
        "month": str(work.date.month) if work.date else "",
        "doi": _url(work.doi),
        "url": _url(work.url),
        "langid": work.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{key(work)},", *lines, "}", ""])


def ris(work: Work) -> str:
    """Return the work as an entry of a RIS file."""
    tags = [
        ("TY", work.ris_type),
        *(("AU", name) for name in work.authors or [work.publisher]),
        ("TI", work.title),
        ("PY", str(work.date.year) if work.date else ""),
        ("DA", f"{work.date:%Y/%m/%d}" if work.date else ""),
        ("PB", work.publisher),
        ("M3", work.kind),
        ("ET", work.edition),
        ("LA", work.language),
        ("DO", work.doi),
        ("UR", work.url),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def key(work: Work) -> str:
    """Return the name of the entry: letters and digits only, with the year."""
    ascii_slug = unicodedata.normalize("NFKD", work.slug).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_slug.lower()).strip("-") or "lpsa"
    return f"{words}-{work.date.year}" if work.date else words


def address(work: Work) -> str:
    """Return where the work is found for good: its DOI before its address here."""
    return f"https://doi.org/{work.doi}" if work.doi else work.url


def _joined(names: Sequence[str]) -> str:
    *others, last = names or [""]
    return f"{', '.join(others)} & {last}" if others else last


def _line(text: str) -> str:
    """Return the text on one line: a line break would begin a new field."""
    return " ".join(text.split())


def _bibtex(text: str) -> str:
    return "".join(BIBTEX_ESCAPES.get(letter, letter) for letter in _line(text))


def _url(address: str) -> str:
    """Return an address that cannot end its field."""
    return _line(address).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
