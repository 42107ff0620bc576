"""Light stems of Arabic words, the same as Lucene’s ``ArabicStemmer``. Pure.

Larkey, Ballesteros and Connell, “Light Stemming for Arabic Information Retrieval” (2007). The
Snowball stemmer for Arabic leaves other stems after the article than without it.
"""

PREFIXES = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
SHORTEST = 2  # letters of a stem
SHORTEST_AFTER_AND = 3  # “و” is both the word “and” and a frequent first letter


def light_stem(word: str) -> str:
    """Return a folded word without article, conjunction, and endings of gender and number."""
    return _without_endings(_without_article(word))


def _without_article(word: str) -> str:
    for prefix in PREFIXES:
        shortest = SHORTEST_AFTER_AND if len(prefix) == 1 else SHORTEST
        if word.startswith(prefix) and len(word) >= len(prefix) + shortest:
            return word.removeprefix(prefix)
    return word


def _without_endings(word: str) -> str:
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + SHORTEST:
            word = word.removesuffix(suffix)
    return word
