"""Reads of a recording's table what the faces' points told, and own expressions; only where a review asks for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.recording import RecordedRows, Recording
from realtime_fer.core.face_features.gaze import GAZE
from realtime_fer.core.face_features.measures import GAZE_MEASURES, MEASURE_KEYS, gaze_measures
from realtime_fer.review.rows import TABLE_NAME
from realtime_fer.review.table_lines import chunks_of

_LARGEST = 10**9

#: Of numbers; those of ``GAZE_MEASURES``, the last of ``MEASURE_KEYS``, come of a word.
_COLUMNS = MEASURE_KEYS[: -len(GAZE_MEASURES)]


def read_measures(
    recording: Recording, progress: Callable[[float], None] = lambda share: None
) -> npt.NDArray[np.float32]:
    """float32 (n, 18 + k) for the n rows of the recording; NaN where its table has nothing.

    Columns are as ``MEASURE_KEYS``, then as ``Recording.own``.

    Args:
        progress: called with 0 to 1; raises whatever ends the reading.

    Raises:
        ReviewError: the table cannot be read.
    """
    own, columns = tuple(recording.own), len(MEASURE_KEYS) + len(recording.own)
    keys: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    values: list[npt.NDArray[np.float32]] = [np.zeros((0, columns), np.float32)]
    for header, chunk in chunks_of(recording.folder / TABLE_NAME, progress):
        places, own_places = (
            [header.index(key) if key in header else None for key in wanted] for wanted in (_COLUMNS, own)
        )
        gaze = header.index(GAZE) if GAZE in header else None
        frame, face = header.index("frame"), header.index("face_id")
        found = [
            row
            for cells in chunk
            if cells[face]
            if (row := _row(cells, frame, face, places, gaze, own_places)) is not None
        ]
        keys.append(np.array([key for key, _ in found], np.int64))
        values.append(np.array([row for _, row in found], np.float32).reshape(-1, columns))
    return _aligned(recording.rows, np.concatenate(keys), np.concatenate(values))


def _row(
    cells: Sequence[str],
    frame: int,
    face: int,
    places: Sequence[int | None],
    gaze: int | None,
    own: Sequence[int | None],
) -> tuple[int, list[float]] | None:
    """Frame and face as one number, and the measures; None where they make no sense."""
    try:
        key = _key(int(cells[frame]), int(cells[face]))
        numbers, taught = (
            [math.nan if place is None or not cells[place] else float(cells[place]) for place in wanted]
            for wanted in (places, own)
        )
        return key, [*numbers, *gaze_measures("" if gaze is None else cells[gaze]), *taught]
    except (ValueError, OverflowError):
        return None


def _key(frame: int, face: int) -> int:
    if not (0 <= frame <= _LARGEST and 0 <= face <= _LARGEST):
        raise ValueError("no place in a video")
    return frame * (_LARGEST + 1) + face


def _aligned(
    rows: RecordedRows, keys: npt.NDArray[np.int64], values: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    if not len(keys):
        return np.full((len(rows), values.shape[1]), np.nan, np.float32)
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    wanted = rows.frame * (_LARGEST + 1) + rows.face_id
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((keys[at] == wanted)[:, None], values[at], np.float32(np.nan))
