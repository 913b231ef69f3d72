"""What the second model says, as a result of its own that any sink can keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS, VISIBLE_DOUBTS
from realtime_fer.core.frame import FrameResult

# The others come from the first model's probabilities and say nothing of the second's.
_VISIBLE = [DOUBT_KEYS.index(key) for key in VISIBLE_DOUBTS]
_UNLIKELY = DOUBT_KEYS.index("unlikely")


def second_opinion(result: FrameResult) -> FrameResult | None:
    """The same faces with the compared model's probabilities; None where no second model ran.

    Its expression is the result's ``compared_expression_of``: uncertain where the picture of the face is doubtful (too
    small, dark …) or where the second model gives the class that it calls the face by less than the minimum
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
    )
