"""MediaPipe's face detectors: BlazeFace short range and full range, and the two together.

Source: Bazarevsky et al., "BlazeFace", 2019, arXiv:1907.05047; model cards of MediaPipe Face Detection
(short range: faces within 2 m; full range: within 5 m).
"""

from __future__ import annotations

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou, suppress_overlaps
from realtime_fer.vision.detectors import blazeface_files

#: Lowest confidence that is returned at all. A face is first believed at a higher one, but a tracked face may
#: dip this low without being lost; see ``vision.tracking``.
MIN_CONFIDENCE = 0.3

#: Width of the copy that is searched. The networks take 192 and 128 pixels; below this width faces at the far
#: end begin to be lost, above it only time is.
COPY_WIDTH = 640

#: With both in use, every how many frames the short range looks for a face too close for the full range.
NEAR_EVERY = 5


class _BlazeFace:
    """One network in MediaPipe Tasks. Called from one thread alone."""

    def __init__(self, file_name: str) -> None:
        path = blazeface_files.find(file_name)
        try:
            self._detector = vision.FaceDetector.create_from_options(
                vision.FaceDetectorOptions(
                    # As bytes: MediaPipe's own file reading fails on non-ASCII paths on Windows.
                    base_options=BaseOptions(model_asset_buffer=path.read_bytes()),
                    running_mode=vision.RunningMode.VIDEO,
                    min_detection_confidence=MIN_CONFIDENCE,
                )
            )
        except (OSError, RuntimeError, ValueError) as error:
            reason = (str(error).splitlines() or [""])[0][:200]
            raise DetectorError(
                "MediaPipe's face detector could not be started.", "({reason})", reason=reason
            ) from error
        self._timestamp_ms = 0

    def detect(self, image: mp.Image, scale_x: float, scale_y: float) -> Faces:
        # A count of its own and not the clock: MediaPipe wants time stamps that never go back, and sources change.
        self._timestamp_ms += 33
        detections = self._detector.detect_for_video(image, self._timestamp_ms).detections
        if not detections:
            return Faces.empty()
        xyxy = np.empty((len(detections), 4), np.float32)
        confidence = np.empty(len(detections), np.float32)
        keypoints = np.empty((len(detections), 6, 2), np.float32)
        full = np.array([image.width * scale_x, image.height * scale_y], np.float32)
        for row, detection in enumerate(detections):
            box = detection.bounding_box
            left, top = box.origin_x * scale_x, box.origin_y * scale_y
            xyxy[row] = (left, top, left + box.width * scale_x, top + box.height * scale_y)
            confidence[row] = detection.categories[0].score
            keypoints[row] = [(point.x, point.y) for point in detection.keypoints[:6]] * full
        kept = suppress_overlaps(xyxy, confidence)
        return Faces(xyxy[kept], confidence[kept], keypoints[kept])

    def close(self) -> None:
        self._detector.close()


class MediaPipeDetector:
    """Faces with six key points. Called from one thread alone; close it before the interpreter exits.

    Args:
        name: 'mediapipe-near' is the short range (about 2 ms; nobody beyond some two metres), 'mediapipe-far'
            the full range (about 4 ms; its key points are the more exact, but a face that fills the picture is
            missed), 'mediapipe' the full range with the short range looking every few frames, or while it
            alone sees somebody, or in each where every frame is searched thoroughly.

    Raises:
        DetectorError: a network's file is missing; the text says how to get it.
    """

    family = "mediapipe"

    def __init__(self, name: str = "mediapipe") -> None:
        self.name = name
        self._far = _BlazeFace(blazeface_files.FULL_RANGE) if name != "mediapipe-near" else None
        try:
            self._near = _BlazeFace(blazeface_files.SHORT_RANGE) if name != "mediapipe-far" else None
        except DetectorError:
            self.close()
            raise
        self._frames_without_near = NEAR_EVERY

    def detect(self, image_bgr: Image, *, thorough: bool = False) -> Faces:
        height, width = image_bgr.shape[:2]
        scale = min(1.0, COPY_WIDTH / width)
        small = image_bgr
        if scale < 1:
            size = (COPY_WIDTH, max(1, round(height * scale)))
            small = cv2.resize(image_bgr, size, interpolation=cv2.INTER_LINEAR)
        rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
        scales = (width / rgb.shape[1], height / rgb.shape[0])
        if self._far is None:
            return self._near.detect(image, *scales) if self._near else Faces.empty()
        found = self._far.detect(image, *scales)
        if self._near is None:
            return found
        self._frames_without_near += 1
        if len(found) and self._frames_without_near < NEAR_EVERY and not thorough:
            return found
        near = self._near.detect(image, *scales)
        only_near = near.select(_matches_none(near, found))
        # A face that only the short range sees is looked for in every frame while it is there.
        self._frames_without_near = NEAR_EVERY if len(only_near) else 0
        return _joined(found, only_near) if len(only_near) else found

    def close(self) -> None:
        for network in (getattr(self, "_far", None), getattr(self, "_near", None)):
            if network is not None:
                network.close()
        self._far = self._near = None


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
