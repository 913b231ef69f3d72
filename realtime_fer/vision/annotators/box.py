"""Draws a box around each face."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from realtime_fer.core.expressions import expression_named, is_expression
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.vision.annotators.sprite import PLATE_RGB, Rgb, Sprite, rounded_coverage

#: The colour of a face whose expression is uncertain or that no model has read.
UNDECIDED_RGB: Rgb = (236, 238, 242)

#: Edges farther out are clipped to this, which keeps the arithmetic small.
_FAR = 1 << 15

#: The longest arm of a corner, in thicknesses: bounds what a huge box costs.
_LONGEST_ARM = 24

_Corners = tuple[Sprite, Sprite, Sprite, Sprite]


def colour_of(expression: str) -> Rgb:
    """The colour of an expression's key; a near-white for 'uncertain' and ''."""
    return expression_named(expression).colour_rgb if is_expression(expression) else UNDECIDED_RGB


class BoxAnnotator:
    """A hairline in the expression's colour with strong round corners on a dark outline.

    An uncertain face, or one that no model has read, has only the corners. Boxes may leave the image; those without
    area or not finite are not drawn.

    Args:
        thickness_px: of the corners; None derives it from the image's shorter side.
        radius: of the corners, as a share of the box's shorter side.
        arm: length of the corners, as a share of the box's shorter side.
    """

    def __init__(self, thickness_px: int | None = None, radius: float = 0.1, arm: float = 0.22) -> None:
        self._thickness_px = thickness_px
        self._radius = radius
        self._arm = arm

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        thickness = self._thickness_px or max(2, round(min(image_bgr.shape[:2]) / 270))
        for face, box in enumerate(result.faces.xyxy.tolist()):
            if all(math.isfinite(edge) for edge in box) and box[2] > box[0] and box[3] > box[1]:
                self._draw(image_bgr, box, result.expression_of(face), thickness)

    def _draw(self, image_bgr: Image, box: list[float], expression: str, thickness: int) -> None:
        left, top, right, bottom = (round(min(max(edge, -_FAR), _FAR)) for edge in box)
        short = min(right - left, bottom - top)
        thickness = max(1, min(thickness, round(short / 16)))
        # Few different sizes, so that a box that breathes reuses cached corners.
        radius = min(2 * round(short * self._radius / 2), 7 * thickness)
        arm = min(max(4 * round(short * self._arm / 4), radius + 1, 3), _LONGEST_ARM * thickness)
        colour_rgb = colour_of(expression)
        reach = thickness // 2 + 1
        if is_expression(expression):
            self._hairline(image_bgr, (left, top, right, bottom), arm, colour_rgb)
        for sprite, right_side, lower in zip(
            _corners(arm, radius, thickness, colour_rgb),
            (False, True, False, True),
            (False, False, True, True),
            strict=True,
        ):
            x = right + reach - sprite.width if right_side else left - reach
            y = bottom + reach - sprite.height if lower else top - reach
            sprite.draw(image_bgr, x, y)

    @staticmethod
    def _hairline(image_bgr: Image, box: tuple[int, int, int, int], arm: int, colour_rgb: Rgb) -> None:
        height, width = image_bgr.shape[:2]
        left, top, right, bottom = box
        colour_bgr = colour_rgb[::-1]
        across = slice(max(left + arm, 0), max(right - arm, 0))
        down = slice(max(top + arm, 0), max(bottom - arm, 0))
        for y in (top, bottom - 1):
            if 0 <= y < height:
                image_bgr[y, across] = colour_bgr
        for x in (left, right - 1):
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
