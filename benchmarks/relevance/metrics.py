"""Measures of a ranked list against grades. Pure.

nDCG is that of Burges et al. (2005), with the gain 2^grade − 1; the form with the grade itself as
the gain, of Järvelin and Kekäläinen (2002), is there to compare with published examples.
"""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from statistics import fmean

Gain = Callable[[int], float]
DEPTH = 10
GOOD = 2  # the lowest grade that makes a reader stop looking
RESAMPLES = 2000


def exponential(grade: int) -> float:
    """Return the gain that makes one exact answer worth more than two good ones."""
    return 2.0**grade - 1


def dcg(grades: Iterable[int], depth: int = DEPTH, gain: Gain = exponential) -> float:
    """Return the sum of the gains, each discounted by the logarithm of its place."""
    places = enumerate(islice(grades, depth), 2)
    return sum(gain(grade) / math.log2(place) for place, grade in places)


def ndcg(
    ranking: Iterable[str],
    grades: Mapping[str, int],
    depth: int = DEPTH,
    gain: Gain = exponential,
) -> float:
    """Return the discounted gain of a ranking as a share of the best one, from 0 to 1.

    A document that was not judged gains nothing, and so does one that comes a second time.
    """
    found = (grades.get(key, 0) for key in _each_once(ranking))
    best = dcg(sorted(grades.values(), reverse=True), depth, gain)
    return dcg(found, depth, gain) / best if best else 0.0


def reciprocal_rank(ranking: Iterable[str], grades: Mapping[str, int], good: int = GOOD) -> float:
    """Return 1 / the place of the first good answer; 0 where there is none."""
    for place, key in enumerate(ranking, 1):
        if grades.get(key, 0) >= good:
            return 1 / place
    return 0.0


def interval(values: Sequence[float], level: float = 0.95, seed: int = 1) -> tuple[float, float]:
    """Return the bootstrap percentile interval of the mean: how far other searches could move it.

    The same values give the same interval.
    """
    # Not a secret: resampling only has to be the same every time.
    draw = random.Random(seed)  # noqa: S311
    means = sorted(fmean(draw.choices(values, k=len(values))) for _ in range(RESAMPLES))
    outside = round(RESAMPLES * (1 - level) / 2)
    return means[outside], means[-outside - 1]


def _each_once(ranking: Iterable[str]) -> list[str]:
    """Return the ranking with a sign that nothing matches in place of every repetition."""
    seen: set[str] = set()
    once = []
    for key in ranking:
        once.append("" if key in seen else key)
        seen.add(key)
    return once
