"""The words of a document as the database indexes them. Pure.

Words are folded, and each stretch of text is followed by its stems in the language of the text. A
stem begins with a sign that no word has, so that a phrase in quotes meets the words alone and a
loose word meets the stems.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.projection import page_marks
from search.words import tokens
from search.words.folding import LANGUAGES, LONGEST_WORD, compounds, stem, words

if TYPE_CHECKING:
    from search.models import Document

STEM = "·"
ANY_LANGUAGE = "en"  # of names: its stems are rid of the plural in most languages
MOST_WORDS = 40_000  # of a document, its files included: about 250 pages
LONGEST_NAME = 200


@dataclass(frozen=True)
class Stretch:
    """Words that stand together, and their language."""

    words: Sequence[str]
    language: str
    compounds: Sequence[str] = ()

    @property
    def stems(self) -> list[str]:
        """The stem of each word, marked as such."""
        return [STEM + stem(word, self.language) for word in self.words]


@dataclass(frozen=True)
class Texts:
    """What is indexed of a document, by the weight that it has.

    ``names`` are the words of its titles, which somebody who is typing may have begun.
    ``spelling`` are the words, as they are written, from which everybody may learn a better
    spelling: none where not everybody may read the document.
    """

    title: tuple[Stretch, ...]
    labels: tuple[Stretch, ...]
    body: tuple[Stretch, ...]
    names: tuple[str, ...]
    spelling: tuple[str, ...]


def texts(document: "Document") -> Texts:
    """Return what is indexed of a document."""
    titles = [document.title, *document.also_called.splitlines()]
    written = tokens.words("\n".join([*titles, document.summary])) if document.is_public else ()
    return Texts(
        title=_stretches((title, document.language) for title in titles),
        labels=_stretches((line, "") for line in document.labels.splitlines()),
        body=_stretches(_body(document)),
        names=tuple(dict.fromkeys(word for title in titles for word in words(title))),
        spelling=tuple(dict.fromkeys(word[:LONGEST_WORD] for word in written)),
    )


def name(document: "Document") -> str:
    """Return the title in folded words, as it is compared with a whole search."""
    return " ".join(words(document.title))[:LONGEST_NAME]


def _body(document: "Document") -> Iterator[tuple[str, str]]:
    yield document.summary, document.language
    for language, text in document.body.items():
        yield text, language
    for file in document.files:
        yield file["title"], file["language"]
        yield page_marks.without(file["text"]), file["language"]


def _stretches(texts: Iterable[tuple[str, str]]) -> tuple[Stretch, ...]:
    """Return the stretches of texts with their languages, up to ``MOST_WORDS`` in all."""
    stretches, left = [], MOST_WORDS
    for text, language in texts:
        found = words(text)[:left]
        left -= len(found)
        if found:
            known = language if language in LANGUAGES else ANY_LANGUAGE
            stretches.append(Stretch(found, known, compounds(text)))
    return tuple(stretches)
