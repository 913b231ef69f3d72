"""Which source is read: one at a time, with those that were left behind until their threads have ended."""

from __future__ import annotations

import threading
from collections.abc import Callable

from realtime_fer.core.frame import Frame
from realtime_fer.core.request import SourceRequest
from realtime_fer.runtime.capture.devices import Devices
from realtime_fer.runtime.capture.reading import ResolvedSource, StuckReadings
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.capture.worker import CaptureWorker
from realtime_fer.runtime.events import EngineEvent
from realtime_fer.runtime.slot import LatestSlot


class SourceSwitch:
    """Owns the capture threads. Called from the engine's owner's thread.

    Args:
        ready: set when pictures can be analysed; see :class:`realtime_fer.runtime.capture.reading.Reading`.

    Attributes:
        capture: of the source that was opened last; None before the first.
        generation: how often another source was opened; frames carry it.
    """

    def __init__(
        self,
        resolve: Callable[[SourceRequest], ResolvedSource],
        frames: LatestSlot[Frame],
        on_event: Callable[[EngineEvent], None],
        clock: Callable[[], float],
        timeouts: SourceTimeouts | None = None,
        ready: threading.Event | None = None,
    ) -> None:
        self._resolve, self._frames, self._on_event = resolve, frames, on_event
        self._clock, self._timeouts, self._ready = clock, timeouts, ready
        self._left_behind: list[CaptureWorker] = []
        self._stuck, self._devices = StuckReadings(), Devices()
        self._paused = False
        self.capture: CaptureWorker | None = None
        self.generation = 0

    def open(self, request: SourceRequest) -> None:
        """Changes to another source; a pause ends.

        The new one does not wait for the old one's end, unless both are the same device.
        """
        self._left_behind = [worker for worker in self._left_behind if not worker.join(0)]
        paused_s = 0.0
        if self.capture is not None:
            paused_s = self.capture.paused_s
            self.capture.request_stop()
            self._left_behind.append(self.capture)
            self.generation += 1
        self._paused = False
        self.capture = CaptureWorker(
            request,
            self._resolve,
            self._frames,
            self._on_event,
            generation=self.generation,
            paused_s=paused_s,
            stuck=self._stuck,
            devices=self._devices,
            timeouts=self._timeouts,
            ready=self._ready,
            clock=self._clock,
        )
        self.capture.start()

    def replay(self) -> None:
        """Plays an ended file again, or tries a failed one again."""
        if self.capture is not None:
            self.capture.replay()

    @property
    def paused(self) -> bool:
        return self._paused

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        if self.capture is not None:
            self.capture.set_paused(paused)

    def request_stop(self) -> None:
        if self.capture is not None:
            self.capture.request_stop()

    def join(self, until_s: float) -> None:
        """Waits for all threads until the clock shows ``until_s``, and a moment for each at least."""
        for worker in [self.capture, *self._left_behind]:
            if worker is not None:
                worker.join(max(0.1, until_s - self._clock()))
        # Those were waited for before they were left behind.
        self._stuck.join(0.1)
