"""What the second model says, as a result of its own that any sink can keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.frame import FrameResult

# These come from the first model's probabilities and say nothing of the second's.
_OF_THE_FIRST_MODEL = [DOUBT_KEYS.index(key) for key in ("close", "unlikely")]


def second_opinion(result: FrameResult) -> FrameResult | None:
    """The same faces with the compared model's probabilities; None where no second model ran.

    Its expression is uncertain where the picture of the face is doubtful (too small, dark …) or where its own best
    probability is under the result's minimum confidence.
    """
    comparison = result.comparison
    if comparison is None:
        return None
    faces = result.faces.with_probabilities(comparison.probabilities, comparison.smoothed)
    if len(comparison.label):
        faces = faces.with_label(comparison.label)
    doubt = np.where(np.isin(result.faces.doubt, _OF_THE_FIRST_MODEL), 0, result.faces.doubt).astype(np.uint8)
    return replace(
        result,
        faces=faces.with_doubt(doubt),
        class_names=comparison.class_names,
        model_id=comparison.model_id,
        comparison=None,
    )
