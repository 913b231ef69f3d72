"""One measure over time as an image: filled from its base line, and clear where it is not known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtGui import QImage

from realtime_fer.core.face_features.measures import SIGNED_MEASURES, lane_heights

Rgb = tuple[int, int, int]

#: Of a value of 0, so that it is told from a gap; the row's border hides one of them.
_LEAST_PX = 3.0


def lane_image(key: str, values: npt.NDArray[np.float32], height: int, colour_rgb: Rgb) -> QImage:
    """A column for each of (n,) ``values``, ``height`` pixels high.

    Args:
        key: of ``MEASURE_KEYS``; ``SIGNED_MEASURES`` are filled from the middle, all others from the bottom.
    """
    height = max(1, height)
    heights = lane_heights(key, values)
    known = np.isfinite(heights)
    heights = np.where(known, heights, 0)
    base = height / 2 if key in SIGNED_MEASURES else 0.0
    end = base + heights * (height - base if base else height)
    low, high = np.minimum(base, end), np.maximum(base, end)
    thin = high - low < _LEAST_PX
    # On both sides of the middle.
    low = np.where(thin & (base > 0), base - _LEAST_PX / 2, low)
    high = np.where(thin, low + _LEAST_PX, high)
    edges = np.arange(height - 1, -1, -1, dtype=np.float32)[:, None]
    cover = np.clip(np.minimum(high[None], edges + 1) - np.maximum(low[None], edges), 0, 1) * known
    pixels = np.empty((height, len(values), 4), np.uint8)
    blue_first = np.array([*colour_rgb[::-1], 255], np.float32)
    pixels[:] = np.rint(cover[..., None] * blue_first)
    image = QImage(pixels.tobytes(), len(values), height, len(values) * 4, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()
