"""What a person notes at a moment of the picture, on its way to the recording."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

#: Characters of a note; more is cut, so that a paste of a whole page does not become a cell of the table.
LONGEST_TEXT = 200

#: Markers that wait for the recording thread.
MOST_WAITING = 64


@dataclass(frozen=True)
class Marker:
    """``time_s`` is the capture time of the frame it belongs to, ``number`` counts from 1 in a run of the program."""

    number: int
    time_s: float
    text: str


def marker_text(text: str, number: int) -> str:
    """A note as one line; the marker's number where nothing was written."""
    return " ".join(text.split())[:LONGEST_TEXT].strip() or str(number)


class WaitingMarkers:
    """Markers between the window's thread and the recording thread, which sorts them by the frames it writes.

    Bound: ``MOST_WAITING``, far more than a person sets while the disk is busy. Overflow: the new one is refused,
    and the person is told.
    """

    def __init__(self) -> None:
        self._waiting: deque[Marker] = deque()

    def offer(self, marker: Marker) -> bool:
        """False: it was refused. One thread offers."""
        if len(self._waiting) >= MOST_WAITING:
            return False
        self._waiting.append(marker)
        return True

    def take(self, until_s: float) -> list[Marker]:
        """Those of frames up to ``until_s``, first set first. One thread takes."""
        taken: list[Marker] = []
        for _ in range(len(self._waiting)):
            marker = self._waiting.popleft()
            if marker.time_s <= until_s:
                taken.append(marker)
            else:
                self._waiting.append(marker)
        return taken
