"""Who stood where in a file, so that a jump back finds the same people: by moment and place, by nobody's looks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.geometry import box_iou

#: One moment of the file, seconds, and how many are remembered: an hour. The oldest goes.
_STEP_S = 0.1
_MOST_MOMENTS = 36_000

#: How far the boxes of one face lie over each other in two looks at one moment.
_LEAST_OVERLAP = 0.4

#: So long after a jump, seconds of running time, a new number belongs to it. Who comes later has come into view.
_AFTER_JUMP_S = 1.0


@dataclass(frozen=True)
class Newcomers:
    """Numbers that a jump gave.

    Attributes:
        known: new number -> number of whoever stood there in that moment before.
        unknown: new numbers at places where nobody is remembered.
    """

    known: dict[int, int]
    unknown: tuple[int, ...] = ()


_NOBODY = Newcomers({})


class FilmMemory:
    """Of one source. Called by one thread at a time."""

    def __init__(self) -> None:
        #: Numbers and boxes (n, 4), pixels of the unmirrored frame, by the moment.
        self._moments: OrderedDict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]] = OrderedDict()
        self._group: dict[int, int] = {}
        self._jumps = 0
        self._jumped_s = 0.0
        self._here: set[int] = set()

    def take(self, result: FrameResult) -> Newcomers:
        """Remembers who stands where; says who came with a jump."""
        frame, faces = result.frame, result.faces
        if frame.media_time_s is None or frame.name:
            return _NOBODY
        if frame.jumps != self._jumps:
            self._jumps, self._jumped_s = frame.jumps, frame.running_s
            self._here = set()
        numbers, boxes, at = faces.tracker_id, faces.xyxy, round(frame.media_time_s / _STEP_S)
        if result.mirrored:
            width = frame.image_bgr.shape[1]
            boxes = np.stack([width - boxes[:, 2], boxes[:, 1], width - boxes[:, 0], boxes[:, 3]], axis=1)
        new = np.array([number not in self._here for number in numbers.tolist()], bool)
        newcomers = _NOBODY
        if self._jumps and new.any() and frame.running_s - self._jumped_s <= _AFTER_JUMP_S:
            newcomers = self._recalled(numbers[new], boxes[new], at)
        self._here.update(numbers.tolist())
        if len(numbers):
            self._moments[at] = numbers.copy(), boxes.copy()
            self._moments.move_to_end(at)
            if len(self._moments) > _MOST_MOMENTS:
                self._moments.popitem(last=False)
        for number, earlier in newcomers.known.items():
            self._group[number] = self._group.setdefault(earlier, earlier)
        return newcomers

    def same_as(self, number: int) -> tuple[int, ...]:
        """All numbers that jumps gave to whoever has this one, the oldest first."""
        group = self._group.get(number)
        if group is None:
            return (number,)
        return tuple(sorted(other for other, its in self._group.items() if its == group))

    def part(self, numbers: Collection[int]) -> None:
        """A person said that these are somebody else than the numbers they came from, or are to be forgotten."""
        for number in numbers:
            if len(self.same_as(number)) > 1:
                others = [other for other in self.same_as(number) if other != number]
                self._group.update(dict.fromkeys(others, others[0]))
            self._group.pop(number, None)

    def _recalled(self, numbers: npt.NDArray[np.int64], boxes: npt.NDArray[np.float32], at: int) -> Newcomers:
        """The best pairs first, each face once; the moment itself before those beside it."""
        known: dict[int, int] = {}
        taken: set[int] = set()
        for moment in (at, at - 1, at + 1):
            earlier, places = self._moments.get(moment, (np.zeros(0, np.int64), np.zeros((0, 4), np.float32)))
            overlaps = box_iou(boxes, places)
            for flat in np.argsort(-overlaps, axis=None, kind="stable").tolist():
                row, column = divmod(flat, len(earlier))
                number, before = int(numbers[row]), int(earlier[column])
                if overlaps[row, column] < _LEAST_OVERLAP:
                    break
                if number not in known and before not in taken and before not in self._here and before != number:
                    known[number] = before
                    taken.add(before)
        return Newcomers(known, tuple(number for number in numbers.tolist() if number not in known))
