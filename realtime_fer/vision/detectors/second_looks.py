"""Searches once more where one look misses faces: past the image's border, and beside a large face.

Both search an image made of the original, and map their faces back.
"""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_areas, clip_boxes

Float32 = npt.NDArray[np.float32]

#: How far the border is repeated on each side, in shares of the image's longer side. Of 300 images of FER2013, each
#: filled by a face, the two networks alone miss 17; with 0.1, 0.2, 0.25, 0.33 and 0.5 they miss 8, 6, 8, 7 and 6.
BORDER = 0.2

#: A face past the border must lie in the image by this share of its area.
_LEAST_SHOWN = 0.3

#: A face that takes up more of the image's shorter side may hide others from a network. Beside a face of half the
#: image's height, 15 of 40 faces of 100 pixels are found with it cut out, 5 otherwise; beside four tenths no more.
LARGE = 0.45

#: So much on each side of a large face is cut out with it, in shares of its width: hair and ears.
_MARGIN = 0.15

#: The rest must be at least so wide, as a share of the image, to be worth a search.
_LEAST_REST = 0.1


class Network(Protocol):
    """One network that finds faces: ``blazeface.BlazeFace``, or MediaPipe's own runtime for comparison."""

    def detect(self, image_bgr: Image) -> Faces:
        """The faces of MIN_CONFIDENCE and more with six key points, in the image's pixels."""

    def close(self) -> None:
        """Frees the network."""


def large(faces: Faces, image_bgr: Image) -> npt.NDArray[np.bool_]:
    """(n,): which faces take up so much of the image that they may hide others from a network."""
    sides = faces.xyxy[:, 2:] - faces.xyxy[:, :2]
    return np.asarray(sides.max(axis=1, initial=0) > LARGE * min(image_bgr.shape[:2]))


def past_the_border(network: Network, image_bgr: Image) -> Faces:
    """The faces found with the border repeated outwards: faces that it cuts off, and faces larger than the image."""
    pad = max(1, round(BORDER * max(image_bgr.shape[:2])))
    found = network.detect(cv2.copyMakeBorder(image_bgr, pad, pad, pad, pad, cv2.BORDER_REPLICATE))
    height, width = image_bgr.shape[:2]
    found = found.moved(-pad)
    # A face mostly outside is made of repeated pixels.
    return found.select(box_areas(clip_boxes(found.xyxy, width, height)) >= _LEAST_SHOWN * box_areas(found.xyxy))


def beside(network: Network, image_bgr: Image, near_xyxy: Float32) -> Faces:
    """The faces found in the image without the columns of near faces, or in an upright image without their rows.

    The rest is smaller than the image, so that the network sees it larger. A face across the seam is dropped.

    Args:
        near_xyxy: (n, 4) boxes of the faces to be cut out.
    """
    axis = 0 if image_bgr.shape[1] >= image_bgr.shape[0] else 1
    length = image_bgr.shape[1 - axis]
    kept = np.ones(length, np.bool_)
    for start, end in near_xyxy[:, axis::2].tolist():
        margin = _MARGIN * (end - start)
        kept[max(0, int(start - margin)) : max(0, int(end + margin))] = False
    if kept.all() or kept.sum() < _LEAST_REST * length:
        return Faces.empty()
    # Copying stripes is several times faster than copying the columns of a mask.
    edges = np.flatnonzero(np.diff(kept, prepend=False, append=False)).reshape(-1, 2).tolist()
    stripes = [image_bgr[:, start:end] if axis == 0 else image_bgr[start:end] for start, end in edges]
    found = network.detect(np.concatenate(stripes, axis=1 - axis))
    if not len(found):
        return found
    # How many columns were cut out before each kept one: maps the rest back to the image.
    before = np.flatnonzero(kept) - np.arange(kept.sum())
    corners = found.xyxy[:, axis::2]
    at = np.clip(corners.astype(np.int64), 0, len(before) - 1)
    shift = before[at].astype(np.float32)
    xyxy, keypoints = found.xyxy.copy(), found.keypoints.copy()
    xyxy[:, axis::2] += shift
    keypoints[:, :, axis] += shift[:, :1]
    return Faces(xyxy, found.confidence, keypoints).select(shift[:, 0] == shift[:, 1])
