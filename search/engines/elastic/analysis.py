"""How texts become words in the index: one neutral way for all languages, and one per language.

Every way folds accents, and folds before it stems, so that a word typed without accents has the
same stem. Both sides of a comparison pass through the same steps; a step may therefore be coarse
as long as it maps different words to different ones.
"""

from search.words.stop_words import STOP_WORDS

LANGUAGES = ("en", "fr", "es", "pt", "ar")

_APOSTROPHES = [f"{character}=>'" for character in "’‘ʼ＇´`"]
_HYPHENS = [f"{character}=>_" for character in "-‐‑"]
# Marks of direction, joiners and soft hyphens stand inside words without being part of them.
_INVISIBLE = [
    f"\\u{code:04x}=>"
    for code in (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))
] + ["\\ufeff=>"]
_ELIDED = ["l", "m", "t", "qu", "n", "s", "j", "c", "d", "jusqu", "quoiqu", "lorsqu", "puisqu"]

_STEMMERS = {
    "en": "english",
    "fr": "light_french",
    "es": "light_spanish",
    "pt": "light_portuguese",
    "ar": "arabic",
}
# What a stemmer needs to see the form of a word that it would know by its accents.
_BEFORE_STEMMING = {"en": ["iz_for_is"], "pt": ["portuguese_plural"]}

_FIRST = ["elision", "possessive"]
_FOLDED = ["lowercase", "arabic_normalization", "asciifolding"]
_SPELLING = ["iz_for_is_anywhere", "or_for_our", "er_for_re", "singular"]

ANALYSIS = {
    "char_filter": {
        "signs": {"type": "mapping", "mappings": _APOSTROPHES + _HYPHENS + _INVISIBLE},
        "plain_signs": {"type": "mapping", "mappings": _APOSTROPHES + _INVISIBLE},
    },
    "filter": {
        "elision": {"type": "elision", "articles": _ELIDED, "articles_case": True},
        "possessive": {"type": "stemmer", "language": "possessive_english"},
        # “multi-level” is two words and one: it meets “multi level” and “multilevel”.
        "compounds": {
            "type": "word_delimiter_graph",
            "catenate_all": True,
            "split_on_case_change": False,
            "split_on_numerics": False,
            "stem_english_possessive": False,
        },
        "parts": {
            "type": "word_delimiter_graph",
            "split_on_case_change": False,
            "split_on_numerics": False,
            "stem_english_possessive": False,
        },
        "iz_for_is": {
            "type": "pattern_replace",
            "pattern": r"(?<=\p{L}{3})is(?=(?:ations?|ational|e|ed|er|ers|es|ing)$)",
            "replacement": "iz",
        },
        # Without regard to the ending: a word that is still being typed has none.
        "iz_for_is_anywhere": {
            "type": "pattern_replace",
            "pattern": r"(?<=\p{L}{3})is",
            "replacement": "iz",
        },
        "or_for_our": {
            "type": "pattern_replace",
            "pattern": r"(?<=\p{L}{3})ou(?=r|$)",
            "replacement": "o",
        },
        "er_for_re": {
            "type": "pattern_replace",
            "pattern": r"^(cent|met|theat|lit)re(?=s?$)",
            "replacement": "$1er",
        },
        "singular": {
            "type": "pattern_replace",
            "pattern": r"(?<=\p{L}{2}[^\Ws])s$",
            "replacement": "",
        },
        "portuguese_plural": {
            "type": "pattern_replace",
            "pattern": r"(?<=\p{L}{2})[oa]es$",
            "replacement": "ao",
        },
        "pairs": {
            "type": "shingle",
            "min_shingle_size": 2,
            "max_shingle_size": 3,
        },
        **{
            f"stop_{language}": {"type": "stop", "stopwords": STOP_WORDS[language]}
            for language in LANGUAGES
        },
        **{
            f"stem_{language}": {"type": "stemmer", "language": _STEMMERS[language]}
            for language in LANGUAGES
        },
    },
    "normalizer": {
        "folded": {
            "type": "custom",
            "char_filter": ["plain_signs"],
            "filter": _FOLDED,
        },
    },
}


def _analyzer(*filters: str, signs: str = "signs") -> dict:
    return {
        "type": "custom",
        "tokenizer": "standard",
        "char_filter": [signs],
        "filter": list(filters),
    }


def _of_language(language: str, *compounds: str) -> dict:
    return _analyzer(
        *_FIRST,
        *compounds,
        *_FOLDED,
        f"stop_{language}",
        *_BEFORE_STEMMING.get(language, ()),
        f"stem_{language}",
    )


# A graph of compounds must be flattened to be indexed, and must not be to be asked.
ANALYSIS["analyzer"] = {
    "neutral": _analyzer(*_FIRST, "compounds", "flatten_graph", *_FOLDED, *_SPELLING),
    "neutral_asked": _analyzer(*_FIRST, "compounds", *_FOLDED, *_SPELLING),
    "typed": _analyzer(*_FIRST, "parts", *_FOLDED, *_SPELLING),
    "spaced": {"type": "custom", "tokenizer": "whitespace", "filter": ["lowercase"]},
    "as_written_in_pairs": _analyzer(*_FIRST, "lowercase", "pairs", signs="plain_signs"),
    **{language: _of_language(language, "compounds", "flatten_graph") for language in LANGUAGES},
    **{f"{language}_asked": _of_language(language, "compounds") for language in LANGUAGES},
}
