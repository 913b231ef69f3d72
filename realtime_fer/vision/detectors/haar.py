"""OpenCV's Haar cascade for frontal faces (Viola and Jones 2001; Lienhart and Maydt 2002), run on a small grey copy."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from realtime_fer.core.enums import DetectorName
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import suppress_overlaps

CASCADE_FILE = "haarcascade_frontalface_default.xml"


class HaarDetector:
    """Finds frontal faces, without key points. Called from one thread alone.

    >>> detector = HaarDetector()
    >>> faces = detector.detect(image_bgr)
    >>> len(faces), faces.keypoints.shape
    (1, (1, 0, 2))
    >>> detector.close()

    The cascade's time grows with the pixels (over 100 ms for 1280x720), so it runs on a copy at most ``copy_width``
    wide. It finds faces from ``min_share`` of the image's height on.
    """

    name = DetectorName.HAAR
    family = "haar"
    #: It does not tell where the eyes are.
    landmarks = None

    def __init__(self, copy_width: int = 400, min_share: float = 0.1, min_neighbours: int = 5) -> None:
        self._copy_width = copy_width
        self._min_share = min_share
        self._min_neighbours = min_neighbours
        path = Path(cv2.data.haarcascades) / CASCADE_FILE
        self._cascade = cv2.CascadeClassifier(str(path))
        if self._cascade.empty():
            raise DetectorError(
                "OpenCV's face cascade {name} is missing.",
                "Install opencv-python-headless 4.10 or later, but below 5.",
                name=CASCADE_FILE,
            )

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        scale = min(1.0, self._copy_width / image_bgr.shape[1])
        small = (
            cv2.resize(image_bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image_bgr
        )
        grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
        if min(grey.shape) < 24:
            return Faces.empty()
        min_side = max(24, round(self._min_share * grey.shape[0]))
        boxes, _, weights = self._cascade.detectMultiScale3(
            grey,
            scaleFactor=1.15,
            minNeighbors=self._min_neighbours,
            minSize=(min_side, min_side),
            outputRejectLevels=True,
        )
        if len(boxes) == 0:
            return Faces.empty()
        xywh = np.asarray(boxes, np.float32).reshape(-1, 4) / np.float32(scale)
        xyxy = np.concatenate([xywh[:, :2], xywh[:, :2] + xywh[:, 2:]], 1)
        # The last stage's weight grows without bound; this squashes it: 0 -> 0.5, 3 -> 0.82, 6 -> 0.95.
        confidence = (1 / (1 + np.exp(-np.asarray(weights, np.float32).reshape(-1) / 2))).astype(np.float32)
        kept = suppress_overlaps(xyxy, confidence)
        return Faces(xyxy[kept], confidence[kept])

    def close(self) -> None:
        """Does nothing: the cascade needs no closing."""
