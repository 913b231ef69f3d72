"""The readers whose threads hang in a driver: counted, so that no source costs more and more threads."""

from __future__ import annotations

import threading
import time

from realtime_fer.core.request import SourceRequest
from realtime_fer.runtime.capture.source_reader import SourceReader

#: Threads that hang in one source's driver, at most; it is not opened again until one of them ends.
MAX_ABANDONED = 2

#: More for an address: its threads end by themselves, since each wait for the network has a timeout.
MAX_ABANDONED_ADDRESS = 12


class AbandonedReaders:
    """Any thread may call it. Nothing can end a thread from outside; one whose driver returns ends and is forgotten.

    Bound: ``MAX_ABANDONED`` a request, ``MAX_ABANDONED_ADDRESS`` an address. Overflow: ``may_open`` says no. Counter:
    ``len``.
    """

    def __init__(self, limit: int = MAX_ABANDONED, address_limit: int = MAX_ABANDONED_ADDRESS) -> None:
        self._limit, self._address_limit = limit, address_limit
        self._lock = threading.Lock()
        self._readers: list[SourceReader] = []

    def add(self, reader: SourceReader) -> None:
        with self._lock:
            self._readers.append(reader)

    def may_open(self, request: SourceRequest) -> bool:
        """Whether another thread may be spent on ``request``."""
        limit = self._address_limit if request.is_address else self._limit
        return sum(reader.request == request for reader in self._alive()) < limit

    def join(self, timeout_s: float) -> bool:
        """Waits for all of them together; True when none is left."""
        until_s = time.perf_counter() + timeout_s
        for reader in self._alive():
            reader.join(max(0.0, until_s - time.perf_counter()))
        return not self._alive()

    def __len__(self) -> int:
        return len(self._alive())

    def _alive(self) -> list[SourceReader]:
        with self._lock:
            self._readers = [reader for reader in self._readers if not reader.join(0)]
            return list(self._readers)
