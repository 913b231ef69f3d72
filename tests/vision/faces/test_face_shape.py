"""Key points of faces, turned, tilted and seen from the side, and of what is no face."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.faces import Faces
from realtime_fer.vision.faces.face_shape import shaped_like_faces
from tests.fakes import make_faces

#: Eyes, nose, mouth, ears of somebody who looks straight ahead, in shares of the box.
UPRIGHT = np.array([[0.3, 0.3], [0.7, 0.3], [0.5, 0.52], [0.5, 0.74], [0.1, 0.38], [0.9, 0.38]], np.float32)


def with_points(points: np.ndarray, box: tuple[float, float, float, float] = (100, 100, 180, 180)) -> Faces:
    """One sure face with these key points in its box."""
    corner, side = np.array(box[:2], np.float32), np.float32(box[2] - box[0])
    xyxy = np.array([box], np.float32)
    return Faces(xyxy, np.array([0.9], np.float32), (points * side + corner)[None].astype(np.float32))


def tilted(points: np.ndarray, degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray((points - 0.5) @ turn + 0.5, np.float32)


def changed(**moves: tuple[float, float]) -> np.ndarray:
    names = ("left_eye", "right_eye", "nose", "mouth", "left_ear", "right_ear")
    points = UPRIGHT.copy()
    for name, move in moves.items():
        points[names.index(name)] += move
    return points


@pytest.mark.parametrize(
    "points",
    [
        UPRIGHT,
        tilted(UPRIGHT, 45),
        tilted(UPRIGHT, -60),
        changed(left_eye=(0.0, 0.0), right_eye=(-0.1, 0.0), nose=(0.1, 0.0), right_ear=(-0.05, 0.0)),
        changed(mouth=(0.0, 0.08)),
    ],
    ids=["straight", "tilted", "tilted the other way", "turned aside", "open mouth"],
)
def test_faces_are_faces(points: np.ndarray) -> None:
    assert shaped_like_faces(with_points(points)).tolist() == [True]
    assert shaped_like_faces(with_points(points, (-300, 40, 500, 840))).tolist() == [True]


@pytest.mark.parametrize(
    "points",
    [
        tilted(UPRIGHT, 180),
        UPRIGHT[[1, 0, 2, 3, 5, 4]],
        UPRIGHT[[0, 1, 3, 2, 4, 5]],
        changed(right_eye=(-0.35, 0.0)),
        changed(right_eye=(0.0, 0.25)),
        changed(mouth=(0.0, -0.3)),
        changed(nose=(0.3, 0.0)),
        changed(left_ear=(0.5, 0.0)),
        changed(left_ear=(0.0, 0.6), right_ear=(0.0, 0.6)),
        np.full((6, 2), 0.5, np.float32),
    ],
    ids=[
        "mouth over the eyes",
        "left and right exchanged",
        "nose under the mouth",
        "eyes in one place",
        "one eye at the cheek",
        "mouth between the eyes",
        "nose at the ear",
        "ears in one place",
        "ears under the chin",
        "all in one point",
    ],
)
def test_what_lies_as_in_no_face_is_none(points: np.ndarray) -> None:
    assert shaped_like_faces(with_points(points)).tolist() == [False]


def test_without_key_points_and_without_area_nothing_breaks() -> None:
    assert shaped_like_faces(make_faces((0, 0, 9, 9), (5, 5, 5, 5))).tolist() == [True, True]
    assert shaped_like_faces(with_points(UPRIGHT, (5, 5, 5, 5))).tolist() == [False]
    assert shaped_like_faces(Faces.empty()).tolist() == []
