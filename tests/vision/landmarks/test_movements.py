"""Each movement, made on the average face, is measured as what it is and as little else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.face_features.movements import MOVEMENT_KEYS
from realtime_fer.vision.landmarks.head_pose import TEMPLATE, places_of
from realtime_fer.vision.landmarks.movements import MEAN_REST, RANGES, measures_of, movements_of

Float32 = npt.NDArray[np.float32]

LOWER_LIP = [14, 87, 317, 17, 84, 314, 178, 402]
INNER_BROWS, OUTER_BROWS = [55, 107, 285, 336], [46, 70, 63, 276, 300, 293]
LEFT_UPPER_LID, RIGHT_UPPER_LID = [159, 158, 160], [386, 385, 387]

#: What moves, by how much (x apart, y down), and the only movements that may be seen then.
MADE = {
    "left_eye_open": (((LEFT_UPPER_LID, 0, 0.07),), {"left_eye_open"}),
    "right_eye_open": (((RIGHT_UPPER_LID, 0, 0.07),), {"right_eye_open"}),
    "eyes_wide": ((([*LEFT_UPPER_LID, *RIGHT_UPPER_LID], 0, -0.04),), {"eyes_wide"}),
    "mouth_open": (((LOWER_LIP, 0, 0.25),), {"mouth_open", "smile"}),
    "smile": ((([61, 291], 0.12, -0.1),), {"smile"}),
    "mouth_corners_down": ((([61, 291], 0, 0.06),), {"mouth_corners_down"}),
    "inner_brows_up": (((INNER_BROWS, 0, -0.1),), {"inner_brows_up"}),
    "outer_brows_up": (((OUTER_BROWS, 0, -0.1),), {"outer_brows_up", "brows_lowered"}),
    "brows_lowered": (((INNER_BROWS, 0, 0.06),), {"brows_lowered"}),
    "lips_pressed": ((([0], 0, 0.05), ([17], 0, -0.05)), {"lips_pressed", "mouth_corners_down"}),
    "nose_wrinkled": ((([98, 327], 0, -0.1),), {"nose_wrinkled"}),
}


@pytest.fixture(scope="module")
def template() -> Float32:
    return np.asarray(np.load(TEMPLATE)["points"], np.float32)


def measured(points: Float32) -> Float32:
    return measures_of(places_of(points[None]).own)


@pytest.mark.parametrize("movement", MOVEMENT_KEYS)
def test_a_movement_that_is_made_is_the_one_that_is_measured(movement: str, template: Float32) -> None:
    moved = template.copy()
    parts, allowed = MADE[movement]
    for points, apart, down in parts:
        moved[points, 0] += apart * np.sign(moved[points, 0])
        moved[points, 1] += down
    values = dict(zip(MOVEMENT_KEYS, movements_of(measured(moved), measured(template))[0].tolist(), strict=True))
    eyes = {key: values.pop(key) for key in ("left_eye_open", "right_eye_open")}
    for key, value in eyes.items():
        assert value < 0.25 if key == movement else value > 0.9, (key, value)
    assert {key for key, value in values.items() if value > 0.2} <= allowed
    if movement in values:
        assert values[movement] > 0.7


def test_the_turn_of_the_head_and_its_distance_are_no_movement(template: Float32) -> None:
    yaw = np.radians(25)
    turn = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    turned = (template @ turn.T * 37 + [300, 200, 5]).astype(np.float32)
    moved = np.abs(measured(turned) - measured(template)) / RANGES
    assert moved.max() < 0.02


def test_a_face_at_rest_moves_nothing_and_its_eyes_are_open() -> None:
    values = movements_of(MEAN_REST[None], MEAN_REST[None])[0]
    assert values.tolist() == [1, 1, *[0] * (len(MOVEMENT_KEYS) - 2)]


def test_no_face_is_normal() -> None:
    nobody = np.zeros((0, 468, 3), np.float32)
    assert movements_of(measures_of(places_of(nobody).own), np.zeros((0, len(MOVEMENT_KEYS)))).shape == (0, 11)
