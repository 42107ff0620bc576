"""A circuit breaker: whoever keeps silent is left alone for a while.

After a few silences in a short time the breaker opens and nothing is asked any more; nobody waits
for an answer that does not come. After a pause one call probes: if it is answered the breaker
closes, otherwise the next pause begins. The state is in the cache, so that all processes that
share one share the experience.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache

Got = TypeVar("Got")

KEPT = 86_400  # seconds; a breaker that nobody has asked for a day starts anew


class Open(Exception):
    """Nothing was asked, because too many questions stayed without an answer."""


@dataclass(frozen=True)
class Breaker:
    """Lets calls through until ``failures`` of them fail within ``window`` seconds, then pauses.

    ``failure`` is the exception that counts; any other shows that whoever was asked is there.
    ``probe_takes`` is the longest that a call can take: a probe that has not come back by then
    is lost with its process, and another is sent.
    """

    name: str
    failure: type[Exception]
    failures: int = 3
    window: float = 30
    pause: float = 30
    probe_takes: float = 10

    def call(self, function: Callable[[], Got]) -> Got:
        """Return what the function returns, or raise ``Open`` at once while it is paused."""
        paused_until = cache.get(self._key("paused-until"))
        is_probe = paused_until is not None
        if is_probe and not self._may_probe(paused_until):
            raise Open(self.name)
        failed = False
        try:
            return function()
        except self.failure:
            failed = True
            self._failed(is_probe=is_probe)
            raise
        finally:
            if is_probe and not failed:
                self.reset()

    @property
    def is_open(self) -> bool:
        """Whether calls are held back, or let through only one at a time."""
        return cache.get(self._key("paused-until")) is not None

    def reset(self) -> None:
        """Close the breaker and forget what failed."""
        cache.delete_many([self._key("paused-until"), self._key("probing"), *self._slots])

    def _may_probe(self, paused_until: float) -> bool:
        """Return whether the pause is over and nobody else is probing."""
        return time.time() >= paused_until and cache.add(
            self._key("probing"), True, self.probe_takes
        )

    def _failed(self, *, is_probe: bool) -> None:
        if is_probe or self._is_last_failure():
            cache.set(self._key("paused-until"), time.time() + self.pause, KEPT)
            cache.delete_many([self._key("probing"), *self._slots])

    def _is_last_failure(self) -> bool:
        """Take note of a failure; return whether it is one too many.

        Each takes the first free one of as many slots as failures are allowed. A slot becomes free
        by itself, and taking one is a single step in any cache, so that none is counted twice.
        """
        any(cache.add(slot, True, self.window) for slot in self._slots)
        return len(cache.get_many(self._slots)) == self.failures

    @property
    def _slots(self) -> list[str]:
        return [self._key(f"failed-{number}") for number in range(self.failures)]

    def _key(self, name: str) -> str:
        return f"breaker:{self.name}:{name}"
