"""A part of an image, round a face."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class ImagePart:
    """A copy of some pixels of an image.

    Attributes:
        bgr: uint8 (h, w, 3).
        grey: uint8 (h, w), of the same pixels.
        x, y: of its first pixel in the image.
    """

    bgr: npt.NDArray[np.uint8]
    grey: npt.NDArray[np.uint8]
    x: int
    y: int
