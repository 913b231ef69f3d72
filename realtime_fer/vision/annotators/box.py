"""Draws a box around each face."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from realtime_fer.core.expressions import is_expression
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.box_shape import BoxShape, box_shape, usual_thickness
from realtime_fer.core.overlay.face_overlay import Rgb, colour_of
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.vision.annotators.sprite import PLATE_RGB, Sprite, rounded_coverage

_Corners = tuple[Sprite, Sprite, Sprite, Sprite]


class BoxAnnotator:
    """A hairline in the expression's colour with strong round corners on a dark outline.

    An uncertain face, or one that no model has read, has only the corners. Boxes may leave the image; those without
    area or not finite are not drawn.

    Args:
        planner: shared with the other annotators of the same frames; None makes its own.
        thickness_px: of the corners; None derives it from the image's shorter side.
    """

    def __init__(self, planner: OverlayPlanner | None = None, thickness_px: int | None = None) -> None:
        self._planner = planner or OverlayPlanner()
        self._thickness_px = thickness_px

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if not len(result.faces):
            return
        height, width = image_bgr.shape[:2]
        thickness = self._thickness_px or usual_thickness(width, height)
        for face in self._planner.canvas(image_bgr, result).faces:
            shape = None if face.hidden else box_shape(face.box, thickness)
            if shape is not None:
                self._draw(image_bgr, shape, face.expression)

    def _draw(self, image_bgr: Image, box: BoxShape, expression: str) -> None:
        colour_rgb = colour_of(expression)
        if is_expression(expression):
            self._hairline(image_bgr, box, colour_rgb)
        for sprite, right_side, lower in zip(
            _corners(box.arm, box.radius, box.thickness, colour_rgb),
            (False, True, False, True),
            (False, False, True, True),
            strict=True,
        ):
            x = box.right + box.reach - sprite.width if right_side else box.left - box.reach
            y = box.bottom + box.reach - sprite.height if lower else box.top - box.reach
            sprite.draw(image_bgr, x, y)

    @staticmethod
    def _hairline(image_bgr: Image, box: BoxShape, colour_rgb: Rgb) -> None:
        height, width = image_bgr.shape[:2]
        colour_bgr = colour_rgb[::-1]
        across = slice(max(box.left + box.arm, 0), max(box.right - box.arm, 0))
        down = slice(max(box.top + box.arm, 0), max(box.bottom - box.arm, 0))
        for y in (box.top, box.bottom - 1):
            if 0 <= y < height:
                image_bgr[y, across] = colour_bgr
        for x in (box.left, box.right - 1):
            if 0 <= x < width:
                image_bgr[down, x] = colour_bgr


@lru_cache(maxsize=96)
def _corners(arm: int, radius: int, thickness: int, colour_rgb: Rgb) -> _Corners:
    """The left top, right top, left bottom and right bottom corners: bent lines with a dark pixel on either side.

    The line's middle lies on the box's edge, ``thickness // 2 + 1`` pixels into the sprite.
    """
    reach = thickness // 2 + 1
    side = arm + reach
    whole = 2 * (side + radius + thickness)

    def ring(outer: int, inner: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        outside = rounded_coverage(whole, whole, radius + reach, inset=outer)
        return (outside - rounded_coverage(whole, whole, radius + reach, inset=inner))[:side, :side, None]

    dark, line = ring(0, thickness + 2), ring(1, thickness + 1)
    colour = dark * (1 - line) * np.array(PLATE_RGB[::-1], np.float32) + line * np.array(colour_rgb[::-1], np.float32)
    keep = np.repeat(255 * (1 - dark) * (1 - line), 3, axis=2)
    pictures = [np.rint(picture).astype(np.uint8) for picture in (colour, keep)]

    def turned(flip_x: int, flip_y: int) -> Sprite:
        colour_bgr, kept = (np.ascontiguousarray(picture[::flip_y, ::flip_x]) for picture in pictures)
        return Sprite(colour_bgr, kept)

    return turned(1, 1), turned(-1, 1), turned(1, -1), turned(-1, -1)
