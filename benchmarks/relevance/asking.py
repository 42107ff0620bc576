"""Ask an engine as the search page asks it. Needs Django."""

import time
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from search.engines.answers import Answer, Engine, Question, Unavailable
from search.models import Document
from search.words.known import known_synonyms
from search.words.parsing import parse

from .judgements import JudgedSearch, documents
from .metrics import DEPTH
from .results import Result

TRIES = 5  # a busy machine makes an engine late, not worse
PAUSE = 1.0


def results(engine: Engine, asked: Iterable[JudgedSearch]) -> list[Result]:
    """Return what the engine finds for each search, by the keys of the judgements.

    What no judgement names keeps its uid.
    """
    keys = keys_by_uid()
    answers = ((search, _answer(engine, search)) for search in asked)
    return [
        Result(search, tuple(keys.get(hit.uid, hit.uid) for hit in answer.hits))
        for search, answer in answers
    ]


def keys_by_uid() -> Mapping[str, str]:
    """Return the key of each document that judgements name, as far as the projection has it."""
    there = Document.objects.filter(deleted_at=None).values_list("uid", "url")
    uids = {_address(url): uid for uid, url in there}
    known = ((document.key, uids.get(document.address)) for document in documents().values())
    return {uid: key for key, uid in known if uid}


def _answer(engine: Engine, search: JudgedSearch) -> Answer:
    wanted = parse(search.words, known_synonyms())
    question = Question(wanted=wanted, size=DEPTH, language=search.language)
    for _ in range(TRIES - 1):
        try:
            return engine.find(question)
        except Unavailable:
            time.sleep(PAUSE)
    return engine.find(question)


def _address(url: str) -> str:
    """Return the path of a page; of a file its name, because the rest of the path is a number."""
    path = unquote(urlsplit(url).path)
    return path if path.endswith("/") else path.rpartition("/")[2]
