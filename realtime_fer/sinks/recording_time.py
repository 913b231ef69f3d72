"""The time of a recording: the seconds of each frame, its gaps, and which frame a moment belongs to."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass

from realtime_fer.core.frame import Frame

#: Ticks a second of a film's time stamps: the customary MPEG clock, fine enough that rounding (11 us) is no jitter.
TICKS_PER_S = 90_000

# A step back by more than this is not jitter: the source began anew, and the film's time goes on from where it was.
_RESTART_S = 0.5
_ORDINARY_FRAME_S = 1 / 30

#: A film's frame lasts no longer: its duration must fit 31 bits (6.6 h).
MAX_STEP_S = 6 * 3600.0


class RecordingClock:
    """Time stamps to ticks since the first, strictly increasing.

    A stamp that does not advance (equal, a little earlier) comes one tick after the last. One that falls far back,
    or is no number, starts a new count that goes on one ordinary frame after the last. One that is further ahead than
    ``MAX_STEP_S`` comes that much after the last, and those behind it go on from there.

    Attributes:
        left_out_s: seconds that passed and are not in the film's time, all together.
    """

    def __init__(self) -> None:
        self._origin_s: float | None = None
        self._last: int | None = None
        self.left_out_s = 0.0

    def ticks(self, timestamp_s: float) -> int:
        """``timestamp_s`` in seconds of any clock -> ticks of ``1 / TICKS_PER_S`` s, 0 for the first."""
        if not math.isfinite(timestamp_s):
            # The origin stays: the next sound stamp is right again.
            return self._advance(None)
        if self._origin_s is None:
            self._origin_s = timestamp_s - (0 if self._last is None else self._next_s())
        since_s = timestamp_s - self._origin_s
        if self._last is not None and since_s < self._last / TICKS_PER_S - _RESTART_S:
            since_s = self._next_s()
            self._origin_s = timestamp_s - since_s
        elif self._last is not None and since_s > (farthest_s := self._last / TICKS_PER_S + MAX_STEP_S):
            self.left_out_s += since_s - farthest_s
            since_s = farthest_s
            self._origin_s = timestamp_s - since_s
        return self._advance(since_s)

    def _next_s(self) -> float:
        return (self._last or 0) / TICKS_PER_S + _ORDINARY_FRAME_S

    def _advance(self, since_s: float | None) -> int:
        if self._last is None:
            self._last = 0
        else:
            since_s = self._next_s() if since_s is None else since_s
            self._last = max(round(since_s * TICKS_PER_S), self._last + 1)
        return self._last


#: Pictures that come so often, on average, come as ever.
_COMING_S = 0.25


class Losses:
    """Follows the frames of a recording in order."""

    def __init__(self) -> None:
        self._before: tuple[int, int] | None = None
        self._last_s = 0.0

    def ended_by(self, frame: Frame, now_s: float) -> float | None:
        """How long, in the film's seconds, there was no picture before ``frame``; None where none failed to come.

        Frames may be missing between two calls: each carries how often its source had failed by then.
        """
        # What failed before the recording began is not missing in it.
        generation, losses = self._before or (frame.source_generation, frame.losses)
        lost = frame.losses > (losses if frame.source_generation == generation else 0)
        self._before = (frame.source_generation, frame.losses)
        since_s, self._last_s = now_s - self._last_s, now_s
        return since_s if lost else None


class Pauses:
    """Follows the frames of a recording in order."""

    def __init__(self) -> None:
        self._before_s: float | None = None

    def before(self, frame: Frame) -> float:
        """For how many seconds since the last frame a person had wanted no pictures."""
        before_s = frame.paused_s if self._before_s is None else self._before_s
        self._before_s = frame.paused_s
        return max(0.0, frame.paused_s - before_s)


class LeftOut:
    """Follows the frames of a recording in order."""

    def __init__(self) -> None:
        self._before: Frame | None = None

    def before(self, frame: Frame, step_s: float) -> bool:
        """Whether pictures came in the ``step_s`` before ``frame`` as ever, and this computer was too busy for them."""
        before, self._before = self._before, frame
        if before is None or (before.source_generation, before.losses) != (frame.source_generation, frame.losses):
            return False
        came = frame.index - before.index
        return came > 1 and step_s <= came * _COMING_S


class Damage:
    """Follows the frames of a recording in order.

    Attributes:
        frames: that were lost or are not whole since the first.
    """

    def __init__(self) -> None:
        self.frames = 0
        self._before: tuple[int, int] | None = None

    def note(self, frame: Frame) -> None:
        # What was damaged before the recording began is not in it.
        generation, damaged = self._before or (frame.source_generation, frame.damaged)
        # A film that is played again counts anew.
        anew = frame.source_generation != generation or frame.damaged < damaged
        self.frames += frame.damaged - (0 if anew else damaged)
        self._before = frame.source_generation, frame.damaged


#: Frames remembered: ten minutes at 30 a second, about 3 MB.
MOST_FRAMES = 18_000


@dataclass(frozen=True, slots=True)
class WrittenFrame:
    """``index`` and ``seconds`` are those of film and table, ``timestamp_s`` is that of the capture."""

    timestamp_s: float
    index: int
    seconds: float


class WrittenFrames:
    """The last frames of a recording. Bound: ``most``. Overflow: the oldest is forgotten, and its moments belong to
    the oldest that is known."""

    def __init__(self, most: int = MOST_FRAMES) -> None:
        self._frames: deque[WrittenFrame] = deque(maxlen=most)

    def add(self, frame: WrittenFrame) -> None:
        """In the order of writing."""
        self._frames.append(frame)

    def at(self, timestamp_s: float) -> WrittenFrame | None:
        """The first captured at ``timestamp_s`` or later, else the last; None before the first."""
        if not self._frames:
            return None
        # A list: a deque's middle is reached step by step.
        frames = list(self._frames)
        position = bisect_left(frames, timestamp_s, key=lambda frame: frame.timestamp_s)
        return frames[min(position, len(frames) - 1)]
