"""What is drawn over the faces of one frame: from the recording's rows, with the corrections applied."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.recording import NOT_ANALYSED_AT, NOT_COMPARED, ROW_LABELS
from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.measures import MEASURE_KEYS
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.overlay.face_overlay import ComparedLabel, FaceOverlay
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.gui.review.review_document import ReviewDocument

_MOVEMENTS = slice(0, len(MOVEMENT_COLUMNS))
_POSE = slice(len(MOVEMENT_COLUMNS), len(MOVEMENT_COLUMNS) + len(POSE_KEYS))


@dataclass(frozen=True)
class FaceOfRow:
    """One face of the frame on screen.

    Attributes:
        overlay: for the painter.
        is_corrected: it has a name, or another number than was drawn onto the video.
    """

    overlay: FaceOverlay
    is_corrected: bool


def faces_at(
    document: ReviewDocument,
    time_s: float,
    *,
    second_model: bool = True,
    measures: npt.NDArray[np.float32] | None = None,
) -> tuple[FaceOfRow, ...]:
    """The faces of the frame that is on screen at ``time_s``.

    Args:
        measures: (n, 18 + k) for the recording's rows, columns as ``MEASURE_KEYS``, then as ``Recording.own``; None
            where neither movements nor own expressions are shown.
    """
    rows = document.recording.rows
    colours = {track.person: PERSON_COLOURS_RGB.index(track.colour_rgb) for track in document.tracks}
    found = []
    for row in document.rows_at(time_s).tolist():
        person = document.person_of_row(row)
        label = int(rows.label[row])
        x, y, width, height = rows.xywh[row].tolist()
        values = tuple(None if math.isnan(value) else value for value in rows.smoothed[row].tolist())
        known = [value for value in values if value is not None]
        named = values[label] if label < len(EXPRESSION_KEYS) else None
        name = document.now.names.get(person, "")
        overlay = FaceOverlay(
            box=(x, y, x + width, y + height),
            identity=person,
            expression="" if label == NOT_ANALYSED_AT else ROW_LABELS[label],
            doubt=DOUBT_KEYS[int(rows.doubt[row])],
            probability=named if named is not None else max(known, default=0.0),
            values=values if known else (),
            comparison=_compared(document, row) if second_model else None,
            person_colour=colours.get(person, 0),
            name=name,
            hidden=person in document.now.hidden,
            pose=None if measures is None else measures[row, _POSE],
            movements=None if measures is None else measures[row, _MOVEMENTS],
            own=() if measures is None else _own(document, measures[row, len(MEASURE_KEYS) :]),
        )
        found.append(FaceOfRow(overlay, bool(name) or person != int(rows.face_id[row])))
    return tuple(found)


def _own(document: ReviewDocument, values: npt.NDArray[np.float32]) -> tuple[tuple[str, float | None], ...]:
    known = (None if math.isnan(value) else value for value in values.tolist())
    return tuple(zip(document.recording.own.values(), known, strict=True))


def _compared(document: ReviewDocument, row: int) -> ComparedLabel | None:
    rows = document.recording.rows
    label = int(rows.compared[row])
    if label in (NOT_COMPARED, NOT_ANALYSED_AT):
        return None
    return ComparedLabel(document.recording.compared_model, ROW_LABELS[label], float(rows.compared_share[row]))
