"""Hides faces in an image beyond recognition and restoration: of a face a handful of colours stays."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.enums import Privacy
from realtime_fer.core.frame import Image

Float32 = npt.NDArray[np.float32]

#: How far beyond a detector's box is hidden, in shares of its width or height. A box ends at the brows or the
#: forehead, at the chin and before the ears; hair and the corners of a tilted head can identify a person too.
_SIDES, _TOP, _BOTTOM = 0.3, 0.55, 0.3

#: Colours side by side that a hidden patch keeps, five of them across the face itself.
_CELLS = 8

#: The same of an image that is hidden as a whole, since it was not searched for faces.
_IMAGE_CELLS = 16

_COVER_BGR = (62, 56, 52)


def hidden_boxes(xyxy: Float32, width: int, height: int) -> npt.NDArray[np.int32]:
    """(n, 4) boxes of faces -> int32 (m, 4), widened to the whole head and clipped to the image; drops empty ones.

    A box that is not finite hides the whole image: a face is somewhere, and nobody can say where.
    """
    wide = (xyxy[:, 2] - xyxy[:, 0]).clip(0)
    high = (xyxy[:, 3] - xyxy[:, 1]).clip(0)
    grown = np.stack(
        [
            xyxy[:, 0] - _SIDES * wide,
            xyxy[:, 1] - _TOP * high,
            xyxy[:, 2] + _SIDES * wide,
            xyxy[:, 3] + _BOTTOM * high,
        ],
        axis=1,
    )
    limits = np.array([width, height, width, height], np.float32)
    grown[~np.isfinite(grown).all(axis=1)] = (0, 0, width, height)
    grown = np.minimum(np.maximum(grown, 0), limits)
    whole = np.concatenate([np.floor(grown[:, :2]), np.ceil(grown[:, 2:])], axis=1).astype(np.int32)
    return np.asarray(whole[(whole[:, 2:] > whole[:, :2]).all(axis=1)])


def hide_faces(image_bgr: Image, xyxy: Float32, how: Privacy) -> Image:
    """A copy of uint8 (h, w, 3) ``image_bgr`` with everything in and round the (n, 4) boxes hidden.

    Args:
        how: any but ``Privacy.OFF``.
    """
    hidden = np.array(image_bgr)
    for left, top, right, bottom in hidden_boxes(xyxy, image_bgr.shape[1], image_bgr.shape[0]).tolist():
        patch = hidden[top:bottom, left:right]
        cv2.copyTo(_hidden(patch, _CELLS, how), _rounded(right - left, bottom - top), patch)
    return hidden


def hide_image(image_bgr: Image, how: Privacy) -> Image:
    """A copy of the image hidden as a whole; ``how`` as in ``hide_faces``."""
    return _hidden(image_bgr, _IMAGE_CELLS, how)


def _hidden(patch: Image, cells: int, how: Privacy) -> Image:
    height, width = patch.shape[:2]
    if how is Privacy.COVER:
        return np.full_like(patch, _COVER_BGR)
    if how is Privacy.OFF:
        raise ValueError("faces cannot be hidden with Privacy.OFF")
    across = max(1, min(cells, width))
    down = max(1, min(round(cells * height / width), height))
    few = cv2.resize(patch, (across, down), interpolation=cv2.INTER_AREA)
    smooth = cv2.INTER_LINEAR if how is Privacy.BLUR else cv2.INTER_NEAREST
    return np.asarray(cv2.resize(few, (width, height), interpolation=smooth), np.uint8)


def _rounded(width: int, height: int) -> npt.NDArray[np.uint8]:
    """A mask with rounded corners: faces have none."""
    mask = np.zeros((height, width), np.uint8)
    radius = int(min(width, height) * 0.22)
    cv2.rectangle(mask, (radius, 0), (width - 1 - radius, height - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (width - 1, height - 1 - radius), 255, -1)
    for x in (radius, width - 1 - radius):
        for y in (radius, height - 1 - radius):
            cv2.circle(mask, (x, y), radius, 255, -1)
    return mask
