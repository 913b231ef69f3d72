"""The capture thread: it alone opens, reads, paces and releases one source."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame
from realtime_fer.core.protocols import FrameSource
from realtime_fer.runtime.events import EngineEvent, EngineFailed, SourceEnded, SourceLost, SourceOpened
from realtime_fer.runtime.rates import LatencyMeter, RateMeter
from realtime_fer.runtime.slot import LatestSlot

#: Seconds before a lost camera or address is tried again; the last one repeats.
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 5.0)

#: A paced source that is this late is not hurried after: its clock is set anew.
MAX_LATE_S = 0.5


@dataclass(frozen=True)
class ResolvedSource:
    """What a request came to. ``sentence`` says why it is not what was asked for, or is ''."""

    request: str
    source: FrameSource
    sentence: str = ""


class CaptureWorker:
    """Reads one source until it is stopped, into a slot where the newest frame wins.

    A live source that fails is opened again after a growing pause. A file is played at its own speed and ends.
    A thread stuck in a camera's read cannot be interrupted: ``stop`` then leaves it behind, and what it still
    reads goes nowhere.
    """

    def __init__(
        self,
        request: str,
        resolve: Callable[[str], ResolvedSource],
        slot: LatestSlot[Frame],
        on_event: Callable[[EngineEvent], None],
        *,
        generation: int = 0,
        paused: bool = False,
        fallback: str = "demo",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.request = request
        self._resolve = resolve
        self._slot = slot
        self._on_event = on_event
        self._generation = generation
        self._fallback = fallback
        self._clock = clock
        self._stopping = threading.Event()
        self._resumed = threading.Event()
        self._replay = threading.Event()
        if not paused:
            self._resumed.set()
        self.rate = RateMeter()
        self.read_ms = LatencyMeter()
        self.size = (0, 0)
        self.source_name = ""
        self.frames_read = 0
        self._thread = threading.Thread(target=self._run, name=f"capture-{generation}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        """Returns at once; the thread releases its source and ends."""
        self._stopping.set()
        self._resumed.set()
        self._replay.set()

    def join(self, timeout_s: float) -> bool:
        """True when the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def set_paused(self, paused: bool) -> None:
        if paused:
            self._resumed.clear()
        else:
            self._resumed.set()

    def replay(self) -> None:
        self._replay.set()

    def _run(self) -> None:
        try:
            self._serve()
        except Exception as error:  # Nobody above this thread could say it.
            self._on_event(EngineFailed(f"Reading the source failed ({type(error).__name__}).", type(error).__name__))

    def _serve(self) -> None:
        attempt = 0
        request, note = self.request, ""
        while not self._stopping.is_set():
            live = False
            try:
                resolved = self._resolve(request)
                source = resolved.source
                live = source.is_live
                with _Opened(source):
                    # Known only now of an address: a film of known length is played as a file is.
                    live = source.is_live
                    if self._stopping.is_set():
                        return
                    self.source_name = source.name
                    self._on_event(SourceOpened(resolved.request, source.name, live, note or resolved.sentence))
                    note = ""
                    before = self.frames_read
                    try:
                        ended = self._read_all(source)
                    finally:
                        # Pictures came, so the next loss begins its back-off anew.
                        attempt = 0 if self.frames_read > before else attempt
                if not ended:
                    return
                self._wait_for_replay(SourceEnded(resolved.request))
            except SourceError as error:
                if self._stopping.is_set():
                    return
                if request == "auto":
                    request = self._fallback
                    note = f"{error.sentence()} Until then the demo is playing."
                    continue
                live = live or _is_camera_or_address(request)
                retry = BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)] if live else None
                attempt += 1
                lost = SourceLost(request, error.sentence(), retry)
                if retry is None:
                    self._wait_for_replay(lost)
                else:
                    self._on_event(lost)
                    self._stopping.wait(retry)

    def _wait_for_replay(self, event: EngineEvent) -> None:
        """Tells ``event`` and waits for ``replay``; one that was asked for before nobody could have meant."""
        self._replay.clear()
        if self._stopping.is_set():
            return
        self._on_event(event)
        self._replay.wait()

    def _read_all(self, source: FrameSource) -> bool:
        """Reads until the end (True) or until stopped (False)."""
        index = 0
        start_s: float | None = None
        while not self._stopping.is_set():
            if not self._resumed.is_set():
                if not source.is_live:
                    self._resumed.wait()
                    start_s = None
                    continue
                # A camera's buffer must be emptied, or the picture after the pause would be an old one.
                if source.read() is None:
                    return True
                continue
            before = self._clock()
            read = source.read()
            read_ms = (self._clock() - before) * 1000
            if read is None:
                return True
            if read.media_time_s is not None and not source.is_live:
                now = self._clock()
                if start_s is None or now - (start_s + read.media_time_s) > MAX_LATE_S:
                    start_s = now - read.media_time_s
                wait_s = start_s + read.media_time_s - now
                if wait_s > 0 and self._stopping.wait(wait_s):
                    return False
            now = self._clock()
            self.size = (read.image_bgr.shape[1], read.image_bgr.shape[0])
            self.rate.tick(now)
            self.frames_read += 1
            self.read_ms.add(read_ms)
            if self._stopping.is_set():
                return False
            self._slot.put(
                Frame(
                    image_bgr=read.image_bgr,
                    index=index,
                    timestamp_s=now,
                    capture_ms=read_ms,
                    name=read.name,
                    media_time_s=read.media_time_s,
                    source_generation=self._generation,
                )
            )
            index += 1
        return False


def _is_camera_or_address(request: str) -> bool:
    return request.isdigit() or request.startswith("/dev/") or "://" in request


class _Opened:
    """Opens a source and closes it whatever happens, also when opening itself fails half-way."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source

    def __enter__(self) -> FrameSource:
        try:
            self._source.open()
        except BaseException:
            self._source.close()
            raise
        return self._source

    def __exit__(self, *_: object) -> None:
        self._source.close()
