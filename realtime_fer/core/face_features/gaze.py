"""Where a face looks, coarsely: at the camera, or past it to one side. Names of ``Faces.gaze``, and what it comes of.

It is the direction of the eyes in the picture, the turn of the head included, not of the eyes in the head: a person who
turns the head away and keeps looking at the camera looks to the centre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Values of ``Faces.gaze`` are positions here. Left and right are those of the picture.
GAZE_KEYS = ("left", "centre", "right", "up", "down")

#: Other values of it: the eyes are closed or not seen; nobody asked.
GAZE_UNKNOWN, GAZE_NOT_ASKED = -1, -2

#: The name of the column.
GAZE = "gaze"

#: Points of an iris: its middle, then four on its edge; and of the edge of the lids.
IRIS_POINTS, LID_POINTS = 5, 16


@dataclass(frozen=True)
class Eyes:
    """The eyes of n faces, the one on the picture's left first, in pixels of the picture.

    Attributes:
        iris: float32 (n, 2, 5, 2): the middle of each iris, then four points on its edge.
        lids: float32 (n, 2, 16, 2): the outer corner (0), along the lower lid to the inner corner (8), then along the
            upper lid, from the outer corner again.
    """

    iris: npt.NDArray[np.float32]
    lids: npt.NDArray[np.float32]


def gaze_key(gaze: int) -> str:
    """One of ``GAZE_KEYS``, or '' where it is not known or nobody asked."""
    return GAZE_KEYS[gaze] if gaze >= 0 else ""
