"""A slot for one item, where the newest wins: keeps the picture live when a stage is slower than the camera."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds the newest item; one that nobody took in time is overwritten and counted.

    Any thread may call any method. Bound: one item. Overflow: the older goes. Counter: ``overwritten``.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._closed = False
        self._overwritten = 0

    def put(self, item: T) -> bool:
        """Stores ``item``; True when the slot was empty. After ``close`` nothing is stored and it is False."""
        with self._changed:
            if self._closed:
                return False
            was_empty = self._item is None
            if not was_empty:
                self._overwritten += 1
            self._item = item
            self._changed.notify()
            return was_empty

    def take(self, timeout_s: float | None = None) -> T | None:
        """The item, waiting for one; None after ``timeout_s`` without one, or once closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout_s)
            item, self._item = self._item, None
            return item

    def take_now(self) -> T | None:
        """The item, or None at once."""
        with self._changed:
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """No more items; a waiting ``take`` returns."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def is_empty(self) -> bool:
        return self._item is None

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def overwritten(self) -> int:
        return self._overwritten
