"""A capture thread with a camera that does as a script says and a clock that is set by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from realtime_fer.core.frame import Frame, SourceFrame
from realtime_fer.core.request import AUTO, SourceRequest, request_of
from realtime_fer.runtime.capture.abandoned_readers import AbandonedReaders
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_watchdog import SourceWatchdog
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.slot import LatestSlot
from tests.fakes import Listener

#: The watch looks so often that a test need not wait for it; all else goes by the hand clock.
TIMEOUTS = SourceTimeouts(watch_interval_s=0.002)


class HandClock:
    """Stands still until a test moves it. Any thread may ask it."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class ScriptedCamera:
    """A live source. ``give`` decides what each read returns; ``hang`` holds the read up until it is set free."""

    def __init__(self, give: Callable[[int], Any], name: str = "Desk", *, hang_at: int | None = None) -> None:
        self.name, self.is_live, self.fps, self.frame_count = name, True, 30.0, None
        self.free = threading.Event()
        self.hanging = threading.Event()
        self.closed = threading.Event()
        self._give, self._hang_at = give, hang_at
        self._reads = 0

    def open(self) -> None:
        pass

    def read(self) -> SourceFrame | None:
        if self._reads == self._hang_at:
            self.hanging.set()
            assert self.free.wait(20)
        self._reads += 1
        given = self._give(self._reads)
        if isinstance(given, Exception):
            raise given
        return given

    def close(self) -> None:
        self.closed.set()


def noisy(n: int) -> SourceFrame:
    return SourceFrame(np.random.default_rng(n).integers(30, 220, (48, 64, 3), dtype=np.uint8))


class Bench:
    """One watchdog over one scripted camera after another."""

    def __init__(self, *cameras: ScriptedCamera, request: str = "0", abandoned: AbandonedReaders | None = None) -> None:
        self.clock, self.listener, self.slot = HandClock(), Listener(), LatestSlot[Frame]()
        self.cameras = list(cameras)
        self.opened = 0
        self.abandoned = abandoned or AbandonedReaders()
        self.watchdog = SourceWatchdog(
            request_of(request),
            self.resolve,
            self.slot,
            self.listener.event,
            abandoned=self.abandoned,
            timeouts=TIMEOUTS,
            clock=self.clock,
        )
        # Back-off without waiting, which notes how long it would have waited.
        self.waited: list[float] = []

    def resolve(self, request: SourceRequest) -> ResolvedSource:
        camera = self.cameras[min(self.opened, len(self.cameras) - 1)]
        self.opened += 1
        return ResolvedSource(request_of("0") if request == AUTO else request, camera)

    def next_frame(self, such: Callable[[Frame], bool] = lambda frame: True) -> Frame:
        """The first frame from now on that is so."""
        while True:
            frame = self.slot.take(10)
            assert frame is not None, "no frame came"
            if such(frame):
                return frame

    def step(self, seconds: float) -> None:
        self.clock.now_s += seconds


@contextmanager
def running(bench: Bench) -> Iterator[Bench]:
    wait = bench.watchdog._stopping.wait

    def note_and_go_on(timeout_s: float | None = None) -> bool:
        bench.waited.append(timeout_s or 0.0)
        bench.step(timeout_s or 0.0)
        return wait(0.001)

    bench.watchdog._stopping.wait = note_and_go_on  # type: ignore[method-assign]
    bench.watchdog.start()
    try:
        yield bench
    finally:
        bench.watchdog.request_stop()
        for camera in bench.cameras:
            camera.free.set()
        assert bench.watchdog.join(10)
        assert bench.abandoned.join(10)


def ticking(bench: Bench, give: Callable[[int], Any]) -> Callable[[int], Any]:
    """A camera of thirty pictures a second by the bench's clock, that waits for nobody."""

    def one(n: int) -> Any:
        bench.step(1 / 30)
        return give(n)

    return one


def checks_go_on(bench: Bench) -> None:
    """Returns once the watch has looked at least twice more."""
    looked = threading.Event()
    wait, times = bench.watchdog._wake.wait, []

    def noted(timeout_s: float | None = None) -> bool:
        times.append(timeout_s)
        if len(times) > 2:
            looked.set()
        return wait(timeout_s)

    bench.watchdog._wake.wait = noted  # type: ignore[method-assign]
    assert looked.wait(10)
    bench.watchdog._wake.wait = wait  # type: ignore[method-assign]
