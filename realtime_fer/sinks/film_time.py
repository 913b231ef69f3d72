"""The one clock of a recording: film and table get the same time for the same result."""

from __future__ import annotations

import math

#: Ticks a second of a film's time stamps: the customary MPEG clock, fine enough that rounding (11 us) is no jitter.
TICKS_PER_S = 90_000

# A step back by more than this is not jitter: the source began anew, and the film's time goes on from where it was.
_RESTART_S = 0.5
_ORDINARY_FRAME_S = 1 / 30

#: A film's frame lasts no longer: its duration must fit 31 bits (6.6 h).
MAX_STEP_S = 6 * 3600.0


class FilmTime:
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
