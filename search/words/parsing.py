"""From what somebody typed to what is wanted. Pure: no database, no settings.

What is typed is never an engine’s query language here. It is cleaned to readable text and cut
into words of letters and digits; an engine puts them together anew in its own notation. So no
quote, operator or control character of a reader ever reaches an engine. Two signs mean something:
quotes around a phrase, and a hyphen before what must not occur.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import folding
from .synonyms import SynonymTable
from .tokens import Token, tokens, words
from .wanted import Part, Wanted, Words

LONGEST_TEXT = 200
MOST_PARTS = 16
MOST_PHRASES = 8  # and as many exclusions
LONGEST_COMPOUND = 4

_DROPPED = {"Cf", "Cn", "Co", "Cs"}
_NOT_DECODED = "\N{REPLACEMENT CHARACTER}"

_QUOTES = '"“”„‟«»＂'
_MARKED = re.compile(
    rf"""(?:(?<!\S)(?P<minus>[-−]))?
    (?: [{_QUOTES}] (?P<double>[^{_QUOTES}]*) [{_QUOTES}]
      | (?<![^\s−-]) [‘‚‹] (?P<single>[^‘‚‹]*?) [’›] (?!\w)
    )
    | (?<!\S) [-−] (?P<word>[^\s{_QUOTES}]+)""",
    re.VERBOSE,
)


class _Split(NamedTuple):
    """A line taken apart: runs of loose words, phrases in quotes, what must not occur."""

    runs: list[list[Token]]
    phrases: list[Words]
    excluded: list[Words]


def clean(text: str) -> str:
    """Return one readable line: no control, format or broken characters, not longer than a box.

    Text without a single letter or digit asks nothing and becomes empty.
    """
    kept = "".join(_kept(character) for character in text[: LONGEST_TEXT * 10])
    line = " ".join(unicodedata.normalize("NFC", kept).split())[:LONGEST_TEXT].rstrip()
    return line if tokens(line) else ""


def parse(text: str, synonyms: SynonymTable | None = None) -> Wanted:
    """Return what is wanted by somebody who typed this, with what means the same."""
    line = clean(text)
    split = _split(line)
    return Wanted(
        text=line,
        parts=tuple(_loose(split, synonyms))[:MOST_PARTS],
        phrases=tuple(dict.fromkeys(split.phrases))[:MOST_PHRASES],
        excluded=tuple(dict.fromkeys(split.excluded))[:MOST_PHRASES],
    )


def same_search(text: str) -> Words:
    """Return the folded words of a search: two searches with the same ones are the same."""
    return tuple(folding.words(clean(text)))


def _split(line: str) -> _Split:
    """Take the line apart; a quote that nothing closes is no quote."""
    split = _Split([], [], [])
    place = 0
    for found in _MARKED.finditer(line):
        split.runs.append(tokens(line[place : found.start()]))
        place = found.end()
        quoted = found["double"] or found["single"] or ""
        if found["minus"] or found["word"]:
            split.excluded.append(words(quoted or found["word"] or ""))
        else:
            split.phrases.append(words(quoted))
    split.runs.append(tokens(line[place:]))
    return _Split(*([found for found in kind if found] for kind in split))


def _loose(split: _Split, synonyms: SynonymTable | None) -> list[Part]:
    """Return the loose words and terms, each once; mere letters only where nothing else is."""
    is_whole = len(split.runs) == 1 and not split.phrases
    parts: dict[Words, Part] = {}
    for part in (part for run in split.runs for part in _parts(run, synonyms, is_whole)):
        parts.setdefault(part.words, part)
    telling = [part for part in parts.values() if not _is_letter(part)]
    return telling if telling or split.phrases else list(parts.values())


def _parts(run: list[Token], synonyms: SynonymTable | None, is_whole: bool) -> Iterator[Part]:
    """Yield the terms and words of a run; the longest term that is known goes first."""
    place = 0
    while place < len(run):
        match = synonyms.longest(run, place, is_whole=is_whole) if synonyms else None
        length = match.length if match else _compound(run, place)
        typed = tuple(token.word for token in run[place : place + length])
        yield Part(typed, match.alternatives if match else _in_one_word(typed))
        place += length


def _is_letter(part: Part) -> bool:
    """Return whether it is a mere letter: beside words it would only shut out good results."""
    return part.words[0].isalpha() and len("".join(part.words)) == 1 and not part.alternatives


def _compound(run: Sequence[Token], place: int) -> int:
    """Return how many words hang together by hyphens from here; years and numbers stay apart."""
    length = 1
    while (
        length < LONGEST_COMPOUND
        and place + length < len(run)
        and run[place + length].joined
        and all(token.typed.isalpha() for token in run[place + length - 1 : place + length + 1])
    ):
        length += 1
    return length


def _in_one_word(typed: Words) -> tuple[Words, ...]:
    """Return the other spelling of “multi-level”, which is “multilevel”."""
    return (("".join(typed),),) if len(typed) == 2 else ()


def _kept(character: str) -> str:
    """Return the character, a space for what separates, nothing for what nobody can read."""
    if character == _NOT_DECODED:
        return ""
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    return " " if category[0] in "CZ" else character
