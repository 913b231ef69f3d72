"""Measures how training faces lie relative to detectors' boxes, so that live faces can be cropped alike.

A training face is enlarged and placed in the middle of a larger canvas, padded by its own mirrored border. The
program's detector runs on the canvas. A card's ``crop`` describes the training square relative to the box, in shares of
the box's side (the geometric mean of width and height), as medians over all detected faces.
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

#: Sides that alternate, so that the face fills half or a quarter of the picture: boxes of small faces differ a little.
CANVAS_SIDES_PX = (384, 768)

#: A live face whose eye line tilts further is rotated upright; training rotated faces by up to 15 degrees.
MIN_TILT_DEGREES = 10.0


def padded(face: Image, canvas_side_px: int) -> Image:
    """A square uint8 BGR canvas with the grey (h, w) face, enlarged, in its middle."""
    large = cv2.resize(face, (FACE_SIDE_PX, FACE_SIDE_PX), interpolation=cv2.INTER_CUBIC)
    border = (canvas_side_px - FACE_SIDE_PX) // 2
    canvas = cv2.copyMakeBorder(large, border, border, border, border, cv2.BORDER_REFLECT)
    # Blurred, so that the mirrored border shows the detector no second face.
    soft = cv2.GaussianBlur(canvas, (0, 0), 12)
    soft[border : border + FACE_SIDE_PX, border : border + FACE_SIDE_PX] = large
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_GRAY2BGR), np.uint8)


def measure(faces: npt.NDArray[np.uint8], detector: FaceDetector) -> dict[str, Any]:
    """How the training square lies relative to the detector's box.

    Args:
        faces: uint8 (n, h, w) grey.

    Returns:
        ``{"scale", "shift_x", "shift_y"}`` as in :class:`realtime_fer.core.cards.model_spec.CropSpec` (medians),
        ``scale_iqr`` (interquartile range), ``n`` boxes measured, ``of`` pictures searched.

    Raises:
        DatasetError: no face was detected.
    """
    rows = []
    for index, face in enumerate(faces):
        canvas_side = CANVAS_SIDES_PX[index % len(CANVAS_SIDES_PX)]
        boxes = detector.detect(padded(face, canvas_side)).xyxy.astype(np.float64)
        sides = np.sqrt(np.prod(boxes[:, 2:] - boxes[:, :2], axis=1))
        offsets = canvas_side / 2 - (boxes[:, :2] + boxes[:, 2:]) / 2
        # A box beside the face is a false detection; of two on the face, neither is certain.
        on_face = np.flatnonzero((np.abs(offsets) < FACE_SIDE_PX / 2).all(1))
        if len(on_face) == 1:
            side, (dx, dy) = sides[on_face[0]], offsets[on_face[0]]
            rows.append((FACE_SIDE_PX / side, dx / side, dy / side))
    if not rows:
        raise DatasetError(f"The detector found none of the {len(faces)} faces.")
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
    """The ``crop`` entry of a card for both detector families, each as the program runs it by default.

    Raises:
        DetectorError: MediaPipe's files are missing.
        DatasetError: a detector found no face.
    """
    crops: dict[str, dict[str, Any]] = {}
    # The cascade finds no eyes, so tilt is unknown.
    for name, min_tilt_degrees in (("mediapipe", MIN_TILT_DEGREES), ("haar", None)):
        detector = make_detector(name)
        try:
            crops[name] = {**measure(faces, detector), "min_tilt_degrees": min_tilt_degrees}
        finally:
            # Closed explicitly: MediaPipe cannot close itself while the interpreter shuts down.
            detector.close()
    return crops
