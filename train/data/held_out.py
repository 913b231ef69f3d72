"""Holds out a share of the training faces for validation, with near duplicates on the same side."""

from __future__ import annotations

import hashlib

import cv2
import numpy as np
import numpy.typing as npt

#: Faces whose 16x16 thumbnails correlate more than this count as near duplicates.
_NEAR = 0.97
_SIDE = 16


def held_out(images: npt.NDArray[np.uint8], share: float) -> npt.NDArray[np.bool_]:
    """bool (n,): whether each face is held out.

    The SHA-256 of a face's pixels decides, independent of the order; near duplicates follow the first of them.

    Args:
        images: uint8, (n, h, w), grey.
        share: 0 to 1.
    """
    n = len(images)
    group = _groups(images)
    limit = int(share * 2**32)
    chosen = np.array(
        [int.from_bytes(hashlib.sha256(images[row].tobytes()).digest()[:4], "big") < limit for row in range(n)], bool
    )
    return chosen[group]


def _groups(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """(n,): for each face, the first row among its near duplicates and itself."""
    small = np.stack([cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA) for image in images])
    flat = small.reshape(len(images), -1).astype(np.float32)
    flat -= flat.mean(1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    first = np.arange(len(images))
    for start in range(0, len(images), 1024):
        likeness = flat[start : start + 1024] @ flat[: start + 1024].T
        rows, columns = np.nonzero(likeness > _NEAR)
        earlier = columns < rows + start
        # Rows ascend, so a row points to one that already knows the first of its group.
        for row, column in zip(rows[earlier] + start, columns[earlier], strict=True):
            first[row] = min(first[row], first[column])
    return first
