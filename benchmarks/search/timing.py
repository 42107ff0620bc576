"""Times of things that are done turn by turn, so that a noisy machine disturbs all alike."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def turn_by_turn(
    calls: Mapping[str, Sequence[Callable[[], object]]], rounds: int
) -> dict[str, list[float]]:
    """Return how many milliseconds each call took, by name; one more round before warms.

    Each name has the same number of calls; the first of every name come first, then the second.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for together in zip(*calls.values(), strict=True):
            for name, call in zip(calls, together, strict=True):
                took = milliseconds(call)
                if number:
                    times[name].append(took)
    return times


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def p50(times: Sequence[float]) -> float:
    """Return what half of the times stay below."""
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    """Return what all but one in twenty of the times stay below."""
    return statistics.quantiles(times, n=20)[-1]
