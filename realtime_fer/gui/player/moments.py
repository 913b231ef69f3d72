"""The marked moments and the pauses of each file, kept by the time in the file while the window is open."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from realtime_fer.gui.player.seek_slider import Mark

#: Frames whose time is remembered: a quarter of an hour at 30 frames a second. A note takes a while to write.
_MOST_FRAMES = 27_000

#: Of one file. More ticks would hide the slider.
_MOST_MARKS = 500

#: Pauses nearer to each other than this, in slider values (milliseconds, or pictures), are one tick.
_SAME = 250


@dataclass
class _Marks:
    markers: list[Mark] = field(default_factory=list)
    pauses: list[Mark] = field(default_factory=list)


class Moments:
    """What the ticks on the slider stand for. Values are those of the slider."""

    def __init__(self) -> None:
        self._files: dict[str, _Marks] = {}
        self._shown: deque[tuple[float, int, str]] = deque(maxlen=_MOST_FRAMES)

    def note(self, time_s: float, value: int, key: str) -> None:
        """The frame captured at ``time_s``, which never goes back, lies at ``value`` in this file."""
        if not self._shown or time_s > self._shown[-1][0]:
            self._shown.append((time_s, value, key))

    def add_marker(self, time_s: float, words: str) -> None:
        """A person marked the frame of ``time_s``; of no file, nothing is kept."""
        if not self._shown:
            return
        frames = list(self._shown)
        at = bisect_left(frames, (time_s,))
        near = min(frames[max(0, at - 1) : at + 1], key=lambda frame: abs(frame[0] - time_s))
        _, value, key = near
        _keep(self._marks(key).markers, Mark(value, words))

    def add_pause(self, value: int, words: str, key: str, is_folder: bool) -> None:
        pauses = self._marks(key).pauses
        if not any(abs(mark.value - value) < (1 if is_folder else _SAME) for mark in pauses):
            _keep(pauses, Mark(value, words, is_pause=True))

    def of(self, key: str) -> Sequence[Mark]:
        """The ticks of a file: pauses first, markers over them."""
        marks = self._marks(key)
        return (*marks.pauses, *marks.markers)

    def _marks(self, key: str) -> _Marks:
        return self._files.setdefault(key, _Marks())


def _keep(marks: list[Mark], mark: Mark) -> None:
    marks.append(mark)
    del marks[:-_MOST_MARKS]
