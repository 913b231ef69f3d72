"""BlazeFace's short and full range, alone or the two together."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

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

#: From this confidence on a find needs no second opinion: what a new face is believed from, see ``vision.tracking``.
SURE = 0.5

#: By how much the short range must be surer of a face that the full range is sure of too.
CLEARLY = 0.1


Float32 = npt.NDArray[np.float32]


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
            metres is found. With both, each face is as the surer one has it; the near one looks every few frames, or
            while it leads or the far one is unsure, or in each frame where the search is thorough.
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
        far = _single(self._far.detect(small))
        if self._near is None:
            return far
        self._frames_without_near += 1
        sure = len(far) and far.confidence.min() >= SURE
        if sure and self._frames_without_near < NEAR_EVERY and not thorough:
            return far
        found, near_leads = _better_of(far, _single(self._near.detect(small)))
        # A face that the short range sees better is looked for in every frame while it is there.
        self._frames_without_near = NEAR_EVERY if near_leads else 0
        return found

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


def _better_of(far: Faces, near: Faces) -> tuple[Faces, bool]:
    """Each face once, as the surer network has it, and whether that is ever the near one."""
    if not len(near) or not len(far):
        return (near, True) if len(near) else (far, False)
    same = _same_face(near, far)
    rival = np.where(same, far.confidence[None, :], -1.0).max(1)
    # A face that both see well keeps the far one's key points, which are the more exact, and does not jump between two
    # boxes: these are of one size (2.4 times the distance of the eyes) only where their network is the surer one.
    wins = near.confidence > np.where(rival >= SURE, rival + CLEARLY, rival)
    stays = ~(same & wins[:, None]).any(0)
    return _joined(far.select(stays), near.select(wins)), bool(wins.any())


def _same_face(near: Faces, far: Faces) -> npt.NDArray[np.bool_]:
    """(n, m): where they overlap, or the centre of one lies in the other."""
    overlap = box_iou(near.xyxy, far.xyxy) > 0.2
    return np.asarray(overlap | _centre_inside(near.xyxy, far.xyxy) | _centre_inside(far.xyxy, near.xyxy).T)


def _centre_inside(xyxy: Float32, within: Float32) -> npt.NDArray[np.bool_]:
    centres = (xyxy[:, None, :2] + xyxy[:, None, 2:]) / 2
    return np.asarray(((centres >= within[None, :, :2]) & (centres <= within[None, :, 2:])).all(2))


def _joined(first: Faces, second: Faces) -> Faces:
    return Faces(
        np.concatenate([first.xyxy, second.xyxy]),
        np.concatenate([first.confidence, second.confidence]),
        np.concatenate([first.keypoints, second.keypoints]) if len(first) else second.keypoints,
    )
