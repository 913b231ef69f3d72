"""Rates, percentiles and counters of the last seconds. Time is passed in, so that tests decide it."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field


def percentile(values: Iterable[float], share: float) -> float:
    """Nearest-rank percentile, 0 for no values: ``percentile(values, 0.95)`` is the p95."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class RateMeter:
    """Events a second over a sliding window. Any thread may call it."""

    def __init__(self, window_s: float = 2.0) -> None:
        self._window_s = window_s
        self._times: deque[float] = deque(maxlen=2000)
        self._lock = threading.Lock()

    def tick(self, now_s: float) -> None:
        with self._lock:
            self._times.append(now_s)

    def rate(self, now_s: float) -> float:
        """Events a second; 0 when nothing happened for a whole window."""
        with self._lock:
            while self._times and self._times[0] < now_s - self._window_s:
                self._times.popleft()
            if len(self._times) < 2:
                return 0.0
            # Up to now, not up to the last event: the rate of a source that stopped falls at once.
            return (len(self._times) - 1) / max(1e-9, max(now_s, self._times[-1]) - self._times[0])


class LatencyMeter:
    """The last ``size`` durations in milliseconds. Any thread may call it."""

    def __init__(self, size: int = 120) -> None:
        self._values: deque[float] = deque(maxlen=size)
        self._lock = threading.Lock()

    def add(self, ms: float) -> None:
        with self._lock:
            self._values.append(ms)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def median(self) -> float:
        with self._lock:
            return percentile(self._values, 0.5)

    def p95(self) -> float:
        with self._lock:
            return percentile(self._values, 0.95)


@dataclass(frozen=True)
class EngineStats:
    """The status bar's numbers at one moment.

    Attributes:
        shown_fps: results a second that reached the view.
        capture_fps: frames a second that the source gave.
        stage_ms: median of the last frames: capture, detect, classify (crops and network), hide (of faces), draw (the
            window's painting), and latency from capture to paint.
        latency_p95_ms: capture to paint.
        dropped: frames of this source that the inference thread never saw.
        undrawn: results of this source that the window never showed.
        unrecorded: results that the recording lost.
        faces: in the newest result.
        recording_s: how long the running recording lasts, None when there is none.
        sound_level: how loud the running recording's microphone is, 0 to 1; None without sound.
        gap_s: how long there has been no new picture, where that is longer than the source usually takes; else 0.
        size: width and height of the source's frames, (0, 0) before the first.
        first_painted_s: monotonic time of the first picture on the screen, None before it.
        asked_fps: frames a second that the source declares; 0 where it does not say.
        degradation_step: how much less the program does, a position in ``core.degradation.DEGRADATION_STEPS``.
        has_frames: pictures come; without them the times and drops are those of a moment that has passed.
        degradation_words: what it does less of at that step, for a person; '' at step 0.
    """

    shown_fps: float = 0.0
    capture_fps: float = 0.0
    stage_ms: dict[str, float] = field(default_factory=dict)
    latency_p95_ms: float = 0.0
    dropped: int = 0
    undrawn: int = 0
    unrecorded: int = 0
    faces: int = 0
    recording_s: float | None = None
    sound_level: float | None = None
    gap_s: float = 0.0
    size: tuple[int, int] = (0, 0)
    first_painted_s: float | None = None
    asked_fps: float = 0.0
    degradation_step: int = 0
    degradation_words: str = ""
    has_frames: bool = True
