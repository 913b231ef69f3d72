"""Where a face looks: of made-up eyes, and of the program's portrait, whose irises are moved."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.gaze import GAZE_KEYS, Eyes
from realtime_fer.vision.expressions.face_gaze import gaze_of
from realtime_fer.vision.landmarks.gaze import directions_of
from realtime_fer.vision.landmarks.head_pose import places_of
from realtime_fer.vision.landmarks.iris import IrisNetwork
from tests.fakes import FakeEyes
from tests.vision.landmarks.drawn_points import drawn_points
from tests.vision.landmarks.moved_irises import with_moved_irises


def word(directions: np.ndarray) -> str:
    return GAZE_KEYS[gaze_of(directions[0])]


def test_irises_aside_look_aside_and_a_mirror_changes_the_side() -> None:
    points = drawn_points(x=100, y=80, height=90)[None]
    ahead, none = np.zeros((1, 3), np.float32), np.zeros((8, 8, 3), np.uint8)
    found = [directions_of(points, ahead, FakeEyes(aside).predict(none, points)) for aside in (-0.12, 0.0, 0.12)]
    assert [word(one) for one in found] == ["left", "centre", "right"]
    assert found[0][0, 0] == pytest.approx(-found[2][0, 0], abs=0.1)


def test_a_turned_head_whose_eyes_stay_on_the_camera_looks_to_the_centre() -> None:
    points, none = drawn_points(x=100, y=80, height=90)[None], np.zeros((8, 8, 3), np.uint8)
    turned = np.array([[35, 0, 0]], np.float32)
    assert word(directions_of(points, turned, FakeEyes(0.0).predict(none, points))) == "right"
    assert word(directions_of(points, turned, FakeEyes(-0.1).predict(none, points))) == "centre"


def test_closed_eyes_look_nowhere() -> None:
    points, none = drawn_points(x=100, y=80, height=90)[None], np.zeros((8, 8, 3), np.uint8)
    closed = FakeEyes(is_blinking=True).predict(none, points)
    assert np.isnan(directions_of(points, np.zeros((1, 3), np.float32), closed)).all()


def test_a_side_is_left_only_when_it_is_clear() -> None:
    left = GAZE_KEYS.index("left")
    assert GAZE_KEYS[gaze_of(np.float32([-27, 0]))] == "centre"
    assert GAZE_KEYS[gaze_of(np.float32([-27, 0]), left)] == "left"
    assert GAZE_KEYS[gaze_of(np.float32([-20, 0]), left)] == "centre"
    assert GAZE_KEYS[gaze_of(np.float32([-27, 60]), left)] == "down"


def test_a_portrait_with_moved_irises_looks_to_that_side(checkout: Path) -> None:
    try:
        network = IrisNetwork()
    except DetectorError as error:
        pytest.skip(error.sentence())
    portrait = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert portrait is not None
    image = cv2.resize(portrait, None, fx=2.5, fy=2.5)
    with np.load(checkout / "tests" / "vision" / "golden" / "face_landmark.npz") as golden:
        points = golden["large"][None]
    pose, eyes = places_of(points).pose, network.predict(image, points)
    # An eyeball of 10 mm where the outer corners of the eyes are 95 mm apart, turned by 35 degrees.
    move = 0.105 * float(np.linalg.norm(points[0, 33] - points[0, 263])) * np.sin(np.radians(35))

    def looking(right: float, down: float) -> np.ndarray:
        moved = with_moved_irises(image, eyes, right * move, down * move)
        return directions_of(points, pose, network.predict(moved, points))[0]

    straight = directions_of(points, pose, eyes)
    assert word(straight) == "centre"
    assert word(looking(-1, 0)[None]) == "left"
    right, up, down = looking(1, 0), looking(0, -1), looking(0, 1)
    assert right[0] - straight[0, 0] > 20
    assert up[1] < straight[0, 1] - 15
    assert down[1] > straight[0, 1] + 15
    assert abs(up[0] - straight[0, 0]) < 8


def test_no_face_is_normal() -> None:
    nobody = Eyes(np.zeros((0, 2, 5, 2), np.float32), np.zeros((0, 2, 16, 2), np.float32))
    empty = np.zeros((0, 468, 3), np.float32)
    assert directions_of(empty, np.zeros((0, 3), np.float32), nobody).shape == (0, 2)
