"""The box of a face by its points, and its difference from a detector's."""

from __future__ import annotations

import math

import numpy as np
import pytest

from realtime_fer.vision.landmarks.face_box import BoxOffset, box_of, keypoints_of, offset_of
from tests.vision.landmarks.drawn_points import drawn_points


@pytest.mark.parametrize("turn", [0.0, 0.4, -0.9])
def test_the_learnt_offset_gives_the_box_that_was_found(turn: float) -> None:
    points = drawn_points(300, 200, 100, turn)
    found = np.array([240, 150, 350, 260], np.float32)
    assert box_of(points, offset_of(points, found)) == pytest.approx(found, abs=0.01)


def test_the_offset_turns_and_grows_with_the_face() -> None:
    points = drawn_points(300, 200, 100)
    # Ten pixels towards the picture's right of a face that stands upright, a tenth larger than suggested.
    offset = BoxOffset(0.1, 0.0, math.log(1.1))
    plain, moved = box_of(points, BoxOffset()), box_of(points, offset)
    side = float(plain[2] - plain[0])
    assert (moved[:2] + moved[2:]) / 2 - (plain[:2] + plain[2:]) / 2 == pytest.approx([0.1 * side, 0], abs=0.01)
    assert float(moved[2] - moved[0]) == pytest.approx(1.1 * side, rel=1e-4)
    lying = drawn_points(300, 200, 100, math.pi / 2)
    shift = (box_of(lying, offset) - box_of(lying, BoxOffset())).reshape(2, 2).mean(0)
    assert shift == pytest.approx([0, 0.1 * side], abs=0.05)


def test_a_newer_offset_counts_in_part() -> None:
    between = BoxOffset(0.0, 0.0, 0.0).towards(BoxOffset(0.4, -0.4, 0.8))
    assert (between.right, between.down, between.growth) == pytest.approx((0.1, -0.1, 0.2))


def test_key_points_stand_in_the_detectors_order() -> None:
    left, right, nose, mouth, ear_left, ear_right = keypoints_of(drawn_points(300, 200, 100)).tolist()
    assert ear_left[0] < left[0] < nose[0] < right[0] < ear_right[0]
    assert left[1] < nose[1] < mouth[1]
