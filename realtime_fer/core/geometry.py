"""Boxes and similarity transforms. Boxes are float32 (n, 4) xyxy in pixels."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]

_FEWEST_SAMPLES, _MOST_SAMPLES = 8, 512


def clip_boxes(xyxy: Float32, width: int, height: int) -> Float32:
    """The boxes clipped to the image (0, 0, width, height)."""
    limits = np.array([width, height, width, height], np.float32)
    return np.clip(xyxy, 0, limits).astype(np.float32)


def fitted_place(width: int, height: int, into_width: int, into_height: int) -> tuple[int, int, int, int]:
    """Where an image lies in a video of another size: left, top, width and height there, in whole pixels.

    An image that is a single pixel short keeps its size; any other is scaled with its aspect kept, and centred.
    """
    if 0 <= into_height - height <= 1 and 0 <= into_width - width <= 1:
        return 0, 0, width, height
    scale = min(into_width / width, into_height / height)
    inner_w = max(1, min(into_width, round(width * scale)))
    inner_h = max(1, min(into_height, round(height * scale)))
    return (into_width - inner_w) // 2, (into_height - inner_h) // 2, inner_w, inner_h


def box_iou(first: Float32, second: Float32) -> Float32:
    """Intersection over union of every pair: (n, 4), (m, 4) -> (n, m). Boxes without area have IoU 0."""
    sides = np.minimum(first[:, None, 2:], second[None, :, 2:]) - np.maximum(first[:, None, :2], second[None, :, :2])
    # np.clip and np.prod take longer for a few boxes than all the rest.
    np.maximum(sides, 0, out=sides)
    overlap = sides[:, :, 0] * sides[:, :, 1]
    areas = box_areas(first)[:, None] + box_areas(second)[None, :] - overlap
    return np.divide(overlap, areas, out=np.zeros_like(overlap), where=areas > 0).astype(np.float32, copy=False)


def box_areas(xyxy: Float32) -> Float32:
    """(n, 4) -> (n,) areas; 0 for a box turned inside out."""
    sides = np.maximum(xyxy[:, 2:] - xyxy[:, :2], 0)
    return (sides[:, 0] * sides[:, 1]).astype(np.float32, copy=False)


def suppress_overlaps(xyxy: Float32, confidence: Float32, iou: float = 0.4) -> npt.NDArray[np.intp]:
    """Positions of the boxes that greedy non-maximum suppression keeps, most confident first.

    A box that lies mostly (7/10 of its area) inside a kept one goes too: the same face found at two scales.
    """
    order = np.argsort(-confidence, kind="stable")
    overlaps = box_iou(xyxy, xyxy)
    left_top = np.maximum(xyxy[:, None, :2], xyxy[None, :, :2])
    right_bottom = np.minimum(xyxy[:, None, 2:], xyxy[None, :, 2:])
    shared = np.prod(np.clip(right_bottom - left_top, 0, None), axis=2)
    smaller = np.maximum(np.minimum(box_areas(xyxy)[:, None], box_areas(xyxy)[None, :]), 1e-6)
    inside = shared / smaller
    kept: list[int] = []
    for candidate in order:
        if all(overlaps[candidate, k] < iou and inside[candidate, k] < 0.7 for k in kept):
            kept.append(int(candidate))
    return np.array(kept, np.intp)


def samples_across(side: float, wanted_px: int) -> int:
    """How many samples of a square are read across before it is shrunk to ``wanted_px``.

    One a pixel of the image, 8 to 512, or for a square more than twice as large three to five times ``wanted_px``: no
    fewer than one in two and a half pixels, and so that each pixel wanted is the mean of whole samples.
    """
    if 2 * wanted_px < side and 5 * wanted_px <= _MOST_SAMPLES:
        return wanted_px * min(max(math.ceil(side / (2.5 * wanted_px)), 3), 5)
    return min(max(round(side), _FEWEST_SAMPLES), _MOST_SAMPLES)


def eye_tilt_degrees(left_eye: Float32, right_eye: Float32) -> float:
    """Angle of the line from the eye on the image's left to the one on its right; positive is clockwise on screen."""
    dx, dy = float(right_eye[0] - left_eye[0]), float(right_eye[1] - left_eye[1])
    return math.degrees(math.atan2(dy, dx))


def square_to_output(
    centre_x: float, centre_y: float, side: float, degrees: float, output_side: int
) -> npt.NDArray[np.float64]:
    """The 2x3 similarity transform that maps a square of the image, turned by ``degrees``, to (0, 0, s, s).

    Pixel centres are at half coordinates on both sides, as in ``cv2.resize``, so that an unturned square of the
    output's size is copied and not shifted by half a pixel. For ``cv2.warpAffine``.
    """
    scale = output_side / side
    angle = math.radians(degrees)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    # Continuous coordinates: u = R(-angle) (p - centre) * scale + s / 2; pixel index i has centre i + 0.5.
    offset_x = output_side / 2 - (cos * (centre_x - 0.5) + sin * (centre_y - 0.5)) - 0.5
    offset_y = output_side / 2 - (-sin * (centre_x - 0.5) + cos * (centre_y - 0.5)) - 0.5
    return np.array([[cos, sin, offset_x], [-sin, cos, offset_y]])
