"""Changes between sources: one is read, and those before it are waited for until their threads have ended."""

from __future__ import annotations

import threading
from collections.abc import Callable

from realtime_fer.core.frame import Frame
from realtime_fer.core.request import SourceRequest
from realtime_fer.runtime.capture.abandoned_readers import AbandonedReaders
from realtime_fer.runtime.capture.device_locks import DeviceLocks
from realtime_fer.runtime.capture.playback import Playback
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_watchdog import SourceWatchdog
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.events import EngineEvent
from realtime_fer.runtime.slot import LatestSlot


class SourceSwitch:
    """Owns the watchdogs of all sources. Called from the thread of the engine's owner.

    Args:
        ready: set when frames can be analysed; see :class:`realtime_fer.runtime.capture.source_reader.SourceReader`.

    Attributes:
        watchdog: of the source that was opened last; None before the first.
        generation: how often another source was opened; frames carry it.
        playback: takes the commands for the source of ``watchdog``. Speed and looping stay for the next one.
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
        self._stopping: list[SourceWatchdog] = []
        self._abandoned, self._devices = AbandonedReaders(), DeviceLocks()
        self._paused = False
        self.watchdog: SourceWatchdog | None = None
        self.generation = 0
        self.playback = Playback(clock)

    def open(self, request: SourceRequest) -> None:
        """Changes to another source; a pause ends.

        The new one does not wait for the old one's end, unless both are the same device.
        """
        self._stopping = [watchdog for watchdog in self._stopping if not watchdog.join(0)]
        paused_s = 0.0
        if self.watchdog is not None:
            paused_s = self.watchdog.stamper.paused_s
            self.watchdog.request_stop()
            self._stopping.append(self.watchdog)
            self.generation += 1
        self._paused = False
        self.playback = Playback(self._clock, speed=self.playback.speed, is_looping=self.playback.is_looping)
        self.watchdog = SourceWatchdog(
            request,
            self._resolve,
            self._frames,
            self._on_event,
            generation=self.generation,
            paused_s=paused_s,
            abandoned=self._abandoned,
            devices=self._devices,
            timeouts=self._timeouts,
            ready=self._ready,
            playback=self.playback,
            clock=self._clock,
        )
        self.watchdog.start()

    @property
    def paused(self) -> bool:
        return self._paused

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        if self.watchdog is not None:
            self.watchdog.set_paused(paused)

    def request_stop(self) -> None:
        if self.watchdog is not None:
            self.watchdog.request_stop()

    def join(self, until_s: float) -> None:
        """Waits for all threads until the clock shows ``until_s``, and a moment for each at least."""
        for watchdog in [self.watchdog, *self._stopping]:
            if watchdog is not None:
                watchdog.join(max(0.1, until_s - self._clock()))
        # These were waited for before they were abandoned.
        self._abandoned.join(0.1)
