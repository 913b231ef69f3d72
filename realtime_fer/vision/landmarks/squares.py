"""Cuts the square that a landmark network looks at out of a picture."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.frame import Image
from realtime_fer.vision.image_parts import warped

Float32 = npt.NDArray[np.float32]

#: Times this, the values of a square are those from 0 to 1 that the networks take.
TO_UNIT = np.float32(1 / 255)


def square_to_image(region: Float32, side_px: int) -> Float32:
    """(2, 3): from pixels of a network's square of ``side_px`` to those of the picture.

    Args:
        region: (4,), one of ``regions``.
    """
    x, y, side, turn = region
    scale = side / side_px
    cos, sin = scale * math.cos(turn), scale * math.sin(turn)
    half = side_px / 2
    return np.array(
        [[cos, -sin, x - half * cos + half * sin], [sin, cos, y - half * sin - half * cos]], dtype=np.float32
    )


def cut_square(image_bgr: Image, to_image: npt.NDArray[np.floating], side_px: int) -> npt.NDArray[np.uint8]:
    """The square as RGB, uint8 (side_px, side_px, 3); what is past the border repeats it."""
    return np.asarray(cv2.cvtColor(warped(image_bgr, to_image, side_px), cv2.COLOR_BGR2RGB), np.uint8)
