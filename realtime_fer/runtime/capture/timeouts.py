"""How long a source may give no frame before it counts as stalled, is reopened or retried; slow ones get longer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

#: Seconds before a lost camera or address is tried again; the last value repeats.
RETRY_BACKOFF_S = (0.5, 1.0, 2.0, 4.0, 5.0)

#: Gaps between frames that a source's pace is learnt from. The lower median counts, so that a stall or two do not make
#: a fast source look slow.
_GAPS = 9

#: Openings from which the usual time of one is learnt.
_OPENINGS = 5

#: Of this many timeouts in a row of an address whose pace is known, one is long: a fast source may have become slow.
_ONE_LONG_IN = 8

#: A source has stalled once a frame takes this many times as long as usual.
_TIMES_ITS_PACE = 2.5


@dataclass(frozen=True)
class SourceTimeouts:
    """The limits for a source whose pace is not known; all in seconds.

    Attributes:
        stall_after_s: without a frame, until the source counts as stalled; also how long frames may be unusable.
        reopen_after_s: without a frame, until the thread that hangs in the read is abandoned and the source reopened.
        reopen_address_after_s: the same for an address whose pace is not known yet: a network may need a moment.
        open_timeout_s: for opening; some cameras take more than ten seconds. An address that was opened before gets
            ``reopen_after_s``, or 2.5 times what it usually takes: one that hangs often must come back soon.
        max_stall_after_s: the longest ``stall_after_s`` that a slow source gets.
        watch_interval_s: how often the watchdog looks.
        retry_backoff_s: before each retry of a lost camera or address; the last value repeats.
    """

    stall_after_s: float = 1.5
    reopen_after_s: float = 4.0
    reopen_address_after_s: float = 8.0
    open_timeout_s: float = 20.0
    max_stall_after_s: float = 30.0
    watch_interval_s: float = 0.25
    retry_backoff_s: tuple[float, ...] = RETRY_BACKOFF_S


class AdaptiveTimeouts:
    """The limits for one source, learnt from the pace of its frames. One thread reports frames, any may ask.

    A time-lapse camera that gives a frame every five seconds does not hang. The frame rate that a source declares
    counts until its frames show the real one.
    """

    def __init__(self, limits: SourceTimeouts) -> None:
        self._limits = limits
        self._gaps: deque[float] = deque(maxlen=_GAPS)
        self._last_s: float | None = None
        self._usual_gap_s = 0.0
        self._read_timeouts = 0
        self._openings: deque[float] = deque(maxlen=_OPENINGS)
        self._open_timeouts = 0

    def source_opened(self, fps: float, opening_s: float | None = None) -> None:
        """The source was opened. The time until its first frame is no gap.

        Args:
            fps: as the source declares it; 0 where it does not.
            opening_s: how long it took; None where that is not known.
        """
        self._last_s = None
        self._open_timeouts = 0
        if opening_s is not None:
            self._openings.append(opening_s)
        if not self._gaps:
            self._usual_gap_s = 1 / fps if fps > 0 else 0.0

    def frame_arrived(self, now_s: float) -> None:
        if self._last_s is not None:
            self._gaps.append(now_s - self._last_s)
            self._usual_gap_s = sorted(self._gaps)[(len(self._gaps) - 1) // 2]
            self._read_timeouts = 0
        self._last_s = now_s

    def ignore_next_gap(self) -> None:
        """The time until the next frame is no gap, as in a pause."""
        self._last_s = None

    def timed_out(self, *, opening: bool = False) -> None:
        """The source is reopened because it gave no frame, or did not finish ``opening``.

        An address gets more time until two frames have shown its pace. One whose pace is known and that gave not even
        one frame is simply not answering.
        """
        if opening:
            self._open_timeouts += 1
        elif not self.pace_is_known or self._last_s is not None:
            self._read_timeouts += 1

    @property
    def pace_is_known(self) -> bool:
        """Whether two frames in a row have shown it."""
        return bool(self._gaps)

    @property
    def stall_after_s(self) -> float:
        """Without a frame, until the source counts as stalled."""
        limits = self._limits
        slow_s = _TIMES_ITS_PACE * self._usual_gap_s
        return min(max(limits.stall_after_s, slow_s), max(limits.stall_after_s, limits.max_stall_after_s))

    def reopen_after_s(self, *, address: bool) -> float:
        """Without a frame, until the source is reopened."""
        limits = self._limits
        unknown = address and not self.pace_is_known
        shortest_s = limits.reopen_address_after_s if unknown else limits.reopen_after_s
        usual_s = shortest_s
        if unknown:
            usual_s = min(shortest_s * 2**self._read_timeouts, limits.max_stall_after_s + shortest_s)
        elif address and self._read_timeouts % _ONE_LONG_IN == _ONE_LONG_IN - 1:
            usual_s = max(shortest_s, limits.max_stall_after_s)
        return max(self.stall_after_s + shortest_s - limits.stall_after_s, usual_s)

    @property
    def read_timeout_s(self) -> float:
        """For one read of a source that is not reopened: a network gets its moment in any case."""
        limits = self._limits
        return max(
            limits.reopen_address_after_s, self.stall_after_s + limits.reopen_address_after_s - limits.stall_after_s
        )

    def open_timeout_s(self, *, address: bool) -> float:
        """For opening, until that is started again."""
        limits = self._limits
        long_one = self._open_timeouts % _ONE_LONG_IN == _ONE_LONG_IN - 1
        if not address or not self._openings or long_one:
            return max(limits.open_timeout_s, self.reopen_after_s(address=address))
        return min(max(limits.reopen_after_s, _TIMES_ITS_PACE * max(self._openings)), limits.open_timeout_s)

    def retry_after_s(self, attempt: int, silent_s: float) -> float:
        """How long a lost source is left alone before it is tried again.

        Args:
            attempt: how often it was tried in vain before.
            silent_s: how long it had given nothing by then, which is taken off.
        """
        backoff = self._limits.retry_backoff_s
        retry_s = backoff[min(attempt, len(backoff) - 1)]
        # A source that fails at once has kept nobody waiting.
        return max(backoff[0], retry_s - silent_s) if silent_s > backoff[0] else retry_s
