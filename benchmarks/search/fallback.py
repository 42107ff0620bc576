"""What the same questions take where the database answers them."""

import time
from functools import partial

from search.engines.database import indexing
from search.engines.database.engine import DatabaseEngine
from search.models import Document

from .asking import ASKED
from .timing import p50, p95, turn_by_turn


def measure(rounds: int = 5) -> dict:
    """Index the documents for the database, and return what its answers take.

    The broadest and the narrowest are those of the questions that find most and least.
    """
    began = time.perf_counter()
    documents = indexing.reindex()
    indexed_in = time.perf_counter() - began
    engine = DatabaseEngine()
    questions = [asked.question for asked in ASKED]
    totals = [engine.find(question).total for question in questions]
    cpu = _cpu(engine, questions)
    calls = [partial(engine.find, question) for question in questions]
    times = turn_by_turn({"find": calls}, rounds)["find"]
    each = [p50(times[place :: len(questions)]) for place in range(len(questions))]
    by_total = sorted(range(len(totals)), key=totals.__getitem__)
    broadest, narrowest = by_total[-1], by_total[0]
    return {
        "documents": Document.objects.count(),
        "indexed_per_second": round(documents / indexed_in),
        "found_mean": round(sum(totals) / len(totals)),
        "find_p50_ms": round(p50(times), 1),
        "find_p95_ms": round(p95(times), 1),
        "find_cpu_ms": round(cpu, 1),
        "broadest": f"{ASKED[broadest].text}: {totals[broadest]} found",
        "broadest_p50_ms": round(each[broadest], 1),
        "narrowest": f"{ASKED[narrowest].text}: {totals[narrowest]} found",
        "narrowest_p50_ms": round(each[narrowest], 1),
    }


def _cpu(engine: DatabaseEngine, questions: list) -> float:
    """Return the processor time of this process for a question, in the mean, in milliseconds."""
    began = time.process_time()
    for question in questions:
        engine.find(question)
    return (time.process_time() - began) / len(questions) * 1000
