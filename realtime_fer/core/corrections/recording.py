"""A recording's numbers as arrays, and whose they are after a person's corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker, Span, Split
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.frame import NOT_ANALYSED, UNCERTAIN

#: ``RecordedRows.label`` holds positions in it.
ROW_LABELS: tuple[str, ...] = (*EXPRESSION_KEYS, UNCERTAIN, NOT_ANALYSED)
UNCERTAIN_AT, NOT_ANALYSED_AT = ROW_LABELS.index(UNCERTAIN), ROW_LABELS.index(NOT_ANALYSED)

#: In ``RecordedRows.compared``: no second model ran.
NOT_COMPARED = -1


@dataclass(frozen=True)
class RecordedRows:
    """The rows that have a face, n of them, in the order of frames. The arrays are read-only.

    Attributes:
        frame: int64 (n,), positions in the video.
        time_s: float64 (n,), seconds in the video.
        face_id: int64 (n,), as recorded.
        label: int8 (n,), positions in ``ROW_LABELS``.
        doubt: int8 (n,), positions in ``core.doubts.DOUBTS``.
        confidence: float32 (n,), the detector's.
        smoothed: float32 (n, 8), by the order of ``EXPRESSION_KEYS``; NaN for a class that the model lacks.
        xywh: float32 (n, 4), pixels of the video, into which frames of another size were fitted.
        compared: int8 (n,), what the second model says, as ``label``; ``NOT_COMPARED`` without one.
        compared_share: float32 (n,), the second model's smoothed probability of that, 0 to 1.
    """

    frame: npt.NDArray[np.int64]
    time_s: npt.NDArray[np.float64]
    face_id: npt.NDArray[np.int64]
    label: npt.NDArray[np.int8]
    doubt: npt.NDArray[np.int8]
    confidence: npt.NDArray[np.float32]
    smoothed: npt.NDArray[np.float32]
    xywh: npt.NDArray[np.float32]
    compared: npt.NDArray[np.int8]
    compared_share: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        count = len(self.frame)
        for name, values in vars(self).items():
            if len(values) != count:
                raise ValueError(f"{name} must have {count} rows, got {len(values)}")
            values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.frame)


@dataclass(frozen=True)
class Recording:
    """A recording as it was made.

    Attributes:
        markers: by time.
        gaps: times without frames, in order.
        duration_s: as far as facts and table tell; a video may be longer.
        step_s: from one frame to the next, usually.
        video: None without one.
        is_drawn: the video shows boxes and labels already.
        size: width and height of the frames that the boxes are in; None where it is not known.
        compared_model: name of the second model; '' without one.
        remarks: sentences on what is missing or damaged.
        own: names of the expressions that the person had taught, by the names of their columns.
        is_complete: False where its program has not finished it, or not yet.
    """

    folder: Path
    rows: RecordedRows
    markers: tuple[ReviewMarker, ...]
    gaps: tuple[Span, ...]
    duration_s: float
    step_s: float
    video: Path | None = None
    is_drawn: bool = False
    size: tuple[int, int] | None = None
    compared_model: str = ""
    remarks: tuple[str, ...] = ()
    is_complete: bool = True
    own: Mapping[str, str] = field(default_factory=dict)


def numbers_after_splits(rows: RecordedRows, splits: tuple[Split, ...]) -> npt.NDArray[np.int64]:
    """int64 (n,): as ``Annotations.number_of`` for each row."""
    numbers = rows.face_id.copy()
    of_face: dict[int, list[Split]] = {}
    for split in splits:
        of_face.setdefault(split.face_id, []).append(split)
    waiting = sorted(of_face)
    while waiting:
        # A number that a split gives may be split again: that one comes later.
        given = {split.new_id for face in waiting for split in of_face[face]}
        face = next((face for face in waiting if face not in given), waiting[0])
        waiting.remove(face)
        its = of_face[face]
        mine = np.flatnonzero(numbers == face)
        newest = np.searchsorted([split.frame for split in its], rows.frame[mine], "right") - 1
        new_ids = np.array([split.new_id for split in its], np.int64)
        numbers[mine[newest >= 0]] = new_ids[newest[newest >= 0]]
    return numbers


def people_of(numbers: npt.NDArray[np.int64], merged: Mapping[int, int]) -> npt.NDArray[np.int64]:
    """int64 (n,): the person of each row, after splits and merges."""
    people = numbers.copy()
    annotations = Annotations(merged=merged)
    for number in merged:
        people[numbers == number] = annotations.root_of(number)
    return people
