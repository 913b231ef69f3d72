"""How large the pictures of a recording were, frame by frame: the table's boxes are in each picture's own pixels."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from realtime_fer.report.session import Session, entries, number

#: Width and height, pixels.
Size = tuple[int, int]

_LARGEST_PX = 100_000
#: A recording's facts reach the disk at most so long after they have changed.
_FACTS_LATE_S = 1.0


@dataclass(frozen=True)
class PictureSizes:
    """The sizes in the order of the frames.

    Attributes:
        first_frames: where each begins, rising.
        sizes: of each; None where it is not known.
        told_frames: frames that the facts tell of.
        unsure_from_s: from there on what was not told may have had another size.
        is_told: False for a recording that tells no sizes: there the film's own is taken.
    """

    first_frames: tuple[int, ...]
    sizes: tuple[Size | None, ...]
    told_frames: int
    unsure_from_s: float
    is_told: bool

    def at(self, frame: int, time_s: float, film: Size) -> Size | None:
        """The size of the picture ``frame`` at ``time_s`` of a film of size ``film``; None where it is not known."""
        if frame >= self.told_frames and time_s > self.unsure_from_s:
            return None
        position = bisect_right(self.first_frames, frame) - 1
        if position < 0:
            return None if self.is_told else film
        return self.sizes[position] if self.is_told else film if position == 0 else None


def picture_sizes(session: Session) -> PictureSizes:
    """The sizes that the session's facts tell; of an older recording, that its first source had the film's."""
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
    return PictureSizes(tuple(first_frames), tuple(sizes), frames, unsure_from_s, told)


def _size(use: Mapping[str, object]) -> Size | None:
    width, height = number(use.get("width")), number(use.get("height"))
    if width is None or height is None or not (1 <= width <= _LARGEST_PX and 1 <= height <= _LARGEST_PX):
        return None
    return round(width), round(height)
