"""A circuit breaker: whoever keeps silent is left alone for a while.

After a few silences in a short time the breaker opens and nothing is asked any more; nobody waits
for an answer that does not come. After a pause one call probes: if it is answered the breaker
closes, otherwise the next pause begins. The state is in the cache, so that all processes that
share one share the experience.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.cache import cache

Got = TypeVar("Got")

KEPT = 86_400  # seconds; a breaker that nobody has asked for a day starts anew


class Open(Exception):
    """Nothing was asked, because too many questions stayed without an answer."""


@dataclass(frozen=True)
class Breaker:
    """Lets calls through until ``failures`` of them fail ``within`` seconds, then pauses.

    ``failure`` is the exception that counts; others pass and say nothing about who was asked.
    ``probe_takes`` is the longest that a call can take: a probe that has not come back by then
    is lost with its process, and another is sent.
    """

    name: str
    failure: type[Exception]
    failures: int = 3
    within: float = 30
    pause: float = 30
    probe_takes: float = 10
    clock: Callable[[], float] = field(default=time.time, repr=False)

    def call(self, function: Callable[[], Got]) -> Got:
        """Return what the function returns, or raise ``Open`` at once while it is paused."""
        opens_at = cache.get(self._key("paused until"))
        if opens_at is not None and not self._may_probe(opens_at):
            raise Open(self.name)
        try:
            got = function()
        except self.failure:
            self._failed(was_probe=opens_at is not None)
            raise
        if opens_at is not None:
            self.reset()
        return got

    @property
    def is_open(self) -> bool:
        """Whether calls are held back, or let through only one at a time."""
        return cache.get(self._key("paused until")) is not None

    def reset(self) -> None:
        """Close the breaker and forget what failed."""
        cache.delete_many([self._key(name) for name in ("paused until", "failed", "probing")])

    def _may_probe(self, opens_at: float) -> bool:
        """Return whether the pause is over and nobody else is probing."""
        if self.clock() < opens_at:
            return False
        return cache.add(self._key("probing"), True, self.probe_takes)

    def _failed(self, *, was_probe: bool) -> None:
        if was_probe or self._failures_now() >= self.failures:
            cache.set(self._key("paused until"), self.clock() + self.pause, KEPT)
            cache.delete_many([self._key("failed"), self._key("probing")])

    def _failures_now(self) -> int:
        """Count one more failure; return how many there were since the first one not forgotten."""
        key, now = self._key("failed"), self.clock()
        recent = [at for at in cache.get(key, ()) if now - at < self.within]
        cache.set(key, [*recent, now], self.within)
        return len(recent) + 1

    def _key(self, name: str) -> str:
        return f"breaker:{self.name}:{name}".replace(" ", "-")
