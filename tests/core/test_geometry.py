import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime_fer.core.geometry import (
    box_iou,
    clip_boxes,
    eye_tilt_degrees,
    fitted_place,
    square_to_output,
    suppress_overlaps,
)


def boxes(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows, np.float32).reshape(-1, 4)


def test_iou_of_known_pairs() -> None:
    iou = box_iou(boxes((0, 0, 10, 10)), boxes((0, 0, 10, 10), (5, 0, 15, 10), (20, 20, 30, 30), (3, 3, 3, 9)))
    assert iou[0].tolist() == pytest.approx([1.0, 1 / 3, 0.0, 0.0])


def test_a_picture_of_another_size_lies_in_the_middle_of_a_video() -> None:
    assert fitted_place(161, 121, 162, 122) == (0, 0, 161, 121)
    assert fitted_place(320, 240, 320, 240) == (0, 0, 320, 240)
    assert fitted_place(1280, 720, 320, 240) == (0, 30, 320, 180)
    assert fitted_place(100, 300, 320, 240) == (120, 0, 80, 240)


def test_iou_of_no_boxes_has_no_rows() -> None:
    assert box_iou(boxes(), boxes((0, 0, 1, 1))).shape == (0, 1)


@given(st.lists(st.tuples(*[st.floats(-50, 150, width=32)] * 4), max_size=6))
def test_clipped_boxes_lie_in_the_picture(rows: list[tuple[float, float, float, float]]) -> None:
    clipped = clip_boxes(boxes(*rows), 100, 60)
    assert (clipped >= 0).all()
    assert (clipped[:, [0, 2]] <= 100).all()
    assert (clipped[:, [1, 3]] <= 60).all()


def test_suppression_keeps_the_surest_of_a_heap_and_all_that_stand_apart() -> None:
    xyxy = boxes((0, 0, 10, 10), (1, 1, 11, 11), (2, 2, 8, 8), (50, 50, 60, 60))
    kept = suppress_overlaps(xyxy, np.array([0.5, 0.9, 0.8, 0.1], np.float32))
    assert kept.tolist() == [1, 3]


def test_tilt_is_positive_clockwise_on_the_screen() -> None:
    assert eye_tilt_degrees(np.array([0, 0], np.float32), np.array([10, 10], np.float32)) == pytest.approx(45)


def test_an_unturned_square_of_the_outputs_size_is_copied() -> None:
    image = np.random.default_rng(1).integers(0, 255, (40, 40, 3), np.uint8)
    cut = cv2.warpAffine(image, square_to_output(20, 18, 16, 0, 16), (16, 16))
    assert np.array_equal(cut, image[10:26, 12:28])


def test_a_turned_square_brings_the_eyes_level() -> None:
    transform = square_to_output(50, 50, 40, 30, 80)
    left, right = np.array([40, 50 - 5.7735, 1]), np.array([60, 50 + 5.7735, 1])
    (_, y_left), (_, y_right) = transform @ left, transform @ right
    assert y_left == pytest.approx(y_right, abs=1e-3)
