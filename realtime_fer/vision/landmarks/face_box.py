"""From the points of a face to the box and key points that a detector would give.

Constants are fitted to BlazeFace on 733 faces: press photographs of facial_expressions' training part, enlarged and
turned, and four clips. Between the two stands each face's own offset, which :class:`BoxOffset` learns from the
detector's finds: the points tell how a face moves from frame to frame, the detector how large its box is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.vision.landmarks.regions import extent_of

Float32 = npt.NDArray[np.float32]

#: Of the 468 points: the eyes' outer corners, forehead and chin.
_TELLING = [33, 263, 10, 152]

#: BlazeFace's six key points, each the mean of some of the 468: the eye on the picture's left, the other one, nose tip,
#: mouth, the ear on the left, the other one.
_KEYPOINTS = np.array([33, 133, 159, 145, 263, 362, 386, 374, 1, 13, 14, 234, 454])
_FIRST, _COUNT = np.array([0, 4, 8, 9, 11, 12]), np.array([[4], [4], [1], [2], [1], [1]], np.float32)

#: Side of BlazeFace's box / distance of forehead and chin.
_SIDE = 0.887

#: How much of a new find's offset is taken, for an offset learnt from several.
_SHARE = 0.25


@dataclass(frozen=True)
class BoxOffset:
    """How a detector's box of one face differs from the one that its points suggest.

    Attributes:
        right, down: of its centre, along and across the line of the eyes, in sides.
        growth: natural logarithm of its size.
    """

    right: float = 0.0
    down: float = 0.0
    growth: float = 0.0

    def towards(self, other: BoxOffset) -> BoxOffset:
        """With a share of a newer offset, since single finds tremble."""
        return BoxOffset(
            self.right + _SHARE * (other.right - self.right),
            self.down + _SHARE * (other.down - self.down),
            self.growth + _SHARE * (other.growth - self.growth),
        )


def keypoints_of(points: Float32) -> Float32:
    """(6, 2) of one face's points (468, 3), in the order of ``core.faces.Faces``."""
    return np.asarray(np.add.reduceat(points[_KEYPOINTS, :2], _FIRST) / _COUNT, np.float32)


def box_of(points: Float32, offset: BoxOffset) -> Float32:
    """(4,): the box of one face by its points (468, 3), with what ``offset`` adds."""
    x, y, side, turn = _suggested(points)
    cos, sin = math.cos(turn), math.sin(turn)
    x += side * (offset.right * cos - offset.down * sin)
    y += side * (offset.right * sin + offset.down * cos)
    half = side * math.exp(offset.growth) / 2
    return np.array([x - half, y - half, x + half, y + half], np.float32)


def offset_of(points: Float32, xyxy: Float32) -> BoxOffset:
    """The offset with which ``box_of`` gives the box (4,) that a detector found."""
    x, y, side, turn = _suggested(points)
    left, top, right, bottom = (float(edge) for edge in xyxy)
    dx, dy = ((left + right) / 2 - x) / side, ((top + bottom) / 2 - y) / side
    cos, sin = math.cos(turn), math.sin(turn)
    found = math.sqrt(max(right - left, 1.0) * max(bottom - top, 1.0))
    return BoxOffset(dx * cos + dy * sin, dy * cos - dx * sin, math.log(found / side))


def _suggested(points: Float32) -> tuple[float, float, float, float]:
    """Centre, side and turn (radians, clockwise) of the box without an offset."""
    low, high = extent_of(points)
    x, y, _ = ((low + high) / 2).tolist()
    (eye_x, eye_y), (other_x, other_y), (top_x, top_y), (chin_x, chin_y) = points[_TELLING, :2].tolist()
    side = max(_SIDE * math.hypot(chin_x - top_x, chin_y - top_y), 1.0)
    return x, y, side, math.atan2(other_y - eye_y, other_x - eye_x)
