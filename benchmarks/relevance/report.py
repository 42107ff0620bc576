"""The figures as tables for people and as one JSON object for machines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from .results import Figures, Result, by_class, figures, held_out, ndcg_interval

HEAD = f"{'':<20}{'searches':>9}{'nDCG@10':>9}{'MRR':>7}{'nothing':>9}"
Figured = Mapping[str, object]


def table(engine: str, results: Sequence[Result]) -> str:
    """Return the figures of one engine by class of search and by part of the set."""
    low, high = ndcg_interval(results)
    return "\n".join(
        [
            f"{engine}\n{HEAD}",
            *(_line(name, figures(group)) for name, group in by_class(results).items()),
            _line("dev", figures(held_out(results, wanted=False))),
            _line("held out", figures(held_out(results))),
            f"{_line('all', figures(results))}   95 % of resamples: {low:.3f}–{high:.3f}",
        ]
    )


def summary(results: Sequence[Result]) -> Figured:
    """Return the figures of one engine as plain values."""
    return {
        "all": _rounded(figures(results)),
        "interval": [round(bound, 3) for bound in ndcg_interval(results)],
        "dev": _rounded(figures(held_out(results, wanted=False))),
        "held_out": _rounded(figures(held_out(results))),
        "classes": {name: _rounded(figures(group)) for name, group in by_class(results).items()},
    }


def failures(results: Iterable[Result], titles: Mapping[str, str]) -> str:
    """Return the searches of the dev part with the worst answers: what came, and what should have.

    Held-out searches are never shown: whoever reads them tunes to them.
    """
    shown = sorted(held_out(list(results), wanted=False), key=lambda result: result.ndcg)
    return "\n\n".join(_failure(result, titles) for result in shown if result.ndcg < 1)


def _failure(result: Result, titles: Mapping[str, str]) -> str:
    search = result.search
    came = [
        f"    {place:>2}. ({search.grades.get(key, 0)}) {titles.get(key, key)}"
        for place, key in enumerate(result.ranking, 1)
    ]
    absent = [
        f"     – ({grade}) {titles[key]}"
        for key, grade in search.grades.items()
        if key not in result.ranking
    ]
    head = f"{result.ndcg:.3f}  {search.words}  [{search.kind}, {search.language}]"
    return "\n".join([head, *came, *absent])


def _line(name: str, group: Figures) -> str:
    reached = f"{group.ndcg:>9.3f}{group.mrr:>7.2f}{group.empty * 100:>8.1f}%"
    return f"{name:<20}{group.searches:>9}{reached}"


def _rounded(group: Figures) -> Figured:
    return {name: round(value, 3) for name, value in asdict(group).items()}
