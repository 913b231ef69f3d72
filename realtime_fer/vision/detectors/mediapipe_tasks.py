"""BlazeFace run by MediaPipe's own runtime, to compare with. Needs the extra ``[mediapipe]``.

The runtime of MediaPipe 0.10.35 and later contacts Google: each process looks up ``play.googleapis.com`` and sends
usage figures there, and no option turns that off (google-ai-edge/mediapipe #6291). So nothing chooses it but a person.
"""

from __future__ import annotations

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.vision import network_files


class TasksBlazeFace:
    """One network in MediaPipe Tasks. Called from one thread alone; close it before the interpreter exits.

    Raises:
        DetectorError: the network's file is missing or MediaPipe does not start.
    """

    def __init__(self, file_name: str, min_confidence: float) -> None:
        path = network_files.find(file_name)
        try:
            self._detector = vision.FaceDetector.create_from_options(
                vision.FaceDetectorOptions(
                    # As bytes: MediaPipe's own file reading fails on non-ASCII paths on Windows.
                    base_options=BaseOptions(model_asset_buffer=path.read_bytes()),
                    running_mode=vision.RunningMode.VIDEO,
                    min_detection_confidence=min_confidence,
                )
            )
        except (OSError, RuntimeError, ValueError) as error:
            reason = (str(error).splitlines() or [""])[0][:200]
            raise DetectorError("The face detector could not be started.", "({reason})", reason=reason) from error
        self._timestamp_ms = 0

    def detect(self, image_bgr: Image) -> Faces:
        # A count of its own and not the clock: MediaPipe wants time stamps that never go back, and sources change.
        self._timestamp_ms += 33
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image_bgr[:, :, ::-1]))
        detections = self._detector.detect_for_video(image, self._timestamp_ms).detections
        if not detections:
            return Faces.empty()
        xyxy = np.empty((len(detections), 4), np.float32)
        confidence = np.empty(len(detections), np.float32)
        keypoints = np.empty((len(detections), 6, 2), np.float32)
        for row, detection in enumerate(detections):
            box = detection.bounding_box
            xyxy[row] = (box.origin_x, box.origin_y, box.origin_x + box.width, box.origin_y + box.height)
            confidence[row] = detection.categories[0].score
            keypoints[row] = [(point.x, point.y) for point in detection.keypoints[:6]]
        return Faces(xyxy, confidence, keypoints * np.array([image.width, image.height], np.float32))

    def close(self) -> None:
        self._detector.close()
