"""The points of faces: MediaPipe's face mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.image_part import ImagePart

#: Points of a face.
POINTS = 468

#: Columns of ``Faces.pose``: where a head is turned, degrees (``vision.landmarks.head_pose``).
POSE_KEYS = ("yaw", "pitch", "roll")

#: The network's own threshold: below it the square holds no face.
FACE_SCORE = 0.5


@dataclass(frozen=True)
class Landmarks:
    """The points of n faces.

    Attributes:
        points: float32 (n, 468, 3), x and y in pixels of the picture; z in the same scale, smaller is nearer to the
            camera, 0 at about the middle of the head.
        score: float32 (n,), 0 to 1: whether the square holds a face (``FACE_SCORE``).
        parts: of the picture, round each face, where they were copied.
    """

    points: npt.NDArray[np.float32]
    score: npt.NDArray[np.float32]
    parts: Sequence[ImagePart | None] = ()
