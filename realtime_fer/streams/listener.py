"""What one receiver of live results reads from: the newest, never a queue."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Listener(Generic[T]):
    """Holds the newest item for one receiver; one that it did not take in time is overwritten and counted.

    Any thread may call any method. Bound: one item. Overflow: the older goes. Counter: ``overwritten``. Unlike a slot
    that is waited for, it tells its receiver by ``wake``, so that one thread can serve many.

    Args:
        wake: called when an item comes into an empty listener, in the giving thread; returns at once.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._item: T | None = None
        self._overwritten = 0

    def put(self, item: T) -> None:
        with self._lock:
            was_empty = self._item is None
            self._overwritten += not was_empty
            self._item = item
        if was_empty:
            self._wake()

    def take(self) -> T | None:
        """The newest item, or None where there is none that was not taken yet."""
        with self._lock:
            item, self._item = self._item, None
            return item

    @property
    def overwritten(self) -> int:
        return self._overwritten
