"""What the engines answered to the judged searches, and what that is worth. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from .judgements import JudgedSearch
from .metrics import interval, ndcg, reciprocal_rank


@dataclass(frozen=True)
class Result:
    """One judged search and the keys of what an engine found for it, the best first."""

    search: JudgedSearch
    ranking: tuple[str, ...]

    @cached_property
    def ndcg(self) -> float:
        """nDCG@10 of the ranking."""
        return ndcg(self.ranking, self.search.grades)

    @cached_property
    def reciprocal_rank(self) -> float:
        """1 / the place of the first good answer."""
        return reciprocal_rank(self.ranking, self.search.grades)


@dataclass(frozen=True)
class Figures:
    """Means over some searches. ``empty`` is the share of them that found nothing at all."""

    searches: int
    ndcg: float
    mrr: float
    empty: float


@dataclass(frozen=True)
class Bar:
    """What an engine must reach on the whole set, and in each class of searches."""

    overall: float
    each_class: float = 0.0


BARS = {
    "elasticsearch": Bar(0.90, each_class=0.75),
    "sqlite": Bar(0.75),
    "postgresql": Bar(0.75),
}


def figures(results: Sequence[Result]) -> Figures:
    """Return the means over these results, of which there must be at least one."""
    return Figures(
        searches=len(results),
        ndcg=fmean(result.ndcg for result in results),
        mrr=fmean(result.reciprocal_rank for result in results),
        empty=fmean(not result.ranking for result in results),
    )


def by_class(results: Sequence[Result]) -> Mapping[str, list[Result]]:
    """Return the results by class of search, in the order of the file."""
    classes: dict[str, list[Result]] = {}
    for result in results:
        classes.setdefault(result.search.kind, []).append(result)
    return classes


def held_out(results: Sequence[Result], wanted: bool = True) -> list[Result]:
    """Return the results of the part that nobody looks at while tuning, or of the other one."""
    return [result for result in results if result.search.is_held_out == wanted]


def ndcg_interval(results: Sequence[Result]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean nDCG@10."""
    return interval([result.ndcg for result in results])


def missed(results: Sequence[Result], bar: Bar) -> list[str]:
    """Return in words which bars these results do not reach."""
    overall = figures(results).ndcg
    faults = [f"nDCG@10 is {overall:.3f}, not {bar.overall:.2f}"] if overall < bar.overall else []
    for name, group in by_class(results).items():
        reached = figures(group).ndcg
        if reached < bar.each_class:
            faults.append(f"nDCG@10 of “{name}” is {reached:.3f}, not {bar.each_class:.2f}")
    return faults
