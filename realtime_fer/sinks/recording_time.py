"""The time of a recording: the seconds of each frame, its gaps, and which frame a moment belongs to."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import Any

from realtime_fer.core.frame import Frame

#: Ticks a second of a video's time stamps: the usual MPEG clock, fine enough that rounding (11 us) is no jitter.
TICKS_PER_S = 90_000

#: A frame of a video lasts no longer: its duration must fit 31 bits (6.6 h).
MAX_STEP_S = 6 * 3600.0

#: A longer time without a frame counts as a gap where frames usually come faster.
GAP_S = 1.0

#: Frames that ``WrittenFrames`` remembers: ten minutes at 30 a second, about 3 MB.
MOST_FRAMES = 18_000

# A step back by more than this is not jitter: the source restarted, and the recording's time goes on.
_RESTART_S = 0.5
_ORDINARY_FRAME_S = 1 / 30

# On average, frames that arrive at least this often arrive normally.
_ARRIVING_S = 0.25

# A step this many times longer than the usual one is a gap.
_GAP_IN_USUAL_STEPS = 4
# Fewer steps do not show what is usual.
_STEPS_TO_JUDGE = 3


class RecordingClock:
    """The one clock of a recording. Its seconds go to the video, the tables and the facts alike.

    A time stamp that does not advance (equal, or slightly earlier) comes one tick after the last. One that falls far
    back, or is not finite, continues one ordinary frame after the last. One that is more than ``MAX_STEP_S`` ahead
    comes ``MAX_STEP_S`` after the last, and later ones continue from there.

    Attributes:
        left_out_s: total seconds that passed but are not part of the recording's time.
    """

    def __init__(self) -> None:
        self._origin_s: float | None = None
        self._last: int | None = None
        self.left_out_s = 0.0

    def advance_to(self, timestamp_s: float) -> float:
        """Seconds of any clock -> seconds since the first frame: whole ticks, strictly increasing, 0.0 for the first.

        Called once for each frame.
        """
        return self._ticks(timestamp_s) / TICKS_PER_S

    def at(self, timestamp_s: float) -> float | None:
        """Seconds since the first frame of any moment near the last one, negative before it; None without a frame."""
        return None if self._origin_s is None else timestamp_s - self._origin_s

    def _ticks(self, timestamp_s: float) -> int:
        if not math.isfinite(timestamp_s):
            # The origin stays: the next finite stamp is right again.
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


@dataclass(frozen=True, slots=True)
class Step:
    """The time from one recorded frame to the next.

    Attributes:
        from_s, to_s: times of the two frames in the recording, seconds; equal for the first frame.
        paused_s: how much of the time a person had paused.
        left_out_s: how much more time passed than the recording shows.
        lost: the source failed to deliver frames.
        busy: frames arrived normally, and the computer had no time to analyse them.
    """

    from_s: float
    to_s: float
    paused_s: float = 0.0
    left_out_s: float = 0.0
    lost: bool = False
    busy: bool = False

    @property
    def shown_s(self) -> float:
        """How long the step is in the recording."""
        return self.to_s - self.from_s


class Steps:
    """Follows the frames of a recording in order, and owns its clock.

    What was lost, paused or damaged before the first frame is not counted. Frames may be missing between two calls:
    each carries the totals of its source.

    Attributes:
        damaged_frames: since the first frame, how many were lost or are incomplete.
    """

    def __init__(self) -> None:
        self._clock = RecordingClock()
        self._before: Frame | None = None
        self._last_s = 0.0
        self.damaged_frames = 0

    def at(self, timestamp_s: float) -> float | None:
        """As ``RecordingClock.at``."""
        return self._clock.at(timestamp_s)

    def to(self, frame: Frame) -> Step:
        """The step that ends at ``frame``. Called once for each frame."""
        before = self._before or frame
        same_source = frame.source_generation == before.source_generation
        # A file that is played again counts its damage anew.
        known_damage = before.damaged if same_source and frame.damaged >= before.damaged else 0
        self.damaged_frames += frame.damaged - known_damage
        paused_s = max(0.0, frame.paused_s - before.paused_s)
        left_out_s = self._clock.left_out_s
        from_s, to_s = self._last_s, self._clock.advance_to(frame.timestamp_s)
        arrived = frame.index - before.index
        on_time = arrived > 1 and to_s - from_s - paused_s <= arrived * _ARRIVING_S
        self._before, self._last_s = frame, to_s
        return Step(
            from_s,
            to_s,
            paused_s,
            self._clock.left_out_s - left_out_s,
            lost=frame.losses > (before.losses if same_source else 0),
            busy=on_time and same_source and frame.losses == before.losses,
        )


class Gaps:
    """Tells which steps of a recording are gaps, by the usual step from frame to frame as far as that is known.

    Attributes:
        found: each gap as ``session.json`` lists it, in order of time.
        left_out_s: total time in gaps that the recording does not show.
    """

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self.left_out_s = 0.0
        # The newest steps, long ones included: a source that is slow by nature has no others.
        self._usual: deque[float] = deque(maxlen=31)
        self._unjudged: list[Step] = []

    def note_of(self, step: Step) -> str:
        """What the tables say of a gap that ends here; '' where there is none. Asked before ``add``."""
        # A loss that ended before it was long enough for a gap is noted too.
        gap_s = step.shown_s + step.left_out_s if step.lost else 0.0
        if not gap_s and self._is_gap(step):
            gap_s = step.shown_s
        if not gap_s:
            return ""
        lacking = "not analysed" if step.busy else "no picture"
        if not step.paused_s:
            return f"{lacking} for {gap_s:.1f} s"
        paused = f"paused for {min(step.paused_s, gap_s):.1f} s"
        # After a pause the next frame is as far away as ever.
        rest_s = gap_s - step.paused_s
        return paused if rest_s <= self._longest_s(step) else f"{paused}; {lacking} for {rest_s:.1f} s"

    def add(self, step: Step) -> bool:
        """Takes the steps after the first frame's in order. True where it found a gap, or a longer one than before."""
        if step.lost or step.left_out_s:
            self._add_gap(step)
            return True
        self._usual.append(step.shown_s)
        self._unjudged.append(step)
        if len(self._usual) >= _STEPS_TO_JUDGE:
            judged, self._unjudged = self._unjudged, []
        else:
            judged = [self._unjudged.pop()] if step.busy else []
        found = [each for each in judged if self._is_gap(each)]
        for each in found:
            self._add_gap(each)
        return bool(found)

    def _is_gap(self, step: Step) -> bool:
        if step.busy and step.shown_s - step.paused_s > GAP_S:
            return True
        return len(self._usual) >= _STEPS_TO_JUDGE and step.shown_s > self._longest_step_s

    def _longest_s(self, step: Step) -> float:
        """How long such a step is without being a gap.

        A computer that is always too slow has no shorter steps, and its film lacks what came in between all the same.
        """
        return GAP_S if step.busy else self._longest_step_s

    @property
    def _longest_step_s(self) -> float:
        usual_s = median(self._usual) if len(self._usual) >= _STEPS_TO_JUDGE else 0.0
        return max(GAP_S, _GAP_IN_USUAL_STEPS * usual_s)

    def _add_gap(self, step: Step) -> None:
        last = self.found[-1] if self.found else {}
        goes_on = last.keys() == {"from_s", "to_s", "busy"} and last["to_s"] == round(step.from_s, 3)
        if step.busy and not step.paused_s and goes_on:
            last["to_s"] = round(step.to_s, 3)
            return
        gap: dict[str, Any] = {"from_s": round(step.from_s, 3), "to_s": round(step.to_s, 3)}
        lasted_s = step.shown_s + step.left_out_s
        if step.paused_s:
            # After a pause the next frame is as far away as ever; that is no fault of the source.
            is_longer = lasted_s - step.paused_s > self._longest_s(step)
            gap["paused_s"] = round(step.paused_s if is_longer else step.shown_s, 3)
        if step.busy:
            gap["busy"] = True
        if step.left_out_s:
            gap["lasted_s"] = round(lasted_s, 3)
            self.left_out_s += step.left_out_s
        self.found.append(gap)
        self.found.sort(key=lambda gap: gap["from_s"])


@dataclass(frozen=True, slots=True)
class WrittenFrame:
    """``index`` and ``t_s`` are those of the video and the tables, ``timestamp_s`` is that of the capture."""

    timestamp_s: float
    index: int
    t_s: float


class WrittenFrames:
    """The last frames of a recording, so that a note that took a while to write finds its frame.

    Bound: ``most``. Overflow: the oldest is forgotten, and its moments belong to the oldest that is known.
    """

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
