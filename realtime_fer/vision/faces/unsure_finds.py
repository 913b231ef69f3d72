"""Asks for a few more looks at what may be a face.

A face at the edge of what the detector sees is found surely in one frame and hardly in the next. A search every third
frame, as while everybody else is followed, seldom meets the two sure looks that a new face needs. So the next frames
are searched too, once for each place: what stays unsure is a pattern, and costs no more than that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision.faces.face_shape import shaped_like_faces

Float32 = npt.NDArray[np.float32]

#: Frames in a row that are searched for it.
LOOKS = 3

#: Seconds after the last search that found something there, from which on a place counts as new again.
_REMEMBERED_S = 5.0

#: A find that overlaps an earlier one more (IoU) is the same.
_SAME_PLACE_IOU = 0.3


class UnsureFinds:
    """Called only from the pipeline's thread."""

    def __init__(self) -> None:
        self._looks = 0
        self._xyxy: Float32 = np.zeros((0, 4), np.float32)
        self._seen_s = np.zeros(0, np.float64)

    def reset(self) -> None:
        """Forgets all places: the scene is another one."""
        self._looks, self._xyxy, self._seen_s = 0, self._xyxy[:0], self._seen_s[:0]

    @property
    def want_a_look(self) -> bool:
        """Whether the next frame is to be searched at once."""
        return self._looks > 0

    def looked(self) -> None:
        """A frame was searched at once."""
        self._looks = max(0, self._looks - 1)

    def note(self, found: Faces, searched_s: float) -> None:
        """Takes the unsure finds of one search, none of them somebody who is followed."""
        if not len(found) and not len(self._xyxy):
            return
        found = found.select(shaped_like_faces(found))
        overlap = box_iou(found.xyxy, self._xyxy) > _SAME_PLACE_IOU
        if not overlap.any(axis=1).all():
            self._looks = LOOKS
        # A place moves on with what is found there.
        stays = ~overlap.any(axis=0) & (searched_s - self._seen_s <= _REMEMBERED_S)
        self._xyxy = np.concatenate([self._xyxy[stays], found.xyxy])
        self._seen_s = np.append(self._seen_s[stays], np.full(len(found), searched_s))
