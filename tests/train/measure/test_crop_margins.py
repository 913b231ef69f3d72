"""The crop is worked out from boxes alone, so a made-up detector shows whether it is right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.faces import Faces
from train.data.labelled_faces import DatasetError
from train.measure.crop_margins import CANVAS_SIDES_PX, FACE_SIDE_PX, measure, padded


def box_round(centre: float, width: float, height: float, dx: float, dy: float) -> list[float]:
    x, y = centre + dx, centre + dy
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2]


class BoxDetector:
    """Finds the boxes that a function of the picture's side gives."""

    name = family = "made up"
    landmarks = None

    def __init__(self, boxes: Callable[[int], list[list[float]]]) -> None:
        self._boxes = boxes

    def detect(self, image_bgr: npt.NDArray[np.uint8], *, thorough: bool = False, tiles: int = 0) -> Faces:
        xyxy = np.array(self._boxes(len(image_bgr)), np.float32).reshape(-1, 4)
        return Faces(xyxy, np.ones(len(xyxy), np.float32))

    def close(self) -> None:
        """Nothing to give back."""


def test_the_square_is_given_in_shares_of_the_box() -> None:
    # A box of 128x200 has the mean side 160, a false one lies in the corner.
    detector = BoxDetector(lambda side: [box_round(side / 2, 128, 200, 8, -16), [0, 0, 20, 20]])
    figures = measure(np.zeros((4, 48, 48), np.uint8), detector)
    assert figures["scale"] == pytest.approx(FACE_SIDE_PX / 160)
    assert figures["shift_x"] == pytest.approx(-8 / 160)
    assert figures["shift_y"] == pytest.approx(16 / 160)
    assert (figures["n"], figures["of"]) == (4, 4)


def test_faces_without_one_clear_box_do_not_count() -> None:
    two = BoxDetector(lambda side: [box_round(side / 2, 150, 150, 0, 0)] * 2)
    none = BoxDetector(lambda side: [])
    for detector in (two, none):
        with pytest.raises(DatasetError, match="none of the 3 faces"):
            measure(np.zeros((3, 48, 48), np.uint8), detector)


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
