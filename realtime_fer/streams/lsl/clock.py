"""From the program's clock to LSL's and back."""

from __future__ import annotations

from collections.abc import Callable

#: Two readings further apart were interrupted, and are made again.
_INTERRUPTED_S = 0.0002
_MOST_TRIES = 5


class LslClock:
    """Measures, each time anew, how far LSL's clock is ahead of the frames' one. Any thread.

    Args:
        lsl_clock: pylsl's ``local_clock``, seconds.
        clock: the one that the frames' times are from, monotonic seconds.
    """

    def __init__(self, lsl_clock: Callable[[], float], clock: Callable[[], float]) -> None:
        self._lsl_clock, self._clock = lsl_clock, clock

    def ahead_s(self) -> float:
        """The narrowest of a few readings, each between two of the program's clock."""
        best_s, ahead_s = float("inf"), 0.0
        for _ in range(_MOST_TRIES):
            before_s = self._clock()
            lsl_s = self._lsl_clock()
            after_s = self._clock()
            if after_s - before_s < best_s:
                best_s, ahead_s = after_s - before_s, lsl_s - (before_s + after_s) / 2
            if best_s <= _INTERRUPTED_S:
                break
        return ahead_s
