"""BlazeFace's short and full range, alone or the two together."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou, suppress_overlaps

#: Lowest confidence that is returned at all. A face is first believed at a higher one, but a tracked face may
#: dip this low without being lost; see ``vision.tracking``.
MIN_CONFIDENCE = 0.3

#: Width of the copy that is searched. The networks take 192 and 128 pixels; below this width faces at the far
#: end begin to be lost, above it only time is.
COPY_WIDTH = 640

#: With both in use, every how many frames the short range looks for a face too close for the full range.
NEAR_EVERY = 5


class Network(Protocol):
    """One network that finds faces: ``blazeface.BlazeFace``, or MediaPipe's own runtime for comparison."""

    def detect(self, image_bgr: Image) -> Faces:
        """The faces of MIN_CONFIDENCE and more with six key points, in the picture's coordinates."""

    def close(self) -> None:
        """Gives back what it holds."""


class NearAndFarDetector:
    """Faces with six key points. Called from one thread alone.

    Example:
        >>> import numpy as np
        >>> from realtime_fer.vision.registry import make_detector
        >>> detector = make_detector("mediapipe")
        >>> len(detector.detect(np.zeros((480, 640, 3), np.uint8)))
        0
        >>> detector.close()

    Args:
        name: as in ``--detector``.
        near: the short range; None goes without it, so that nobody who fills the picture is found.
        far: the full range, whose key points are the more exact; None goes without it, so that nobody beyond some two
            metres is found. With both, the near one looks every few frames, or while it alone sees somebody, or in each
            frame where the search is thorough.
    """

    family = "mediapipe"

    def __init__(self, name: str, near: Network | None, far: Network | None) -> None:
        self.name = name
        self._near = near
        self._far = far
        self._frames_without_near = NEAR_EVERY

    def detect(self, image_bgr: Image, *, thorough: bool = False) -> Faces:
        height, width = image_bgr.shape[:2]
        scale = min(1.0, COPY_WIDTH / width)
        if scale == 1:
            return self._search(image_bgr, thorough)
        size = (COPY_WIDTH, max(1, round(height * scale)))
        small = cv2.resize(image_bgr, size, interpolation=cv2.INTER_LINEAR)
        found = self._search(small, thorough)
        back = np.array([width / size[0], height / size[1]], np.float32)
        return Faces(found.xyxy * np.tile(back, 2), found.confidence, found.keypoints * back)

    def _search(self, small: Image, thorough: bool) -> Faces:
        if self._far is None:
            if self._near is None:
                raise DetectorError("The face detector is closed.")
            return _single(self._near.detect(small))
        found = _single(self._far.detect(small))
        if self._near is None:
            return found
        self._frames_without_near += 1
        if len(found) and self._frames_without_near < NEAR_EVERY and not thorough:
            return found
        near = _single(self._near.detect(small))
        only_near = near.select(_matches_none(near, found))
        # A face that only the short range sees is looked for in every frame while it is there.
        self._frames_without_near = NEAR_EVERY if len(only_near) else 0
        return _joined(found, only_near) if len(only_near) else found

    def close(self) -> None:
        for network in (self._far, self._near):
            if network is not None:
                network.close()
        self._far = self._near = None


def _single(found: Faces) -> Faces:
    """One face where two boxes lie in each other."""
    if len(found) < 2:
        return found
    kept = suppress_overlaps(found.xyxy, found.confidence)
    return Faces(found.xyxy[kept], found.confidence[kept], found.keypoints[kept])


def _matches_none(candidates: Faces, known: Faces) -> np.ndarray:
    """Mask of the candidates that are no known face: little overlap, and not one inside the other."""
    if not len(known):
        return np.ones(len(candidates), np.bool_)
    centres = (candidates.xyxy[:, :2] + candidates.xyxy[:, 2:]) / 2
    inside = ((centres[:, None] >= known.xyxy[None, :, :2]) & (centres[:, None] <= known.xyxy[None, :, 2:])).all(2)
    matches = (box_iou(candidates.xyxy, known.xyxy) > 0.2) | inside
    return np.asarray(~matches.any(axis=1))


def _joined(first: Faces, second: Faces) -> Faces:
    return Faces(
        np.concatenate([first.xyxy, second.xyxy]),
        np.concatenate([first.confidence, second.confidence]),
        np.concatenate([first.keypoints, second.keypoints]) if len(first) else second.keypoints,
    )
