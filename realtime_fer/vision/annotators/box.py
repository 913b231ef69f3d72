"""A frame around each face."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.expressions import expression_named, is_expression
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.vision.annotators.sprite import PLATE_RGB, Rgb

#: The colour of a face whose expression is uncertain or that no model has looked at.
UNDECIDED_RGB: Rgb = (236, 238, 242)

#: Fractional bits of the corner points: a box glides instead of stepping from pixel to pixel.
_SHIFT = 4
_FAR = 8192.0


def colour_of(expression: str) -> Rgb:
    """The colour of an expression's key; of 'uncertain' and '' a near-white."""
    return expression_named(expression).colour_rgb if is_expression(expression) else UNDECIDED_RGB


class BoxAnnotator:
    """A hairline in the expression's colour with strong round corners on a dark outline.

    An uncertain face has the corners alone. Boxes may leave the picture; without area or not finite they are not
    drawn.

    Args:
        thickness_px: of the corners; None follows the picture's height.
        radius: of the corners, as a share of the box's shorter side.
        corner: length of the stronger corners, as a share of the box's shorter side.
    """

    def __init__(self, thickness_px: int | None = None, radius: float = 0.1, corner: float = 0.22) -> None:
        self._thickness_px = thickness_px
        self._radius = radius
        self._corner = corner

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        boxes = result.faces.xyxy
        thickness = self._thickness_px or max(2, round(min(image_bgr.shape[:2]) / 270))
        for face in range(len(boxes)):
            expression = result.expression_of(face)
            box = np.clip(boxes[face].astype(np.float64), -_FAR, _FAR)
            if np.isfinite(box).all() and (box[2:] > box[:2]).all():
                self._draw(image_bgr, box, colour_of(expression), thickness, bool(is_expression(expression)))

    def _draw(
        self, image_bgr: Image, box: npt.NDArray[np.float64], colour_rgb: Rgb, thickness: int, whole: bool
    ) -> None:
        wide, high = float(box[2] - box[0]), float(box[3] - box[1])
        short = min(wide, high)
        thickness = max(1, min(thickness, round(short / 24)))
        radius = min(short * self._radius, 6.0 * thickness)
        arm = max(short * self._corner, radius)
        corners = _corner_paths(round(wide, 1), round(high, 1), round(radius, 1), round(arm, 1))
        shifted = [np.rint((path + box[:2]) * (1 << _SHIFT)).astype(np.int32) for path in corners]
        dark, colour = PLATE_RGB[::-1], colour_rgb[::-1]
        if whole:
            sides = [np.concatenate([path[_ARM:-_ARM] for path in shifted])]
            cv2.polylines(image_bgr, sides, True, colour, 1, cv2.LINE_AA, _SHIFT)
        cv2.polylines(image_bgr, shifted, False, dark, thickness + 2, cv2.LINE_AA, _SHIFT)
        cv2.polylines(image_bgr, shifted, False, colour, thickness, cv2.LINE_AA, _SHIFT)


#: Points of each arm beside the arc in a corner's path.
_ARM = 1
_ARC_POINTS = 6


@lru_cache(maxsize=256)
def _corner_paths(wide: float, high: float, radius: float, arm: float) -> tuple[npt.NDArray[np.float64], ...]:
    """The four corners of a box at the origin, clockwise from the left top: end of an arm, an arc, end of an arm."""
    turn = np.linspace(0, np.pi / 2, _ARC_POINTS)
    arc = np.stack([radius * (1 - np.cos(turn)), radius * (1 - np.sin(turn))], axis=1)
    path = np.concatenate([[[0.0, arm]], arc, [[arm, 0.0]]])
    mirror_x, mirror_y = np.array([-1.0, 1.0]), np.array([1.0, -1.0])
    left_top = path
    right_top = (path * mirror_x + [wide, 0.0])[::-1]
    right_bottom = path * -1.0 + [wide, high]
    left_bottom = (path * mirror_y + [0.0, high])[::-1]
    return left_top, right_top, right_bottom, left_bottom
