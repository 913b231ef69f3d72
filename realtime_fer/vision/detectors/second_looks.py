"""Searches once more where one look misses faces: past the picture's border, and beside a large face.

Both look at another picture made of the same one, and map what they find back.
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

#: How far the border is repeated on each side, in shares of the picture's longer side. Of 300 pictures of FER2013,
#: which a face fills, the two networks alone miss 17; with 0.1, 0.2, 0.25, 0.33 and 0.5 that is 8, 6, 8, 7 and 6.
BORDER = 0.2

#: So much of a face past the border must lie in the picture.
_LEAST_SHOWN = 0.3

#: A face that takes up more of the picture's shorter side may keep others from being found. Of 40 faces of 100
#: pixels beside one of half the picture's height 15 are found with it cut out, instead of 5; of four tenths no more.
LARGE = 0.45

#: How much beside a large face goes with it, in shares of its width: hair and ears.
_MARGIN = 0.15

#: What remains must be at least so wide, as a share of the picture, to be worth a search.
_LEAST_REST = 0.1


class Network(Protocol):
    """One network that finds faces: ``blazeface.BlazeFace``, or MediaPipe's own runtime for comparison."""

    def detect(self, image_bgr: Image) -> Faces:
        """The faces of MIN_CONFIDENCE and more with six key points, in the picture's coordinates."""

    def close(self) -> None:
        """Gives back what it holds."""


def large(faces: Faces, image_bgr: Image) -> npt.NDArray[np.bool_]:
    """(n,): which faces take up so much of the picture that they may hide others from a network."""
    sides = faces.xyxy[:, 2:] - faces.xyxy[:, :2]
    return np.asarray(sides.max(axis=1, initial=0) > LARGE * min(image_bgr.shape[:2]))


def past_the_border(network: Network, image_bgr: Image) -> Faces:
    """What the network finds with the border repeated outwards: faces cut off by it, and larger than the picture."""
    pad = max(1, round(BORDER * max(image_bgr.shape[:2])))
    found = network.detect(cv2.copyMakeBorder(image_bgr, pad, pad, pad, pad, cv2.BORDER_REPLICATE))
    height, width = image_bgr.shape[:2]
    found = found.moved(-pad)
    # What lies mostly outside is made of repeated pixels.
    return found.select(box_areas(clip_boxes(found.xyxy, width, height)) >= _LEAST_SHOWN * box_areas(found.xyxy))


def beside(network: Network, image_bgr: Image, near_xyxy: Float32) -> Faces:
    """What the network finds in the picture without the columns of near faces, or in an upright one without their rows.

    The rest is smaller than the picture, so that the network sees it larger. A find across the seam is dropped.

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
    # Stripes are copied several times faster than the columns of a mask.
    edges = np.flatnonzero(np.diff(kept, prepend=False, append=False)).reshape(-1, 2).tolist()
    stripes = [image_bgr[:, start:end] if axis == 0 else image_bgr[start:end] for start, end in edges]
    found = network.detect(np.concatenate(stripes, axis=1 - axis))
    if not len(found):
        return found
    # Where each kept column was, so that a coordinate of the rest becomes one of the picture.
    before = np.flatnonzero(kept) - np.arange(kept.sum())
    corners = found.xyxy[:, axis::2]
    at = np.clip(corners.astype(np.int64), 0, len(before) - 1)
    shift = before[at].astype(np.float32)
    xyxy, keypoints = found.xyxy.copy(), found.keypoints.copy()
    xyxy[:, axis::2] += shift
    keypoints[:, :, axis] += shift[:, :1]
    return Faces(xyxy, found.confidence, keypoints).select(shift[:, 0] == shift[:, 1])
