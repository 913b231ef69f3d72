"""Finds where labels and panels can go: pure functions of rectangles.

A rectangle is int32 (4,): left, top, right, bottom in pixels, right and bottom exclusive. A *place* is a rectangle
beside a face: a side, and along that side an alignment. Nothing here knows what is drawn.

The promise: what is placed lies within the picture, on no face's box and on nothing placed before. The one
exception is the label of a face that fills the picture, see :func:`places_on_box`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Int32 = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

#: Larger than any image; keeps the arithmetic of wild boxes within int32.
_FAR = 1 << 20


class Side(IntEnum):
    RIGHT = 0
    LEFT = 1
    BELOW = 2
    ABOVE = 3


Place = tuple[Side, float]

#: A panel's places, best first; the alignment is 0, flush with the box's left or top, 0.5 or 1.
PANEL_PLACES: tuple[Place, ...] = tuple(
    (side, align) for side in (Side.RIGHT, Side.LEFT, Side.BELOW, Side.ABOVE) for align in (0.0, 1.0, 0.5)
)

#: A label's places, best first.
LABEL_PLACES: tuple[Place, ...] = (
    *((Side.ABOVE, align) for align in (0.0, 0.5, 1.0)),
    *((Side.BELOW, align) for align in (0.0, 0.5, 1.0)),
    *((side, align) for align in (0.0, 1.0) for side in (Side.RIGHT, Side.LEFT)),
)


def text_size_px(width: int, height: int, faces: int) -> int:
    """Type size of the panels: readable on 270 lines, modest on 1080 lines, smaller in a crowd."""
    side = min(height, 0.75 * width)
    return max(9 if faces > 5 else 10, round((6.5 + side / 85) * crowd_factor(faces)))


def crowd_factor(faces: int) -> float:
    """How much smaller the type is with that many faces."""
    return 1.0 if faces <= 2 else 0.92 if faces <= 5 else 0.85 if faces <= 15 else 0.72


def visible_boxes(xyxy: npt.NDArray[np.float32], width: int, height: int) -> Int32:
    """(n, 4) float boxes -> int32 (n, 4), widened to whole pixels and clipped to the image.

    Boxes outside the image, turned inside out, without area or not finite become (0, 0, 0, 0).
    """
    finite = np.asarray(np.isfinite(xyxy).all(axis=1))
    boxes = np.minimum(np.maximum(np.where(finite[:, None], xyxy, 0), -_FAR), _FAR)
    whole = np.concatenate([np.floor(boxes[:, :2]), np.ceil(boxes[:, 2:])], axis=1).astype(np.int32)
    whole = np.minimum(np.maximum(whole, 0), np.array([width, height, width, height], np.int32))
    empty = (boxes[:, 2:] <= boxes[:, :2]) | (whole[:, 2:] <= whole[:, :2])
    whole[empty.any(axis=1)] = 0
    return whole


def rects_beside(
    boxes: Int32, sizes: Int32, places: Sequence[Place], width: int, height: int, gap: int, margin: int
) -> tuple[Int32, Bools]:
    """Rectangles of every size in every place beside every box, and which of them lie within the image.

    Args:
        boxes: (n, 4) visible boxes.
        sizes: (n, v, 2) width and height of every variant.
        gap: pixels left between box and rectangle.
        margin: pixels left between rectangle and the picture's edge.

    Returns:
        int32 (n, v, p, 4), and bool (n, v, p). Along its side a rectangle slides to stay within the picture.
        A box without area has no places.
    """
    x1, y1, x2, y2 = (boxes[:, None, None, edge] for edge in range(4))
    wide, high = sizes[:, :, None, 0], sizes[:, :, None, 1]
    side, halves = _sides_and_halves(tuple(places))
    slide_x, slide_y = x1 + (x2 - x1 - wide) * halves // 2, y1 + (y2 - y1 - high) * halves // 2
    slide_x = np.maximum(np.minimum(slide_x, width - margin - wide), margin)
    slide_y = np.maximum(np.minimum(slide_y, height - margin - high), margin)
    beside_x, beside_y = (
        np.where(side == Side.RIGHT, x2 + gap, x1 - gap - wide),
        np.where(side == Side.BELOW, y2 + gap, y1 - gap - high),
    )
    upright = side <= Side.LEFT
    rects = np.empty((*slide_x.shape, 4), np.int32)
    rects[..., 0] = np.where(upright, beside_x, slide_x)
    rects[..., 1] = np.where(upright, slide_y, beside_y)
    rects[..., 2] = rects[..., 0] + wide
    rects[..., 3] = rects[..., 1] + high
    return rects, within(rects, width, height, margin) & (x2 > x1)


@lru_cache(maxsize=8)
def _sides_and_halves(places: tuple[Place, ...]) -> tuple[Int32, Int32]:
    """The sides of the places, and their alignments as whole numbers of halves."""
    return np.array([side for side, _ in places], np.int32), np.array([2 * align for _, align in places], np.int32)


def within(rects: Int32, width: int, height: int, margin: int = 0) -> Bools:
    """Which of (..., 4) lie within the image, ``margin`` pixels off its edge."""
    return np.asarray(
        (rects[..., 0] >= margin)
        & (rects[..., 1] >= margin)
        & (rects[..., 2] <= width - margin)
        & (rects[..., 3] <= height - margin)
    )


def overlaps(rects: Int32, obstacles: Int32, spacing: int = 0) -> Bools:
    """Which of (..., 4) come nearer than ``spacing`` pixels to any of the (m, 4) obstacles that have an area."""
    first = rects[..., None, :]
    return np.asarray(
        (
            (first[..., 0] < obstacles[:, 2] + spacing)
            & (first[..., 2] > obstacles[:, 0] - spacing)
            & (first[..., 1] < obstacles[:, 3] + spacing)
            & (first[..., 3] > obstacles[:, 1] - spacing)
            & (obstacles[:, 2] > obstacles[:, 0])
        ).any(axis=-1)
    )


def covered_share(rect: Int32, boxes: Int32) -> float:
    """The largest share of ``rect`` that one of the (m, 4) boxes covers."""
    if not len(boxes):
        return 0.0
    sides = np.minimum(boxes[:, 2:], rect[2:]) - np.maximum(boxes[:, :2], rect[:2])
    area = int((rect[2:] - rect[:2]).prod())
    return float(np.maximum(sides, 0).prod(axis=1).max()) / max(area, 1)


def places_on_box(box: Int32, sizes: Int32, margin: int, width: int, height: int) -> Int32:
    """The exception: rectangles on the box itself, int32 (k, 4), for a label whose face leaves it no room beside.

    They lie within the image along the visible box's top or bottom edge, in its corners first: there a face box
    shows background, hair or chin, and neither eyes nor mouth. ``sizes`` is (v, 2), best first.
    """
    x1, y1, x2, y2 = (int(edge) for edge in box)
    found: list[tuple[int, int, int, int]] = []
    for wide, high in sizes.tolist():
        for top in (y1 + margin, y2 - margin - high):
            for left in (x1 + margin, x2 - margin - wide, (x1 + x2 - wide) // 2):
                left = min(max(left, margin), width - margin - wide)
                top = min(max(top, margin), height - margin - high)
                found.append((left, top, left + wide, top + high))
    rects = np.array(found, np.int32).reshape(-1, 4)
    return rects[within(rects, width, height)]


def assign(rects: Int32, free: Bools, held: Sequence[int], order: Sequence[int], spacing: int) -> list[int]:
    """Gives every face one of its rectangles, so that no two overlap.

    First every face whose ``held`` rectangle is still free keeps it, so that nothing moves without need; then the
    others take their first free one.

    Args:
        rects: (n, k, 4), every face's candidates, best first.
        free: (n, k), which of them may be used at all.
        held: each face's candidate of the frame before, or -1.
        order: the faces in the order in which they choose.

    Returns:
        each face's candidate, or -1.
    """
    chosen = [-1] * len(rects)
    taken = np.zeros((len(rects), 4), np.int32)
    for face in order:
        if held[face] >= 0 and free[face, held[face]]:
            rect = rects[face, held[face]]
            if not overlaps(rect, taken, spacing):
                chosen[face], taken[face] = held[face], rect
    for face in order:
        if chosen[face] < 0 and free[face].any():
            usable = np.flatnonzero(free[face])
            usable = usable[~overlaps(rects[face, usable], taken, spacing)]
            if len(usable):
                chosen[face], taken[face] = int(usable[0]), rects[face, usable[0]]
    return chosen
