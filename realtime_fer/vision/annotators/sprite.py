"""Small translucent images, made once and drawn onto frames many times.

A sprite keeps its colour premultiplied by its opacity (Porter and Duff, "Compositing Digital Images", 1984), so
that laying it is one multiplication and one addition over the pixels it covers, both done by OpenCV in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.frame import Image
from realtime_fer.core.overlay.face_overlay import Rgb

#: The colour of the dark plates, a near-black with a trace of blue, and their opacity.
PLATE_RGB: Rgb = (15, 17, 22)
PLATE_OPACITY = 0.78


@dataclass(frozen=True, eq=False)
class Sprite:
    """An image with opacity.

    Attributes:
        colour: uint8 (h, w, 3), BGR, premultiplied by the opacity.
        keep: uint8 (h, w, 3), what share of the frame stays visible, 0 to 255.
        left, top: pixels from the point it is laid at to its own corner.
    """

    colour: Image
    keep: Image
    left: int = 0
    top: int = 0

    @property
    def width(self) -> int:
        return int(self.colour.shape[1])

    @property
    def height(self) -> int:
        return int(self.colour.shape[0])

    def draw(self, image_bgr: Image, x: int, y: int, width: int | None = None) -> None:
        """Draws the sprite onto uint8 (h, w, 3) ``image_bgr`` at (x, y), clipped at the image's border.

        ``width`` lays only that many of its leftmost columns.
        """
        x, y = x + self.left, y + self.top
        columns = self.width if width is None else min(self.width, width)
        x0, y0 = max(x, 0), max(y, 0)
        x1, y1 = min(x + columns, image_bgr.shape[1]), min(y + self.height, image_bgr.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        part = (slice(y0 - y, y1 - y), slice(x0 - x, x1 - x))
        region = image_bgr[y0:y1, x0:x1]
        cv2.multiply(region, self.keep[part], dst=region, scale=1 / 255)
        cv2.add(region, self.colour[part], dst=region)


def sprite_from_opacity(opacity: npt.NDArray[np.float32], colour_rgb: Rgb, left: int = 0, top: int = 0) -> Sprite:
    """One colour seen through ``opacity``, float32 (h, w), 0 to 1."""
    colour_bgr = np.array(colour_rgb[::-1], np.float32)
    colour = np.rint(opacity[:, :, None] * colour_bgr).astype(np.uint8)
    keep = np.repeat(np.rint(255 * (1 - opacity)).astype(np.uint8)[:, :, None], 3, axis=2)
    return Sprite(colour, keep, left, top)


def rounded_coverage(width: int, height: int, radius: float, inset: float = 0.0) -> npt.NDArray[np.float32]:
    """How much of each pixel a rounded rectangle covers, float32 (height, width), 0 to 1.

    ``inset`` moves its outline inwards. From the signed distance of a rounded box (Inigo Quilez, "2D distance
    functions"), softened over one pixel.
    """
    radius = max(0.0, min(radius, width / 2, height / 2) - inset)
    across = np.abs(np.arange(width, dtype=np.float32) + 0.5 - width / 2) - (width / 2 - inset - radius)
    down = np.abs(np.arange(height, dtype=np.float32) + 0.5 - height / 2) - (height / 2 - inset - radius)
    outside = np.hypot(np.maximum(across, 0)[None, :], np.maximum(down, 0)[:, None])
    inside = np.minimum(np.maximum(across[None, :], down[:, None]), 0)
    return np.asarray(np.clip(0.5 - (outside + inside - radius), 0, 1), np.float32)


def clear_sprite(width: int, height: int) -> Sprite:
    """A new, clear sprite to draw others onto with :func:`over`."""
    return Sprite(np.zeros((height, width, 3), np.uint8), np.full((height, width, 3), 255, np.uint8))


def over(lower: Sprite, upper: Sprite, x: int, y: int, width: int | None = None) -> None:
    """Draws ``upper``, or its ``width`` leftmost columns, onto ``lower`` at (x, y) and joins their opacities.

    Only for sprites that are still being made.
    """
    upper.draw(lower.colour, x, y, width)
    shade = Sprite(np.zeros_like(upper.colour), upper.keep, upper.left, upper.top)
    shade.draw(lower.keep, x, y, width)


def make_plate(width: int, height: int, radius: int, opacity: float = PLATE_OPACITY) -> Sprite:
    """A new dark translucent plate with round corners and a hairline of light along its edge."""
    coverage = rounded_coverage(width, height, radius)
    edge = coverage - rounded_coverage(width, height, radius, inset=1.0)
    shade = coverage * opacity
    light = edge * 0.13
    colour = (shade * (1 - light))[:, :, None] * np.array(PLATE_RGB[::-1], np.float32) + 255 * light[:, :, None]
    keep = 255 * (1 - shade) * (1 - light)
    return Sprite(np.rint(colour).astype(np.uint8), np.repeat(np.rint(keep).astype(np.uint8)[:, :, None], 3, axis=2))


@lru_cache(maxsize=256)
def plate(width: int, height: int, radius: int, opacity: float = PLATE_OPACITY) -> Sprite:
    """As :func:`make_plate`, cached. Do not draw into it."""
    return make_plate(width, height, radius, opacity)


@lru_cache(maxsize=256)
def pill(width: int, height: int, colour_rgb: Rgb, opacity: float = 1.0, hollow: bool = False) -> Sprite:
    """A bar with round ends (a disc where width equals height), or only its outline; cached."""
    coverage = rounded_coverage(width, height, height / 2)
    if hollow:
        coverage = coverage - rounded_coverage(width, height, height / 2, inset=max(1.5, height / 6))
    return sprite_from_opacity(coverage * np.float32(opacity), colour_rgb)
