"""What the comparison model makes of the same faces: as a result of its own, and as a table beside the first one's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS, VISIBLE_DOUBTS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.atomic_files import ClosedOnExit
from realtime_fer.sinks.csv_file import CsvSink

# The other doubts come from the first model's probabilities and say nothing of this one's.
_VISIBLE = [DOUBT_KEYS.index(key) for key in VISIBLE_DOUBTS]
_UNLIKELY = DOUBT_KEYS.index("unlikely")


def comparison_result(result: FrameResult) -> FrameResult | None:
    """The same faces with the comparison model's probabilities; None where none ran.

    Its expression is the result's ``compared_expression_of``: uncertain where the picture of the face is doubtful (too
    small, dark …) or where the comparison model gives the class that it calls the face by less than the minimum
    confidence.
    """
    comparison = result.comparison
    if comparison is None:
        return None
    faces = result.faces.with_probabilities(comparison.probabilities, comparison.smoothed)
    if len(comparison.label):
        faces = faces.with_label(comparison.label)
    doubt = np.where(np.isin(result.faces.doubt, _VISIBLE), result.faces.doubt, 0).astype(np.uint8)
    if comparison.smoothed.shape[1]:
        columns = [comparison.column_of(face) for face in range(len(faces))]
        likely = comparison.smoothed[np.arange(len(faces)), columns] >= result.min_confidence
        doubt[(doubt == 0) & ~likely] = _UNLIKELY
    return replace(
        result,
        faces=faces.with_doubt(doubt),
        class_names=comparison.class_names,
        model_id=comparison.model_id,
        model_sha256=comparison.model_sha256,
        comparison=None,
        # Taught to the first model.
        own=None,
    )


class ComparisonCsvSink(ClosedOnExit):
    """What the comparison model says, in the columns of :class:`CsvSink`; ``frame`` and ``face_id`` join the two.

    Raises:
        SinkError: as of CsvSink.
    """

    def __init__(self, path: Path | str) -> None:
        self._table = CsvSink(path)

    def write(self, result: FrameResult, t_s: float) -> None:
        """A frame that no comparison model saw counts, and has no rows."""
        self._table.write(comparison_result(result) or replace(result, faces=Faces.empty()), t_s)

    def close(self) -> None:
        """May be called twice."""
        self._table.close()
