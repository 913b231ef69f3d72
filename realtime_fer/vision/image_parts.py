"""Copies the part of an image round a face once, for all that look at this face.

A turned square that is read straight out of a large image takes up to three times as long: each of its rows lies across
many rows of the image, in memory that the processor has not at hand. A copy reads them one after the other.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.frame import Image

#: Pixels. Of a larger part so few are read that a copy takes longer.
_MOST_PIXELS = 800 * 800


class Edges(NamedTuple):
    """Of whole pixels of an image; the right and bottom ones are the first outside."""

    left: int
    top: int
    right: int
    bottom: int


def edges_of(to_image: npt.NDArray[np.floating], side_px: int, image: Image) -> Edges:
    """The pixels of the image that bilinear reading of a square needs, clipped to it; one at least.

    Args:
        to_image: (2, 3), from pixels of the square, of ``side_px``, to those of the image.
    """
    (xx, xy, x), (yx, yy, y) = to_image.tolist()
    xx, xy, yx, yy = xx * side_px, xy * side_px, yx * side_px, yy * side_px
    height, width = image.shape[:2]
    left, right = x + min(xx, 0) + min(xy, 0), x + max(xx, 0) + max(xy, 0)
    top, bottom = y + min(yx, 0) + min(yy, 0), y + max(yx, 0) + max(yy, 0)
    first_x, first_y = min(max(math.floor(left) - 1, 0), width - 1), min(max(math.floor(top) - 1, 0), height - 1)
    return Edges(
        first_x,
        first_y,
        min(max(math.ceil(right) + 2, first_x + 1), width),
        min(max(math.ceil(bottom) + 2, first_y + 1), height),
    )


def holds(part: ImagePart | None, edges: Edges) -> bool:
    """Whether the part has all these pixels."""
    if part is None:
        return False
    height, width = part.grey.shape
    return (
        part.x <= edges.left
        and part.y <= edges.top
        and edges.right <= part.x + width
        and edges.bottom <= part.y + height
    )


def part_of(image_bgr: Image, edges: Edges) -> ImagePart | None:
    """The part of a uint8 (h, w, 3) image; None where it is so large that nobody should copy it."""
    left, top, right, bottom = edges
    if (right - left) * (bottom - top) > _MOST_PIXELS:
        return None
    bgr = np.ascontiguousarray(image_bgr[top:bottom, left:right])
    return ImagePart(bgr, np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.uint8), left, top)


def grey_pixels(image_bgr: Image, edges: Edges, part: ImagePart | None) -> Image:
    """uint8 (h, w): these pixels of the image in grey; ``part`` is used where it holds them."""
    left, top, right, bottom = edges
    if part is not None and holds(part, edges):
        return part.grey[top - part.y : bottom - part.y, left - part.x : right - part.x]
    return np.asarray(cv2.cvtColor(image_bgr[top:bottom, left:right], cv2.COLOR_BGR2GRAY), np.uint8)


def grey_square(image_bgr: Image, to_image: npt.NDArray[np.floating], side_px: int, part: ImagePart | None) -> Image:
    """uint8 (s, s): a square of the image in grey; what is past the border repeats it.

    Args:
        to_image: as of ``edges_of``.
        part: of the image, used where it holds the square.
    """
    edges = edges_of(to_image, side_px, image_bgr)
    if not holds(part, edges):
        part = part_of(image_bgr, edges)
    if part is None:
        return np.asarray(cv2.cvtColor(warped(image_bgr, to_image, side_px), cv2.COLOR_BGR2GRAY), np.uint8)
    return warped(part.grey, moved(to_image, part), side_px)


def moved(to_image: npt.NDArray[np.floating], part: ImagePart) -> npt.NDArray[np.float64]:
    """(2, 3): to pixels of the part in place of those of its image."""
    to_part = to_image.astype(np.float64)
    to_part[0, 2] -= part.x
    to_part[1, 2] -= part.y
    return to_part


def warped(image: Image, to_image: npt.NDArray[np.floating], side_px: int) -> Image:
    """uint8 (s, s) or (s, s, 3): a square of an image; what is past the border repeats it."""
    return np.asarray(
        cv2.warpAffine(
            image,
            to_image,
            (side_px, side_px),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )
