"""The size of each frame of a recording: the boxes in the CSV are in the pixels of their frame."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from realtime_fer.report.session import Session, entries, number

#: Width and height, pixels.
Size = tuple[int, int]

_LARGEST_PX = 100_000
#: A change of a recording's facts is on disk after at most this time.
_FACTS_LATE_S = 1.0


@dataclass(frozen=True)
class FrameSizes:
    """The sizes in the order of the frames.

    Attributes:
        first_frames: frame at which each size begins, rising.
        sizes: each size; None where it is not known.
        told_frames: how many frames the facts cover.
        unsure_from_s: later frames that the facts do not cover may have another size.
        is_told: False where the facts hold no sizes: the video's size is taken.
    """

    first_frames: tuple[int, ...]
    sizes: tuple[Size | None, ...]
    told_frames: int
    unsure_from_s: float
    is_told: bool

    def at(self, frame: int, time_s: float, video: Size) -> Size | None:
        """The size of ``frame``, which is at ``time_s`` in a video of size ``video``; None where it is not known."""
        if frame >= self.told_frames and time_s > self.unsure_from_s:
            return None
        position = bisect_right(self.first_frames, frame) - 1
        if position < 0:
            return None if self.is_told else video
        return self.sizes[position] if self.is_told else video if position == 0 else None


def frame_sizes(session: Session) -> FrameSizes:
    """The sizes in the session's facts; for an older recording, the video's size for its first source."""
    told = "picture_sizes" in session.facts
    first_frames: list[int] = []
    sizes: list[Size | None] = []
    frames = 0
    for use in entries(session.facts.get("picture_sizes" if told else "sources")):
        first_frames.append(frames)
        sizes.append(None if use.get("changes_not_listed") else _size(use))
        frames += max(0, round(number(use.get("frames")) or 0))
    is_whole = session.facts.get("complete") is True or not session.facts
    unsure_from_s = math.inf if is_whole else session.duration_s - _FACTS_LATE_S
    return FrameSizes(tuple(first_frames), tuple(sizes), frames, unsure_from_s, told)


def _size(use: Mapping[str, object]) -> Size | None:
    width, height = number(use.get("width")), number(use.get("height"))
    if width is None or height is None or not (1 <= width <= _LARGEST_PX and 1 <= height <= _LARGEST_PX):
        return None
    return round(width), round(height)
