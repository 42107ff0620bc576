"""Text of no meaning in five languages: as many words, as often, as in real text. The same always.

Between invented words, whose frequencies follow Zipf’s law, stand terms of the field, so that the
searches of the benchmark find what real ones would find: a few documents or a tenth of them.
"""

import random
from itertools import accumulate

from search.words.known import published

LANGUAGES = {"en": 50, "fr": 20, "es": 15, "pt": 8, "ar": 7}  # with the share of each
WORDS = 12_000
SENTENCES = 4_000
FROM_THE_FIELD = 0.04

_LATIN = ("bcdfglmnprstv", "aeiou", ("", "", "", "n", "r", "s", "l"))
_ACCENTED = {"fr": "aeéèio", "es": "aeioáó", "pt": "aeioãé"}
_ARABIC = ("بتجحدرسشصطعفقكلمنهوي", ("ا", "و", "ي", ""), ("", "", "ة"))


class Language:
    """The words and sentences of one language."""

    def __init__(self, code: str, chance: random.Random) -> None:
        self.chance = chance
        self.terms = _terms(code)
        self._words = _invented(code, chance)
        self._weights = list(accumulate(1 / (place + 10) for place in range(WORDS)))
        self._sentences = [self._sentence() for _ in range(SENTENCES)]

    def title(self) -> str:
        """Return a term of the field with a few words around it."""
        words = self._some(self.chance.randint(2, 6))
        words.insert(self.chance.randrange(len(words)), self.chance.choice(self.terms))
        text = " ".join(words)
        return text[:1].upper() + text[1:]

    def text(self, sentences: int) -> str:
        """Return so many sentences."""
        return " ".join(self.chance.choices(self._sentences, k=sentences))

    def _some(self, number: int) -> list[str]:
        return self.chance.choices(self._words, cum_weights=self._weights, k=number)

    def _sentence(self) -> str:
        words = self._some(self.chance.randint(7, 20))
        for place in range(len(words)):
            if self.chance.random() < FROM_THE_FIELD:
                words[place] = self.chance.choice(self.terms)
        text = " ".join(words)
        return f"{text[:1].upper()}{text[1:]}."


def languages(chance: random.Random) -> dict[str, Language]:
    """Return the five languages by their codes."""
    return {code: Language(code, chance) for code in LANGUAGES}


def _terms(code: str) -> list[str]:
    """Return the terms of the field, as the search’s own synonyms know them."""
    return sorted({term for concept in published() for term in concept.terms.get(code, ())})


def _invented(code: str, chance: random.Random) -> list[str]:
    starts, middles, ends = _ARABIC if code == "ar" else _LATIN
    middles = _ACCENTED.get(code, middles)
    words: dict[str, None] = {}
    while len(words) < WORDS:
        syllables = chance.choices((1, 2, 3, 4), weights=(1, 6, 5, 2))[0]
        parts = (chance.choice(starts) + chance.choice(middles) for _ in range(syllables))
        words["".join(parts) + chance.choice(ends)] = None
    return list(words)
