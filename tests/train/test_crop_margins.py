"""The crop is worked out from boxes alone, so a made-up detector shows whether it is right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.errors import DetectorError
from train.crop_margins import CANVAS_SIDES_PX, FACE_SIDE_PX, blazeface_detector, haar_detector, measure, padded
from train.datasets.labelled_faces import DatasetError


def box_round(centre: float, width: float, height: float, dx: float, dy: float) -> list[float]:
    x, y = centre + dx, centre + dy
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2]


def test_the_square_is_given_in_shares_of_the_box() -> None:
    def detect(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
        # A box of 128x200 has the mean side 160, a false one lies in the corner.
        return np.array([box_round(len(image) / 2, 128, 200, 8, -16), [0, 0, 20, 20]], np.float64)

    figures = measure(np.zeros((4, 48, 48), np.uint8), [detect])
    assert figures["scale"] == pytest.approx(FACE_SIDE_PX / 160)
    assert figures["shift_x"] == pytest.approx(-8 / 160)
    assert figures["shift_y"] == pytest.approx(16 / 160)
    assert (figures["n"], figures["of"]) == (4, 4)


def test_faces_without_one_clear_box_do_not_count() -> None:
    def two(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
        return np.array([box_round(len(image) / 2, 150, 150, 0, 0)] * 2, np.float64)

    def none(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
        return np.zeros((0, 4))

    with pytest.raises(DatasetError, match="none of 3 faces"):
        measure(np.zeros((3, 48, 48), np.uint8), [two, none])


@pytest.mark.parametrize("side", CANVAS_SIDES_PX)
def test_the_face_lies_in_the_middle_of_the_canvas(side: int) -> None:
    canvas = padded(np.full((48, 48), 200, np.uint8), side)
    assert canvas.shape == (side, side, 3)
    marked = np.zeros((48, 48), np.uint8)
    marked[24:, 24:] = 255
    grey = padded(marked, side)[:, :, 0]
    middle = side // 2
    assert grey[middle + 20, middle + 20] == 255
    assert grey[middle - 20, middle - 20] == 0


def test_haar_gives_boxes_as_corners() -> None:
    assert haar_detector()(np.full((200, 200, 3), 128, np.uint8)).shape == (0, 4)


def test_a_missing_detector_file_is_said(tmp_path: Path) -> None:
    pytest.importorskip("mediapipe")
    with pytest.raises(DetectorError, match="cannot be read"), blazeface_detector(tmp_path / "none.tflite"):
        pass
