"""Has the program do less when the machine cannot keep up, and more again when there is room."""

from __future__ import annotations

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.frame import FrameResult

#: Seconds that are judged as one, and the least number of frames in them.
WINDOW_S = 2.0
_LEAST_FRAMES = 8

#: After a start, another source or a pause nothing is judged for so long: loading and first runs say nothing.
SETTLING_S = 3.0

#: Overloaded: more than this share of the frames dropped, or of the time between two frames spent on one.
_DROPPED_SHARE = 0.1
_BUSY_SHARE = 0.95

#: Room: next to nothing dropped, and no more than this share spent, for this many windows in a row.
_ROOM_DROPPED_SHARE = 0.02
_ROOM_SHARE = 0.6
_ROOM_WINDOWS = 3

#: A step taken back too early makes the next one wait twice as long, up to this many windows.
_MOST_ROOM_WINDOWS = 48


class DegradationGovernor:
    """Chooses the step of ``core.degradation.DEGRADATION_STEPS`` to run at. Called from one thread; time is given.

    One bad window is enough to do less; doing more again takes several good ones, so that the step does not oscillate.
    """

    def __init__(self) -> None:
        self.step = 0
        self.enabled = True
        self._windows_to_raise = _ROOM_WINDOWS
        self._raised_s: float | None = None
        self._generation = -1
        self._began_s = 0.0
        self._good_windows = 0
        self._last: tuple[float, int] | None = None
        self._begin(0.0, 0)

    def _begin(self, now_s: float, dropped: int) -> None:
        self._window_s, self._window_dropped = now_s, dropped
        self._frames, self._busy_ms, self._span_s, self._span_frames = 0, 0.0, 0.0, 0

    def observe(self, result: FrameResult, busy_ms: float, dropped: int, now_s: float) -> int:
        """The step to run at after this result.

        Args:
            busy_ms: what the result cost in all.
            dropped: frames that were never looked at, in all since the start.
            now_s: monotonic seconds.
        """
        if not self.enabled:
            self.step, self._good_windows = 0, 0
            self._settle(result, dropped, now_s)
            return self.step
        frame = result.frame
        last, self._last = self._last, (frame.timestamp_s, frame.index)
        gap_s = frame.timestamp_s - last[0] if last else 0.0
        if frame.source_generation != self._generation or last is None or not 0 <= gap_s <= WINDOW_S:
            self._settle(result, dropped, now_s)
            return self.step
        if now_s - self._began_s < SETTLING_S:
            self._begin(now_s, dropped)
            return self.step
        self._frames += 1
        self._busy_ms += busy_ms
        self._span_s += gap_s
        self._span_frames += max(frame.index - last[1], 0)
        if now_s - self._window_s >= WINDOW_S and self._frames >= _LEAST_FRAMES:
            self._judge(dropped, now_s)
            self._begin(now_s, dropped)
        return self.step

    def _settle(self, result: FrameResult, dropped: int, now_s: float) -> None:
        self._generation, self._began_s = result.frame.source_generation, now_s
        self._last = (result.frame.timestamp_s, result.frame.index)
        self._good_windows = 0
        self._begin(now_s, dropped)

    def _judge(self, dropped: int, now_s: float) -> None:
        lost = dropped - self._window_dropped
        lost_share = lost / max(lost + self._frames, 1)
        interval_ms = 1000 * self._span_s / max(self._span_frames, 1)
        busy_share = self._busy_ms / self._frames / interval_ms if interval_ms > 0 else 0.0
        if lost_share > _DROPPED_SHARE or busy_share > _BUSY_SHARE:
            self._good_windows = 0
            if self._raised_s is not None:
                hasty = now_s - self._raised_s < 3 * _ROOM_WINDOWS * WINDOW_S
                self._windows_to_raise = min(self._windows_to_raise * 2, _MOST_ROOM_WINDOWS) if hasty else _ROOM_WINDOWS
                self._raised_s = None
            self.step = min(self.step + 1, len(DEGRADATION_STEPS) - 1)
        elif lost_share <= _ROOM_DROPPED_SHARE and busy_share <= _ROOM_SHARE:
            self._good_windows += 1
            if self.step and self._good_windows >= self._windows_to_raise:
                self.step -= 1
                self._good_windows, self._raised_s = 0, now_s
        else:
            self._good_windows = 0
