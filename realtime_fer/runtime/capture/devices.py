"""Which device is open: a camera has one reading at a time, so that a new one waits until the old one has let it go."""

from __future__ import annotations

import threading
from collections.abc import Callable

#: A device that is not let go for so long, seconds, hangs in its driver: then it is tried all the same.
RELEASE_S = 2.0


class Devices:
    """Any thread may call it. ``holder`` is whoever opens and releases the device."""

    def __init__(self, release_s: float = RELEASE_S) -> None:
        self._release_s = release_s
        self._changed = threading.Condition()
        self._held: dict[int, str] = {}

    def take(self, holder: object, device: str, given_up: Callable[[], bool]) -> None:
        """Waits until no other holds ``device``, it ``given_up``, or the wait was too long; '' is no device."""
        if not device:
            return
        with self._changed:
            self._changed.wait_for(lambda: given_up() or device not in self._held.values(), self._release_s)
            self._held[id(holder)] = device

    def give_back(self, holder: object) -> None:
        """It is closed, or its holder is left behind. May be called twice, and without ``take``."""
        with self._changed:
            self._held.pop(id(holder), None)
            self._changed.notify_all()

    def look_again(self) -> None:
        """Somebody may have given up."""
        with self._changed:
            self._changed.notify_all()
