"""A frame's result names expressions, or says why not."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult


def test_a_doubt_makes_a_face_uncertain_and_says_why() -> None:
    faces = Faces(np.zeros((3, 4), np.float32), np.ones(3, np.float32)).with_probabilities(
        np.array([[0.9, 0.1], [0.9, 0.1], [0.5, 0.5]], np.float32)
    )
    faces = faces.with_doubt(np.array([0, DOUBT_KEYS.index("dark"), 0], np.uint8))
    frame = Frame(np.zeros((4, 4, 3), np.uint8), 0, 0.0)
    result = FrameResult(frame, faces, ("happy", "sad"), np.zeros((4, 4, 3), np.uint8), min_confidence=0.6)
    assert [result.expression_of(face) for face in range(3)] == ["happy", "uncertain", "uncertain"]
    assert [result.doubt_of(face) for face in range(3)] == ["", "dark", "unlikely"]


def test_the_held_label_is_what_a_face_is_called() -> None:
    faces = Faces(np.zeros((2, 4), np.float32), np.ones(2, np.float32)).with_probabilities(
        np.array([[0.49, 0.51], [0.49, 0.51]], np.float32)
    )
    faces = faces.with_label(np.array([0, -1]))
    frame = Frame(np.zeros((4, 4, 3), np.uint8), 0, 0.0)
    result = FrameResult(frame, faces, ("happy", "sad"), np.zeros((4, 4, 3), np.uint8))
    assert [result.expression_of(face) for face in range(2)] == ["happy", "sad"]
