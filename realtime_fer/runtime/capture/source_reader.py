"""Reads one source from opening to closing in a thread of its own, which a watchdog can abandon if it hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import partial

from realtime_fer.core.errors import SourceError
from realtime_fer.core.protocols import FrameSource, SeekableSource
from realtime_fer.core.request import SourceRequest
from realtime_fer.runtime.capture.device_locks import DeviceLocks
from realtime_fer.runtime.capture.frame_stamper import FrameStamper
from realtime_fer.runtime.capture.playback import Playback
from realtime_fer.runtime.capture.player import Player
from realtime_fer.runtime.capture.resolved_source import ResolvedSource

#: How often a file that waits for detector and model looks whether it was stopped, in seconds.
_STOP_CHECK_S = 0.05


class Outcome(Enum):
    """Why a reader ended. STOPPED was wanted; LOST sets ``error`` and FAILED sets ``fault``."""

    ENDED = "ended"
    STOPPED = "stopped"
    LOST = "lost"
    FAILED = "failed"


class SourceReader:
    """Owns one source: its thread alone opens, reads and closes it, and has each frame stamped.

    Args:
        stamper: gets what is read.
        playback: what a person wants of a file; of a live source, only whether it is paused.
        finished: called in the thread, at its end.
        ready: set when frames can be analysed; a source that is not live waits for it, so that its first seconds are
            analysed too.
        devices: keeps a device that another reader still has open from being opened.

    Attributes:
        name: of the source, once it is known; else ''.
        live: whether what is not read in time is gone.
        is_open: frames may come, or it is being closed.
        opened_request: what was opened, as 'auto' becomes a camera's number; None before.
        outcome: once the thread has ended, else None.
    """

    def __init__(
        self,
        request: SourceRequest,
        resolve: Callable[[SourceRequest], ResolvedSource],
        stamper: FrameStamper,
        playback: Playback,
        finished: Callable[[], None],
        clock: Callable[[], float] = time.perf_counter,
        title: str = "source-reader",
        ready: threading.Event | None = None,
        devices: DeviceLocks | None = None,
    ) -> None:
        self.request = request
        self.name = ""
        self.live = False
        self.is_open = False
        self.opened_request: SourceRequest | None = None
        self.outcome: Outcome | None = None
        self.error: SourceError | None = None
        self.fault: Exception | None = None
        self._resolve = resolve
        self._stamper = stamper
        self._playback = playback
        self._finished = finished
        self._ready = ready
        self._devices = devices or DeviceLocks()
        self._clock = clock
        self._stopping = threading.Event()
        self._in_call_since_s: float | None = None
        self._thread = threading.Thread(target=self._run, name=title, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        """Returns at once. A thread that hangs in a driver ends when the driver returns."""
        self._stopping.set()
        self._playback.wake()
        self._devices.recheck()

    def join(self, timeout_s: float) -> bool:
        """True when the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def silent_s(self) -> float:
        """How long the source itself has not answered a call; 0 while the thread does anything else. Any thread."""
        since_s = self._in_call_since_s
        return 0.0 if since_s is None else max(0.0, self._clock() - since_s)

    @contextmanager
    def _in_call(self, longer_s: float = 0.0) -> Iterator[None]:
        """Surrounds whatever may never return, and may take ``longer_s`` longer than usual."""
        self._in_call_since_s = self._clock() + longer_s
        try:
            yield
        finally:
            self._in_call_since_s = None

    def _run(self) -> None:
        try:
            self.outcome = self._open_and_read()
        except SourceError as error:
            self.error, self.outcome = error, Outcome.LOST
        except Exception as error:  # The watchdog reports it: nobody above this thread could.
            self.fault, self.outcome = error, Outcome.FAILED
        finally:
            self._finished()

    def _open_and_read(self) -> Outcome:
        began_s = self._clock()
        with self._in_call():
            resolved = self._resolve(self.request)
        source = resolved.source
        self.name, self.live = source.name, source.is_live
        try:
            before_s = self._clock()
            self._devices.acquire(self, resolved.device, self._stopping.is_set)
            if self._stopping.is_set():
                return Outcome.STOPPED
            waited_s = self._clock() - before_s
            with self._in_call():
                source.open()
            # Only now is it known of an address: one that gives a video of known length is played as a file is.
            self.live = source.is_live
            if self._stopping.is_set():
                return Outcome.STOPPED
            opening_s = self._clock() - began_s - waited_s
            self.is_open, self.opened_request = True, resolved.request
            self._playback.opened(is_seekable=not self.live and isinstance(source, SeekableSource))
            self._stamper.opened(self, resolved, opening_s)
            if not self.live and not resolved.at_once and not self._wait_until_ready(resolved.request):
                return Outcome.STOPPED
            has_ended = self._read_live(source) if self.live else self._play(source, resolved.request)
            return Outcome.ENDED if has_ended else Outcome.STOPPED
        finally:
            # Also when opening failed half-way.
            with self._in_call():
                source.close()
            self._devices.release(self)
            self.is_open = False

    def _wait_until_ready(self, request: SourceRequest) -> bool:
        """False where it was stopped before."""
        if self._ready is not None and not self._ready.is_set():
            self._stamper.waits(self, request)
            while not self._ready.wait(_STOP_CHECK_S):
                if self._stopping.is_set():
                    return False
        return True

    def _read_live(self, source: FrameSource) -> bool:
        """Reads until the end (True) or until stopped (False)."""
        while not self._stopping.is_set():
            before = self._clock()
            with self._in_call():
                read = source.read()
            if read is None:
                return True
            # A camera's buffer must be emptied, or the frame after the pause would be an old one.
            if not self._playback.paused:
                self._stamper.put(self, read, (self._clock() - before) * 1000)
        return False

    def _play(self, source: FrameSource, request: SourceRequest) -> bool:
        """As ``_read_live``, for a file: when its frames are due, and where a person wants to go."""
        return Player(
            source,
            self._playback,
            partial(self._stamper.put, self),
            self._in_call,
            self._stopping.is_set,
            partial(self._stamper.ended, self, request),
            self._clock,
            lambda: self._stamper.is_taken,
        ).play()
