"""Markers that a person sets, on their way to the recording."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

#: Characters of a note; the rest is cut, so that a pasted page does not become a cell of the CSV.
LONGEST_TEXT = 200

#: Markers that wait for the recording thread.
MOST_WAITING = 64


@dataclass(frozen=True)
class Marker:
    """``time_s`` is the capture time of its frame; ``number`` counts from 1 in each run of the program."""

    number: int
    time_s: float
    text: str


def marker_text(text: str, number: int) -> str:
    """The note as one line, or the marker's number where it is empty."""
    return " ".join(text.split())[:LONGEST_TEXT].strip() or str(number)


class WaitingMarkers:
    """Passes markers from the window's thread to the recording thread, which matches them with the frames it writes.

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
        """The markers of frames up to ``until_s``, in the order they were set. One thread takes."""
        taken: list[Marker] = []
        for _ in range(len(self._waiting)):
            marker = self._waiting.popleft()
            if marker.time_s <= until_s:
                taken.append(marker)
            else:
                self._waiting.append(marker)
        return taken
