"""A coarse picture of a face by its points, to tell whether the points still lie on the same face.

A landmark network gives a face-like answer wherever it looks, such as on hair past which a face has gone, and its score
falls only a moment later. What lies under the points changes at once.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.frame import Image
from realtime_fer.vision.image_parts import grey_square
from realtime_fer.vision.landmarks.regions import ENLARGED
from realtime_fer.vision.landmarks.squares import square_to_image

Float32 = npt.NDArray[np.float32]

_SIDE = 16

#: Standard deviation, of 255, below which nothing is to be seen.
_FLAT = 1.0

#: The least likeness of one face in two frames in a row. Real people in clips at 10 to 30 frames a second: 0.88 at
#: least of 285; points that had slid onto hair: 0.45 at most.
SAME_FACE = 0.6

#: Two patches so alike show the same face for sure. Of 78,210 pairs of 396 people of facial_expressions' validation the
#: likest two reach 0.925, and 99.9 % stay under 0.84; of the steps of one face in clips 95 to 100 % are above.
SURELY_SAME = 0.95


def face_patch(image_bgr: Image, region: Float32, part: ImagePart | None = None) -> Float32:
    """(16, 16): the face turned upright, in grey, without its brightness and contrast; 0 where it is all but flat.

    Args:
        image_bgr: uint8 (h, w, 3).
        region: float32 (4,), of the face, as ``regions.region_of`` gives it.
        part: of the image, used where it holds the face.
    """
    x, y, side, turn = region
    # Twice as fine first, so that single pixels do not count.
    to_image = square_to_image(np.array([x, y, side / ENLARGED, turn], np.float32), 2 * _SIDE)
    grey = cv2.resize(grey_square(image_bgr, to_image, 2 * _SIDE, part), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    patch = grey.astype(np.float32)
    patch -= patch.mean()
    contrast = float(np.linalg.norm(patch)) / _SIDE
    return np.asarray(patch / (contrast * _SIDE) if contrast >= _FLAT else np.zeros_like(patch), np.float32)


def likeness(one: Float32, other: Float32) -> float:
    """-1 to 1: the correlation of two patches; 1 where both are flat, as in the dark."""
    return float(np.vdot(one, other)) if one.any() or other.any() else 1.0
