"""Keeps two readers off the same camera: a new one waits until the old one has released it."""

from __future__ import annotations

import threading
from collections.abc import Callable

#: A device that is not released within this many seconds hangs in its driver: it is opened anyway.
RELEASE_TIMEOUT_S = 2.0


class DeviceLocks:
    """Any thread may call it. ``holder`` is whoever opens and releases the device."""

    def __init__(self, timeout_s: float = RELEASE_TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._changed = threading.Condition()
        self._held: dict[int, str] = {}

    def acquire(self, holder: object, device: str, cancelled: Callable[[], bool]) -> None:
        """Waits until no other holds ``device``, it is ``cancelled``, or the timeout has passed; '' is no device."""
        if not device:
            return
        with self._changed:
            self._changed.wait_for(lambda: cancelled() or device not in self._held.values(), self._timeout_s)
            self._held[id(holder)] = device

    def release(self, holder: object) -> None:
        """The device is closed, or its holder abandoned. May be called twice, and without ``acquire``."""
        with self._changed:
            self._held.pop(id(holder), None)
            self._changed.notify_all()

    def recheck(self) -> None:
        """Whoever waits asks ``cancelled`` again."""
        with self._changed:
            self._changed.notify_all()
