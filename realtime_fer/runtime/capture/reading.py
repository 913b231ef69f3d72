"""One source from opening to closing, in a thread of its own, which another can watch and leave behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.request import SourceRequest
from realtime_fer.runtime.capture.devices import Devices

#: A paced source that is this late is not hurried after: its clock is set anew.
MAX_LATE_S = 0.5

#: While a file waits for what analyses it, it is looked this often whether it was given up.
_STOP_LOOK_S = 0.05

#: Threads that hang in one source's driver, at most; it is not opened again until one of them ends.
MAX_STUCK = 2

#: Of an address more: its thread ends by itself, since each wait for the network has a limit.
MAX_STUCK_ADDRESS = 12


@dataclass(frozen=True)
class ResolvedSource:
    """What a request came to.

    Attributes:
        sentence: why it is not what was asked for, or ''.
        at_once: its pictures are shown although they cannot be analysed yet, as those of a live source are.
        device: names what only one can have open, as a camera; '' where several may.
    """

    request: SourceRequest
    source: FrameSource
    sentence: str = ""
    at_once: bool = False
    device: str = ""


class Outcome(Enum):
    """Why a reading is over. STOPPED was wanted; of LOST ``error`` and of FAILED ``fault`` is set."""

    ENDED = "ended"
    STOPPED = "stopped"
    LOST = "lost"
    FAILED = "failed"


class Reader(Protocol):
    """Whose reading it is. Called from the reading's thread."""

    def opened(self, reading: Reading, resolved: ResolvedSource) -> None: ...

    def waits(self, reading: Reading) -> None:
        """It is open, and its first picture is waited with."""

    def deliver(self, reading: Reading, read: SourceFrame, read_ms: float) -> None:
        """What was read. Raises SourceError: it is no picture, or no new one."""


class Reading:
    """Opens a source, reads it to its end or until stopped, and closes it: all in one thread.

    Args:
        devices: which are open; one that another reading has is waited for.
        ready: set when pictures can be analysed; what is not live waits for it, so that its first seconds are too.

    Attributes:
        name: of the source, once it is known; else ''.
        live: whether what is not read in time is gone.
        is_open: pictures may come, or it is being closed.
        opened_request: what was opened, as 'auto' comes to a camera's number; None before.
        opening_s: how long it took to open, once it is.
        outcome: once the thread has ended, else None.
    """

    def __init__(
        self,
        request: SourceRequest,
        resolve: Callable[[SourceRequest], ResolvedSource],
        reader: Reader,
        resumed: threading.Event,
        finished: Callable[[], None],
        clock: Callable[[], float] = time.perf_counter,
        title: str = "reading",
        ready: threading.Event | None = None,
        devices: Devices | None = None,
    ) -> None:
        self.request = request
        self.name = ""
        self.live = False
        self.is_open = False
        self.opened_request: SourceRequest | None = None
        self.opening_s: float | None = None
        self.outcome: Outcome | None = None
        self.error: SourceError | None = None
        self.fault: Exception | None = None
        self._resolve = resolve
        self._reader = reader
        self._resumed = resumed
        self._finished = finished
        self._ready = ready
        self._devices = devices or Devices()
        self._clock = clock
        self._stopping = threading.Event()
        self._in_call_since_s: float | None = None
        self._thread = threading.Thread(target=self._run, name=title, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        """Returns at once. A thread that hangs in a driver ends when the driver gives it back."""
        self._stopping.set()
        self._devices.look_again()

    def join(self, timeout_s: float) -> bool:
        """True when the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def waits_s(self) -> float:
        """How long it has been waiting for the source itself to answer; 0 while it does anything else. Any thread."""
        since_s = self._in_call_since_s
        return 0.0 if since_s is None else self._clock() - since_s

    @contextmanager
    def _in_call(self) -> Iterator[None]:
        """Round whatever may never come back."""
        self._in_call_since_s = self._clock()
        try:
            yield
        finally:
            self._in_call_since_s = None

    def _run(self) -> None:
        try:
            self.outcome = self._serve()
        except SourceError as error:
            self.error, self.outcome = error, Outcome.LOST
        except Exception as error:  # Nobody above this thread could say it.
            self.fault, self.outcome = error, Outcome.FAILED
        finally:
            self._finished()

    def _serve(self) -> Outcome:
        began_s = self._clock()
        with self._in_call():
            resolved = self._resolve(self.request)
        source = resolved.source
        self.name, self.live = source.name, source.is_live
        try:
            before_s = self._clock()
            self._devices.take(self, resolved.device, self._stopping.is_set)
            if self._stopping.is_set():
                return Outcome.STOPPED
            began_s += self._clock() - before_s
            with self._in_call():
                source.open()
            # Known only now of an address: a film of known length is played as a file is.
            self.live = source.is_live
            if self._stopping.is_set():
                return Outcome.STOPPED
            self.opening_s = self._clock() - began_s
            self.is_open, self.opened_request = True, resolved.request
            self._reader.opened(self, resolved)
            if not self.live and not resolved.at_once and not self._wait_until_ready():
                return Outcome.STOPPED
            return Outcome.ENDED if self._read_all(source) else Outcome.STOPPED
        finally:
            # Also when opening failed half-way.
            with self._in_call():
                source.close()
            self._devices.give_back(self)
            self.is_open = False

    def _wait_until_ready(self) -> bool:
        """False where it was stopped before."""
        if self._ready is not None and not self._ready.is_set():
            self._reader.waits(self)
            while not self._ready.wait(_STOP_LOOK_S):
                if self._stopping.is_set():
                    return False
        return True

    def _read_all(self, source: FrameSource) -> bool:
        """Reads until the end (True) or until stopped (False)."""
        start_s: float | None = None
        while not self._stopping.is_set():
            if not self._resumed.is_set() and not source.is_live:
                self._resumed.wait()
                start_s = None
                continue
            before = self._clock()
            with self._in_call():
                read = source.read()
            now = self._clock()
            read_ms = (now - before) * 1000
            if read is None:
                return True
            if not self._resumed.is_set() and source.is_live:
                # A camera's buffer must be emptied, or the picture after the pause would be an old one.
                continue
            if read.media_time_s is not None and not source.is_live:
                if start_s is None or now - (start_s + read.media_time_s) > MAX_LATE_S:
                    start_s = now - read.media_time_s
                wait_s = start_s + read.media_time_s - now
                if wait_s > 0 and self._stopping.wait(wait_s):
                    return False
            self._reader.deliver(self, read, read_ms)
        return False


class StuckReadings:
    """The readings that hang in a driver and were left behind. Any thread may call it.

    Bound: ``MAX_STUCK`` a request, ``MAX_STUCK_ADDRESS`` an address; with more, ``may_open`` says no. Nothing can end a
    thread from outside; those whose driver gives them back end by themselves and are forgotten.
    """

    def __init__(self, limit: int = MAX_STUCK, address_limit: int = MAX_STUCK_ADDRESS) -> None:
        self._limit, self._address_limit = limit, address_limit
        self._lock = threading.Lock()
        self._readings: list[Reading] = []

    def add(self, reading: Reading) -> None:
        with self._lock:
            self._readings.append(reading)

    def may_open(self, request: SourceRequest) -> bool:
        """Whether another thread may be spent on ``request``."""
        limit = self._address_limit if request.is_address else self._limit
        return sum(reading.request == request for reading in self._alive()) < limit

    def join(self, timeout_s: float) -> bool:
        """Waits for all of them together; True when none is left."""
        until_s = time.perf_counter() + timeout_s
        for reading in self._alive():
            reading.join(max(0.0, until_s - time.perf_counter()))
        return not self._alive()

    def __len__(self) -> int:
        return len(self._alive())

    def _alive(self) -> list[Reading]:
        with self._lock:
            self._readings = [reading for reading in self._readings if not reading.join(0)]
            return list(self._readings)
