"""Which frame of a recording a moment belongs to, for a note that took a while to write."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass

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
