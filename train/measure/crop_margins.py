"""Measures how a detector's box lies in a training face, so that live crops can be cut as the training faces were.

A training face is enlarged and laid in the middle of a larger canvas of its own mirrored border; the program's own
detector runs on the canvas. How the training square lies round the found box, in shares of the box's side (the
geometric mean of its width and height), is what a model's card says under ``crop``. The medians over all found faces
count.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.protocols import FaceDetector
from realtime_fer.vision.registry import make_detector
from train.data.labelled_faces import DatasetError

Image = npt.NDArray[np.uint8]

FACE_SIDE_PX = 192

#: The face fills half and a quarter of the picture in turn: boxes of far faces are a little different.
CANVAS_SIDES_PX = (384, 768)

#: A head tilted further by its eye line is turned upright live; training turned faces by up to 15 degrees.
MIN_TILT_DEGREES = 10.0


def padded(face: Image, canvas_side_px: int) -> Image:
    """A grey (h, w) training face as a square uint8 BGR canvas with the face, enlarged, in its middle."""
    large = cv2.resize(face, (FACE_SIDE_PX, FACE_SIDE_PX), interpolation=cv2.INTER_CUBIC)
    border = (canvas_side_px - FACE_SIDE_PX) // 2
    canvas = cv2.copyMakeBorder(large, border, border, border, border, cv2.BORDER_REFLECT)
    # The mirrored border is blurred: it must not offer the detector second faces.
    soft = cv2.GaussianBlur(canvas, (0, 0), 12)
    soft[border : border + FACE_SIDE_PX, border : border + FACE_SIDE_PX] = large
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_GRAY2BGR), np.uint8)


def measure(faces: npt.NDArray[np.uint8], detector: FaceDetector) -> dict[str, Any]:
    """How the training square lies round the detector's box.

    Args:
        faces: uint8 (n, h, w) grey.

    Returns:
        ``{"scale", "shift_x", "shift_y"}`` as in :class:`realtime_fer.core.cards.model_spec.CropSpec` (medians),
        ``scale_iqr`` (the middle half's width), ``n`` boxes measured, ``of`` pictures looked at.

    Raises:
        DatasetError: nothing was found.
    """
    rows = []
    for index, face in enumerate(faces):
        canvas_side = CANVAS_SIDES_PX[index % len(CANVAS_SIDES_PX)]
        boxes = detector.detect(padded(face, canvas_side)).xyxy.astype(np.float64)
        sides = np.sqrt(np.prod(boxes[:, 2:] - boxes[:, :2], axis=1))
        offsets = canvas_side / 2 - (boxes[:, :2] + boxes[:, 2:]) / 2
        # A box beside the face is a false one; two on the face leave open which is right.
        on_face = np.flatnonzero((np.abs(offsets) < FACE_SIDE_PX / 2).all(1))
        if len(on_face) == 1:
            side, (dx, dy) = sides[on_face[0]], offsets[on_face[0]]
            rows.append((FACE_SIDE_PX / side, dx / side, dy / side))
    if not rows:
        raise DatasetError(f"The detector found none of {len(faces)} faces.")
    table = np.array(rows)
    scale, shift_x, shift_y = np.median(table, 0)
    low, high = np.percentile(table[:, 0], [25, 75])
    return {
        "scale": round(float(scale), 3),
        "shift_x": round(float(shift_x), 3),
        "shift_y": round(float(shift_y), 3),
        "scale_iqr": round(float(high - low), 3),
        "n": len(rows),
        "of": len(faces),
    }


def measure_crops(faces: npt.NDArray[np.uint8]) -> dict[str, dict[str, Any]]:
    """The ``crop`` entry of a card, for both families of detectors, each as the program runs it by default.

    Raises:
        DetectorError: MediaPipe's files are not there.
        DatasetError: a detector found nothing.
    """
    crops: dict[str, dict[str, Any]] = {}
    # The cascade finds no eyes, so there is nothing to turn a head by.
    for name, min_tilt_degrees in (("mediapipe", MIN_TILT_DEGREES), ("haar", None)):
        detector = make_detector(name)
        try:
            crops[name] = {**measure(faces, detector), "min_tilt_degrees": min_tilt_degrees}
        finally:
            # Closed by hand: MediaPipe cannot close it any more once the interpreter is ending.
            detector.close()
    return crops
