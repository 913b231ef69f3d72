"""Triggers that have fired, on their way to whoever does something."""

from __future__ import annotations

import threading
from collections.abc import Callable

from realtime_fer.core.triggers.machine import Fired

#: Far more than fire while an action takes its time.
MOST_WAITING = 32


class FiredQueue:
    """Any thread may call any method. Bound: ``MOST_WAITING``. Overflow: the new one is refused. Counter: ``refused``.

    Args:
        wake: called when one comes into an empty queue, in the giving thread; returns at once.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._waiting: list[Fired] = []
        self.refused = 0

    def put(self, fired: Fired) -> None:
        with self._lock:
            was_empty = not self._waiting
            if len(self._waiting) >= MOST_WAITING:
                self.refused += 1
                return
            self._waiting.append(fired)
        if was_empty:
            self._wake()

    def take(self) -> list[Fired]:
        """All that wait, the oldest first."""
        with self._lock:
            taken, self._waiting = self._waiting, []
            return taken
