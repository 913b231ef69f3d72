"""Markers of other programs: finds their streams, and takes the one that a person chose."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from realtime_fer.core.live import TakeMarker
from realtime_fer.streams.hub import LiveHub, LiveMarker
from realtime_fer.streams.lsl.clock import LslClock

#: How long a thread waits before it looks whether it is to end.
_LOOK_AGAIN_S = 0.25

#: A marker that is older when it comes, as after a lost connection, is left out.
_OLDEST_S = 60.0

#: Characters of a marker that are kept.
_LONGEST_TEXT = 200

#: Streams that are listed.
_MOST_FOUND = 8


class FoundMarkers:
    """The streams of markers that can be seen now. Any thread."""

    def __init__(self) -> None:
        self._resolver: Any = None
        self._skipped = ""

    def begin(self, lsl: Any, skipped: str) -> None:
        self._resolver, self._skipped = lsl.ContinuousResolver(prop="type", value="Markers"), skipped

    def end(self) -> None:
        self._resolver = None

    def names(self) -> tuple[str, ...]:
        return tuple(sorted({info.name() for info in self._others()}))[:_MOST_FOUND]

    def named(self, name: str) -> Any:
        """The stream's description, or None while there is none of this name."""
        return next((info for info in self._others() if info.name() == name), None)

    def _others(self) -> list[Any]:
        resolver = self._resolver
        return [] if resolver is None else [info for info in resolver.results() if info.name() != self._skipped]


class MarkerInlet:
    """Owns the thread "live-lsl-markers".

    Attributes:
        connected: name of the stream and its computer, or '' while it is looked for.

    Args:
        name: of the stream; its type must be 'Markers'.
    """

    def __init__(
        self, lsl: Any, hub: LiveHub, found: FoundMarkers, name: str, clock: LslClock, take_marker: TakeMarker
    ) -> None:
        self._lsl, self._hub, self._found, self._name = lsl, hub, found, name
        self._clock, self._take = clock, take_marker
        self.connected = ""
        self._given: deque[tuple[str, float]] = deque(maxlen=64)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-lsl-markers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        self._stopping.set()
        self._thread.join(timeout_s)

    def gave(self, marker: LiveMarker) -> bool:
        """Whether it came from here."""
        return (marker.text, marker.time_s) in self._given

    def _run(self) -> None:
        while not self._stopping.is_set():
            info = self._found.named(self._name)
            if info is not None:
                self._read(info)
            self._stopping.wait(_LOOK_AGAIN_S)

    def _read(self, info: Any) -> None:
        inlet = self._lsl.StreamInlet(info, max_buflen=60, recover=False)
        try:
            correction_s = inlet.time_correction(timeout=2.0)
            self.connected = f"{info.name()} ({info.hostname()})"
            while not self._stopping.is_set():
                sample, at_s = inlet.pull_sample(timeout=_LOOK_AGAIN_S)
                if sample:
                    self._pass_on(str(sample[0]), at_s + correction_s - self._clock.ahead_s())
                else:
                    correction_s = inlet.time_correction(timeout=2.0)
        except RuntimeError:  # It is lost, or slow; it is looked for again.
            pass
        finally:
            self.connected = ""
            inlet.close_stream()

    def _pass_on(self, text: str, at_s: float) -> None:
        text = " ".join(text.split())[:_LONGEST_TEXT].strip()
        frame_s = self._hub.frame_time(at_s)
        if text and frame_s is not None and self._hub.clock() - at_s < _OLDEST_S:
            self._given.append((text, frame_s))
            self._take(text, frame_s)
