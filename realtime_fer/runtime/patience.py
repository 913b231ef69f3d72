"""How long a source may keep silent, and how that is learnt from the source's own pace."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

#: Seconds before a lost camera or address is tried again; the last one repeats.
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 5.0)

#: So many gaps between pictures tell a source's pace: the shorter of the two in the middle, so that a stall or two of a
#: quick source does not make it a slow one.
_GAPS = 9

#: A source is silent once it takes so many times as long as it usually does.
_TIMES_ITS_PACE = 2.5


@dataclass(frozen=True)
class Patience:
    """Seconds a source may keep silent.

    Attributes:
        say: in a read, until it is said on the screen; also how long pictures may be unusable.
        leave: in a read, until the thread that hangs in it is left behind.
        leave_address: the same of an address, where a network may need a moment.
        opening: while it is opened; some cameras take more than ten seconds.
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

    def promised(self, fps: float) -> None:
        """The source was opened, and says so; 0 where it does not. The time until its first picture is no gap."""
        self._last_s = None
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

    def left_behind(self) -> None:
        """An address was opened anew for its silence: without two pictures nothing is learnt, so it gets more time."""
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
        usual = patience.leave_address * 2**self._leavings if address else patience.leave
        slow = self.say_s + (patience.leave_address if address else patience.leave) - patience.say
        return max(slow, min(usual, patience.longest + patience.leave_address))
