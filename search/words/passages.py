"""Where the words that were looked for stand in a text, and its best piece to show. Pure.

Words are compared folded and by their stems, as the index compares them. A text is first searched
for everything that begins like a wanted word, which is quick; only what is found so is stemmed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from .folding import LANGUAGES, fold, is_arabic, stem, stems, words
from .wanted import Wanted, Words

LENGTH = 220
BEFORE = 60
BEGINNING_FROM = 4  # letters that find longer words, where beginnings are looked for
CUT = "…"

Span = tuple[int, int]
_GAPS = re.compile("[\\s\u2800-\u28ff]+")  # spaces and page marks
_NEXT_WORD = re.compile(r" +([^ ]+)")


@dataclass(frozen=True)
class Found:
    """A place in a text that answers some part of what is wanted, by the number of the part."""

    start: int
    end: int
    part: int


@dataclass(frozen=True)
class Piece:
    """A piece of a text to show, and where in it the hits stand.

    ``parts`` says how many parts of what is wanted it answers, ``at`` where in the whole text its
    first hit is.
    """

    text: str
    hits: tuple[Span, ...] = ()
    parts: int = 0
    at: int = 0


class Finder:
    """Finds in texts what is wanted; with ``beginnings``, longer words than those typed too."""

    def __init__(self, wanted: Wanted, *, beginnings: bool = False):
        phrases = sorted(set(_phrases(wanted)), key=lambda phrase: -len(phrase[1]))
        self._phrases: Sequence[tuple[int, Words]] = phrases
        self._beginnings = beginnings
        self._candidate = _candidate({words[0] for _part, words in phrases})
        self._known: dict[tuple[str, str], list[tuple[int, Words]]] = {}
        self.parts = len({part for part, _words in phrases})

    def hits(self, text: str, language: str = "") -> tuple[Span, ...]:
        """Return where the words stand in a text, as ``(start, end)``."""
        return tuple((found.start, found.end) for found in self.find(text, language))

    def find(self, text: str, language: str = "") -> Iterator[Found]:
        """Yield the places that answer, in their order and apart from each other."""
        folded, places = _folded(text)
        at = 0
        while candidate := self._candidate.search(folded, at):
            at = candidate.end()
            for part, wanted in self._beginning_with(candidate.group(), language):
                if end := self._end(wanted[1:], folded, candidate.end(), language):
                    yield Found(places[candidate.start()], places[end - 1] + 1, part)
                    at = end
                    break

    def best(self, text: str, language: str = "") -> Piece:
        """Return the piece of the text that answers most parts, the first one of several."""
        best: list[Found] = []
        window: list[Found] = []
        most = 0
        for found in self.find(text, language):
            window = [*(other for other in window if _near(other, found)), found]
            parts = len({other.part for other in window})
            if parts > most:
                best, most = list(window), parts
            elif _near(best[0], found):
                best.append(found)
            elif most == self.parts:
                break
        return _piece(text, best, most)

    def _beginning_with(self, word: str, language: str) -> list[tuple[int, Words]]:
        """Return the phrases whose first word this is, with their parts, the longest first."""
        key = (word, language)
        if key not in self._known:
            self._known[key] = [
                (part, wanted)
                for part, wanted in self._phrases
                if self._answers(word, wanted[0], language)
            ]
        return self._known[key]

    def _end(self, wanted: Words, folded: str, at: int, language: str) -> int:
        """Return where the words end if they follow from ``at`` on, and otherwise nothing."""
        for word in wanted:
            following = _NEXT_WORD.match(folded, at)
            if not following or not self._answers(following.group(1), word, language):
                return 0
            at = following.end()
        return at

    def _answers(self, word: str, wanted: str, language: str) -> bool:
        if word == wanted:
            return True
        if self._beginnings and len(wanted) >= BEGINNING_FROM and word.startswith(wanted):
            return True
        found = (stem(word, language),) if language in LANGUAGES else stems(word)
        return not set(found).isdisjoint(stems(wanted))


def _phrases(wanted: Wanted) -> Iterator[tuple[int, Words]]:
    """Yield what answers, folded, each with the number of the part to which it belongs."""
    for number, part in enumerate(wanted.parts):
        for word in part.words:
            yield from _folded_phrase(number, (word,))
        for phrase in part.alternatives:
            yield from _folded_phrase(number, phrase)
        if len(part.words) > 1:
            yield from _folded_phrase(number, ("".join(part.words),))
    for number, phrase in enumerate(wanted.phrases, len(wanted.parts)):
        yield from _folded_phrase(number, phrase)


def _folded_phrase(number: int, phrase: Words) -> Iterator[tuple[int, Words]]:
    if folded := tuple(words(" ".join(phrase))):
        yield number, folded


def _candidate(wanted: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of words that may answer: they begin as a word and its stems do.

    Arabic words carry articles and conjunctions in front.
    """
    heads = {(r"[^ ]*?" if is_arabic(word) else "") + re.escape(_head(word)) for word in wanted}
    return re.compile(rf"(?<![^ ])(?:{'|'.join(sorted(heads))})[^ ]*" if heads else r"(?!)")


def _head(word: str) -> str:
    if is_arabic(word):
        return min((form for form in stems(word) if form in word), key=len, default=word)
    columns = zip(word, *stems(word), strict=False)
    return "".join(letters[0] for letters in takewhile(lambda column: len({*column}) == 1, columns))


def _near(first: Found, last: Found) -> bool:
    return last.end - first.start <= LENGTH - BEFORE


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text and where in the text each of its characters comes from."""
    folded = {letter: fold(letter) for letter in set(text)}
    if all(len(letters) == 1 for letters in folded.values()):
        return fold(text), range(len(text))
    return fold(text), [place for place, letter in enumerate(text) for _part in folded[letter]]


def _piece(text: str, found: Sequence[Found], parts: int) -> Piece:
    """Return about ``LENGTH`` characters from a little before the first hit, in whole words."""
    first, last = (found[0].start, found[-1].end) if found else (0, 0)
    start = _start(text, first)
    end = _end(text, start + LENGTH, max(last, start))
    opening, closing = CUT if _GAPS.sub("", text[:start]) else "", CUT if text[end:].strip() else ""
    pieces = [opening]
    hits, done = [], start
    for hit in found:
        pieces += [_GAPS.sub(" ", text[done : hit.start])]
        begins = sum(map(len, pieces))
        pieces += [_GAPS.sub(" ", text[hit.start : hit.end])]
        hits.append((begins, begins + len(pieces[-1])))
        done = hit.end
    shown = "".join([*pieces, _GAPS.sub(" ", text[done:end]).rstrip(), closing])
    return Piece(shown, tuple(hits), parts, first)


def _start(text: str, first: int) -> int:
    """Return the beginning of a word a little before the first hit."""
    if first <= BEFORE:
        return len(text) - len(text.lstrip()) if first else 0
    gap = _GAPS.search(text, first - BEFORE, first)
    return gap.end() if gap else first


def _end(text: str, latest: int, earliest: int) -> int:
    """Return the end of the last whole word before ``latest``, not before ``earliest``."""
    if latest >= len(text):
        return len(text)
    gaps = list(_GAPS.finditer(text, earliest, latest + 1))
    return gaps[-1].start() if gaps else max(latest, earliest)
