"""What one receiver of live results reads from: the newest, never a queue."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

#: Items that a newer one does not replace, and that wait for a receiver; more overwrite the oldest.
MOST_KEPT = 64


class Listener(Generic[T]):
    """Holds the newest item of each source for one receiver; one that it did not take in time is overwritten and
    counted.

    Any thread may call any method. Bound: one item a source, and ``MOST_KEPT`` that are kept. Overflow: the older goes.
    Counter: ``overwritten``. Unlike a slot that is waited for, it tells its receiver by ``wake``, so that one thread
    can serve many.

    Args:
        wake: called when there is an item to take, in the giving thread, or in the taking one while more are left;
            returns at once.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._items: dict[int, T] = {}
        self._kept: deque[T] = deque(maxlen=MOST_KEPT)
        self._kept_is_due = False
        self._overwritten = 0

    def put(self, item: T, source: int = 0) -> None:
        with self._lock:
            was_empty = not self._items and not self._kept
            self._overwritten += source in self._items
            self._items[source] = item
        if was_empty:
            self._wake()

    def keep(self, item: T) -> None:
        """Gives one that the next frame must not replace, such as one with a marker."""
        with self._lock:
            was_empty = not self._items and not self._kept
            self._overwritten += len(self._kept) == MOST_KEPT
            self._kept.append(item)
        if was_empty:
            self._wake()

    def take(self) -> T | None:
        """The item that waited longest, kept ones in turn with the others; None where all were taken."""
        with self._lock:
            if self._kept and (self._kept_is_due or not self._items):
                item = self._kept.popleft()
                self._kept_is_due = False
            elif self._items:
                item = self._items.pop(next(iter(self._items)))
                self._kept_is_due = True
            else:
                return None
            more = bool(self._items or self._kept)
        if more:
            self._wake()
        return item

    @property
    def overwritten(self) -> int:
        return self._overwritten
