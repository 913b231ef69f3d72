"""A recording of two people, made of arrays: person 1 from 0 to 4 s, person 2 from 1 to 3 s, ten frames a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker, Span
from realtime_fer.core.corrections.recording import NOT_COMPARED, RecordedRows, Recording
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.gui.review.review_document import ReviewDocument

HAPPY, SAD = EXPRESSION_KEYS.index("happy"), EXPRESSION_KEYS.index("sad")


def rows_of(seen: list[tuple[int, int, int]]) -> RecordedRows:
    """From (frame, face_id, label), at ten frames a second."""
    seen = sorted(seen)
    frame, face_id, label = (np.array([entry[at] for entry in seen]) for at in range(3))
    smoothed = np.full((len(seen), len(EXPRESSION_KEYS)), 0.05, np.float32)
    smoothed[np.arange(len(seen)), np.minimum(label, len(EXPRESSION_KEYS) - 1)] = 0.65
    return RecordedRows(
        frame=frame.astype(np.int64),
        time_s=frame / 10,
        face_id=face_id.astype(np.int64),
        label=label.astype(np.int8),
        doubt=np.zeros(len(seen), np.int8),
        confidence=np.full(len(seen), 0.9, np.float32),
        smoothed=smoothed,
        xywh=np.tile(np.array([10, 10, 30, 30], np.float32), (len(seen), 1)),
        compared=np.full(len(seen), NOT_COMPARED, np.int8),
        compared_share=np.zeros(len(seen), np.float32),
    )


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    first = [(frame, 1, HAPPY if frame < 20 else SAD) for frame in range(40)]
    second = [(frame, 2, SAD) for frame in range(10, 30)]
    return Recording(
        folder=tmp_path,
        rows=rows_of(first + second),
        markers=(ReviewMarker(1.0, "door"),),
        gaps=(Span(3.0, 3.5),),
        duration_s=4.0,
        step_s=0.1,
        size=(100, 80),
    )


@pytest.fixture
def document(recording: Recording) -> ReviewDocument:
    return ReviewDocument(recording, Annotations())
