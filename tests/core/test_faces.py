import re

import numpy as np
import pytest

from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.faces import Faces
from tests.fakes import make_faces


def test_no_faces_have_every_array_with_no_rows() -> None:
    faces = Faces.empty()
    assert len(faces) == 0
    assert faces.xyxy.shape == (0, 4)
    assert faces.select([]).tracker_id.shape == (0,)
    assert len(faces.with_probabilities(np.zeros((0, 7), np.float32))) == 0


@pytest.mark.parametrize(
    ("xyxy", "confidence", "said"),
    [
        (np.zeros(4, np.float32), np.zeros(4, np.float32), "xyxy must be (4, 4) float32, got (4,) float32"),
        (np.zeros((1, 4), np.float64), np.zeros(1, np.float32), "xyxy must be (1, 4) float32, got (1, 4) float64"),
        (np.zeros((2, 4), np.float32), np.zeros(1, np.float32), "confidence must be (2,) float32, got (1,) float32"),
    ],
)
def test_a_wrong_array_is_refused_by_name(xyxy: np.ndarray, confidence: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Faces(xyxy, confidence)
    assert str(caught.value) == said


def test_probabilities_must_have_a_row_a_face() -> None:
    with pytest.raises(ValueError, match="probabilities"):
        make_faces((0, 0, 9, 9)).with_probabilities(np.zeros((2, 7), np.float32))


@pytest.mark.parametrize(
    ("method", "arrays", "said"),
    [
        (
            "with_probabilities",
            [np.zeros((2, 3), np.float64)],
            "probabilities must be (2, 3) float32, got (2, 3) float64",
        ),
        ("with_probabilities", [np.zeros(2, np.float32)], "probabilities must be (2, 2) float32, got (2,) float32"),
        (
            "with_probabilities",
            [np.zeros((2, 3), np.float32), np.zeros((2, 4), np.float32)],
            "smoothed must be (2, 3) float32, got (2, 4) float32",
        ),
        ("with_smoothed", [np.zeros((2, 4), np.float32)], "smoothed must be (2, 3) float32, got (2, 4) float32"),
        (
            "with_smoothed",
            [np.zeros((2, 3), np.float32), np.zeros(1, np.bool_)],
            "corrected must be (2,) bool, got (1,) bool",
        ),
        ("with_doubt", [np.zeros(2, np.int64)], "doubt must be (2,) uint8, got (2,) int64"),
        ("with_tracker_id", [np.zeros(1, np.int64)], "tracker_id must be (2,) int64, got (1,) int64"),
        ("with_person_colour", [np.zeros((2, 1), np.int64)], "person_colour must be (2,) int64, got (2, 1) int64"),
    ],
)
def test_an_array_put_in_later_is_checked_too(method: str, arrays: list[np.ndarray], said: str) -> None:
    faces = make_faces((0, 0, 9, 9), (9, 9, 20, 20)).with_probabilities(np.full((2, 3), 1 / 3, np.float32))
    with pytest.raises(ValueError, match=re.escape(said)):
        getattr(faces, method)(*arrays)


def test_what_is_not_replaced_is_carried_along() -> None:
    values = np.array([[0.2, 0.8]], np.float32)
    faces = make_faces((0, 0, 8, 8)).with_probabilities(values).with_tracker_id(np.array([12]))
    changed = faces.with_smoothed(values[:, ::-1].copy(), np.array([True])).with_doubt(np.array([3], np.uint8))
    changed = changed.with_label(np.array([1])).with_person_colour(np.array([5]))
    assert changed.xyxy is faces.xyxy
    assert changed.probabilities is values
    assert changed.tracker_id.tolist() == [12]
    assert (changed.smoothed.argmax(), changed.corrected.tolist(), changed.doubt.tolist()) == (0, [True], [3])
    assert (changed.label.tolist(), changed.person_colour.tolist()) == ([1], [5])
    assert (faces.label.tolist(), faces.doubt.tolist(), faces.person_colour.tolist()) == ([-1], [0], [1])
    assert vars(Faces(**vars(changed))).keys() == vars(changed).keys(), "all of it would still be accepted"


def test_boxes_and_key_points_move_and_scale_together() -> None:
    faces = Faces(np.array([[1, 2, 3, 4]], np.float32), np.ones(1, np.float32), np.array([[[1, 2]]], np.float32))
    moved = faces.moved(np.array([10, 20], np.float32)).scaled(2)
    assert (moved.xyxy.tolist(), moved.keypoints.tolist()) == ([[22, 44, 26, 48]], [[[22, 44]]])
    assert moved.xyxy.dtype == moved.keypoints.dtype == np.float32
    assert faces.moved(-1).scaled(np.array([2, 3], np.float32)).xyxy.tolist() == [[0, 3, 4, 9]]


def test_faces_are_joined_in_their_order_and_empty_parts_are_nothing() -> None:
    first, second = make_faces((0, 0, 9, 9)), make_faces((5, 5, 9, 9), (6, 6, 9, 9))
    joined = Faces.joined([first, Faces.empty(), second])
    assert joined.xyxy[:, 0].tolist() == [0, 5, 6]
    assert joined.tracker_id.tolist() == [-1, -1, -1]
    assert len(Faces.joined([])) == len(Faces.joined([Faces.empty()])) == 0


def test_select_keeps_the_arrays_parallel() -> None:
    faces = make_faces((0, 0, 1, 1), (2, 2, 4, 4), (5, 5, 9, 9)).with_tracker_id(np.array([7, 8, 9]))
    chosen = faces.select(np.array([False, True, True]))
    assert chosen.tracker_id.tolist() == [8, 9]
    assert chosen.xyxy[0].tolist() == [2, 2, 4, 4]
    assert faces.select([2, 0]).tracker_id.tolist() == [9, 7]


def test_a_label_is_a_column_or_none() -> None:
    faces = make_faces((0, 0, 9, 9)).with_probabilities(np.full((1, 3), 1 / 3, np.float32))
    assert faces.label.tolist() == [-1]
    assert faces.with_label(np.array([2])).label.tolist() == [2]
    with pytest.raises(ValueError, match="label must be -1 to 2"):
        faces.with_label(np.array([3]))
    with pytest.raises(ValueError, match="label must be"):
        faces.with_label(np.array([1.0]))  # type: ignore[arg-type]


def test_pose_and_movements_are_unknown_until_they_are_given_and_follow_their_faces() -> None:
    faces = make_faces((0, 0, 8, 8), (9, 9, 20, 20))
    assert np.isnan(faces.pose).all()
    assert np.isnan(faces.movements).all()
    movements = np.zeros((2, len(MOVEMENT_COLUMNS)), np.float32)
    movements[1] = 0.5
    read = faces.with_movements(np.array([[1, 2, 3], [4, 5, 6]], np.float32), movements)
    second = read.select([1]).scaled(3.0).with_tracker_id(np.array([7]))
    assert second.pose.tolist() == [[4, 5, 6]]
    assert set(second.movements.ravel().tolist()) == {0.5}
    with pytest.raises(ValueError, match=re.escape("movements must be (2, 13) float32, got (2, 3) float32")):
        faces.with_movements(read.pose, read.pose)
    with pytest.raises(ValueError, match=re.escape("pose must be (2, 3) float32")):
        Faces(faces.xyxy, faces.confidence, pose=np.zeros((2, 2), np.float32))
