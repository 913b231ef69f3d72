"""A frame's result names expressions, or says why not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Comparison, Frame, FrameResult
from realtime_fer.core.people import People


def test_a_doubt_makes_a_face_uncertain_and_says_why() -> None:
    faces = Faces(np.zeros((3, 4), np.float32), np.ones(3, np.float32)).with_probabilities(
        np.array([[0.9, 0.1], [0.9, 0.1], [0.5, 0.5]], np.float32)
    )
    faces = faces.with_doubt(np.array([0, DOUBT_KEYS.index("dark"), 0], np.uint8))
    frame = Frame(np.zeros((4, 4, 3), np.uint8), 0, 0.0)
    result = FrameResult(frame, faces, ("happy", "sad"), min_confidence=0.6)
    assert [result.expression_of(face) for face in range(3)] == ["happy", "uncertain", "uncertain"]
    assert [result.doubt_of(face) for face in range(3)] == ["", "dark", "unlikely"]


def test_the_held_label_is_what_a_face_is_called() -> None:
    faces = Faces(np.zeros((2, 4), np.float32), np.ones(2, np.float32)).with_probabilities(
        np.array([[0.49, 0.51], [0.49, 0.51]], np.float32)
    )
    faces = faces.with_label(np.array([0, -1]))
    frame = Frame(np.zeros((4, 4, 3), np.uint8), 0, 0.0)
    result = FrameResult(frame, faces, ("happy", "sad"))
    assert [result.expression_of(face) for face in range(2)] == ["happy", "sad"]


def test_what_is_seen_lacks_hidden_people_and_shows_merged_ones_as_one() -> None:
    faces = Faces(
        np.zeros((3, 4), np.float32), np.ones(3, np.float32), tracker_id=np.array([1, 2, 4], np.int64)
    ).with_probabilities(np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]], np.float32))
    two = np.array([[0.1, 0.9], [0.2, 0.8], [0.6, 0.4]], np.float32)
    frame = Frame(np.zeros((4, 4, 3), np.uint8), 0, 0.0)
    people = People().with_hidden(2).merged_into(4, 1)
    comparison = Comparison("other", ("happy", "sad"), two, two)
    result = FrameResult(frame, faces, ("happy", "sad"), frame.image_bgr, comparison=comparison, people=people)
    seen = result.seen()
    assert seen.faces.tracker_id.tolist() == [1, 1]
    assert seen.faces.person_colour.tolist() == [0, 0]
    assert [seen.expression_of(face) for face in range(2)] == ["happy", "sad"]
    assert [seen.compared_expression_of(face) for face in range(2)] == ["sad", "happy"]
    assert result.faces.tracker_id.tolist() == [1, 2, 4], "what is recorded keeps its numbers"
    assert replace(result, people=People()).seen().faces is faces
