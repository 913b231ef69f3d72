"""A picture made to fit a film that has another size."""

from __future__ import annotations

import cv2
import numpy as np

from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import fitted_place


def fit_picture(image_bgr: Image, width: int, height: int) -> Image:
    """The picture, uint8 (h, w, 3), as a contiguous (height, width, 3); the same array where it fits already.

    One that is a single pixel short gets its edge repeated; any other is scaled with its aspect kept, black around it.
    """
    rows, columns = image_bgr.shape[:2]
    if (rows, columns) == (height, width):
        return np.ascontiguousarray(image_bgr)
    if 0 <= height - rows <= 1 and 0 <= width - columns <= 1:
        return np.pad(image_bgr, ((0, height - rows), (0, width - columns), (0, 0)), mode="edge")
    left, top, inner_w, inner_h = fitted_place(columns, rows, width, height)
    is_smaller = inner_w < columns or inner_h < rows
    scaled = cv2.resize(image_bgr, (inner_w, inner_h), interpolation=cv2.INTER_AREA if is_smaller else cv2.INTER_LINEAR)
    fitted = np.zeros((height, width, 3), np.uint8)
    fitted[top : top + inner_h, left : left + inner_w] = scaled
    return fitted
