"""How long a source may keep silent, and how that is learnt from the source's own pace."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

#: Seconds before a lost camera or address is tried again; the last one repeats.
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 5.0)

#: So many gaps between pictures tell a source's pace: the shorter of the two in the middle, so that a stall or two of a
#: quick source does not make it a slow one.
_GAPS = 9

#: So many openings tell how long one takes.
_OPENINGS = 5

#: Of so many times in a row that a known address is left behind for its silence, one is a patient one: what was quick
#: may have become slow.
_ONE_PATIENT_IN = 8

#: A source is silent once it takes so many times as long as it usually does.
_TIMES_ITS_PACE = 2.5


@dataclass(frozen=True)
class Patience:
    """Seconds a source may keep silent.

    Attributes:
        say: in a read, until it is said on the screen; also how long pictures may be unusable.
        leave: in a read, until the thread that hangs in it is left behind.
        leave_address: the same of an address whose pace is not known yet, where a network may need a moment.
        opening: while it is opened; some cameras take more than ten seconds. An address that was opened before gets
            ``leave``, or what it usually takes and more: one that hangs again and again is to be back soon.
        longest: even of a source that is slow by nature, until it is said.
        look: how often the watch looks.
        back_off: before a lost camera or address is tried again, each time the next; the last one repeats.
    """

    say: float = 1.5
    leave: float = 4.0
    leave_address: float = 8.0
    opening: float = 20.0
    longest: float = 30.0
    look: float = 0.25
    back_off: tuple[float, ...] = BACK_OFF_S


class Pace:
    """What silence of one source means nothing. One thread tells of pictures, any may ask.

    A time-lapse camera that gives a picture every five seconds is no camera that hangs. What the source promises counts
    until its pictures tell it better.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._gaps: deque[float] = deque(maxlen=_GAPS)
        self._last_s: float | None = None
        self._usual_s = 0.0
        self._leavings = 0
        self._openings: deque[float] = deque(maxlen=_OPENINGS)
        self._vain_openings = 0

    def promised(self, fps: float, opening_s: float | None = None) -> None:
        """The source was opened, and says so; 0 where it does not. The time until its first picture is no gap.

        Args:
            opening_s: how long it took; None where that is not known.
        """
        self._last_s = None
        self._vain_openings = 0
        if opening_s is not None:
            self._openings.append(opening_s)
        if not self._gaps:
            self._usual_s = 1 / fps if fps > 0 else 0.0

    def came(self, now_s: float) -> None:
        """A picture."""
        if self._last_s is not None:
            self._gaps.append(now_s - self._last_s)
            self._usual_s = sorted(self._gaps)[(len(self._gaps) - 1) // 2]
            self._leavings = 0
        self._last_s = now_s

    def interrupted(self) -> None:
        """The time until the next picture is no gap: a person wanted none."""
        self._last_s = None

    def left_behind(self, *, opening: bool = False) -> None:
        """An address is opened anew for its silence, in a read or while it was opened.

        Without two pictures nothing is learnt, so it gets more time. One whose pace is known, and that gave not even
        one, simply does not answer.
        """
        if opening:
            self._vain_openings += 1
        elif not self.known or self._last_s is not None:
            self._leavings += 1

    @property
    def known(self) -> bool:
        """Whether pictures have told it."""
        return bool(self._gaps)

    @property
    def say_s(self) -> float:
        """In a read, until it is said."""
        patience = self._patience
        return min(max(patience.say, _TIMES_ITS_PACE * self._usual_s), max(patience.say, patience.longest))

    def leave_s(self, *, address: bool) -> float:
        """In a read, until the source is opened anew."""
        patience = self._patience
        shortest = patience.leave_address if address and not self.known else patience.leave
        usual = shortest
        if address and not self.known:
            usual = min(shortest * 2**self._leavings, patience.longest + shortest)
        elif address and self._leavings % _ONE_PATIENT_IN == _ONE_PATIENT_IN - 1:
            usual = max(shortest, patience.longest)
        return max(self.say_s + shortest - patience.say, usual)

    @property
    def give_up_s(self) -> float:
        """In a read of an address that is not opened anew: a network gets its moment in any case."""
        patience = self._patience
        return max(patience.leave_address, self.say_s + patience.leave_address - patience.say)

    def opening_s(self, *, address: bool) -> float:
        """While it is opened, until that is begun anew."""
        patience = self._patience
        patient = self._vain_openings % _ONE_PATIENT_IN == _ONE_PATIENT_IN - 1
        if not address or not self._openings or patient:
            return max(patience.opening, self.leave_s(address=address))
        return min(max(patience.leave, _TIMES_ITS_PACE * max(self._openings)), patience.opening)

    def retry_s(self, attempt: int, waited_s: float) -> float:
        """How long a lost source is left alone before it is tried again.

        Args:
            attempt: how often it was tried in vain before.
            waited_s: how long it had kept silent by then, which counts.
        """
        back_off = self._patience.back_off
        retry_s = back_off[min(attempt, len(back_off) - 1)]
        # One that says at once that it is not there has kept nobody waiting.
        return max(back_off[0], retry_s - waited_s) if waited_s > back_off[0] else retry_s
