"""Measures how a detector's box lies in a training face, so that live crops can be cut as the training faces were.

A training face is enlarged and laid in the middle of a larger canvas of its own mirrored border; the detector
runs on the canvas. How the training square lies round the found box, in shares of the box's side (the geometric
mean of its width and height), is what a model's card says under ``crop``. The medians over all found faces count.

The detectors are called directly and not through the program: this room may not import the detectors' one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import DetectorError
from train.datasets.labelled_faces import DatasetError

Image = npt.NDArray[np.uint8]

#: xyxy boxes in pixels of a uint8 (h, w, 3) BGR picture: float (n, 4).
Detect = Callable[[Image], npt.NDArray[np.float64]]

FACE_SIDE_PX = 192

#: The face fills half and a quarter of the picture in turn: boxes of far faces are a little different.
CANVAS_SIDES_PX = (384, 768)


def haar_detector() -> Detect:
    """OpenCV's ``haarcascade_frontalface_default``, on equalised grey as the program runs it."""
    cascade = cv2.CascadeClassifier(str(Path(cv2.data.haarcascades) / "haarcascade_frontalface_default.xml"))

    def detect(image_bgr: Image) -> npt.NDArray[np.float64]:
        grey = cv2.equalizeHist(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2GRAY))
        found = np.asarray(cascade.detectMultiScale(grey, 1.15, 5, minSize=(96, 96)), np.float64).reshape(-1, 4)
        return np.concatenate([found[:, :2], found[:, :2] + found[:, 2:]], 1)

    return detect


@contextmanager
def blazeface_detector(model: Path) -> Iterator[Detect]:
    """MediaPipe's Tasks ``FaceDetector`` on single pictures.

    Raises:
        DetectorError: MediaPipe is not installed, or the file is missing or is no face detector.
    """
    try:
        import mediapipe as mp
        from mediapipe.tasks.python import BaseOptions, vision
    except ImportError as error:
        raise DetectorError(f"MediaPipe cannot be loaded: {error}.", "Try 'pip install mediapipe'.") from error
    try:
        options = vision.FaceDetectorOptions(base_options=BaseOptions(model_asset_buffer=model.read_bytes()))
        detector: Any = vision.FaceDetector.create_from_options(options)
    except OSError as error:
        raise DetectorError(f"{model}: cannot be read: {error.strerror}.") from error
    except (RuntimeError, ValueError) as error:
        raise DetectorError(f"{model}: is not a face detector.") from error

    def detect(image_bgr: Image) -> npt.NDArray[np.float64]:
        rgb = np.ascontiguousarray(image_bgr[:, :, ::-1])
        found = detector.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)).detections
        boxes = [d.bounding_box for d in found]
        xyxy = [(b.origin_x, b.origin_y, b.origin_x + b.width, b.origin_y + b.height) for b in boxes]
        return np.array(xyxy, np.float64).reshape(-1, 4)

    # Closed by hand: MediaPipe cannot close it any more once the interpreter is ending.
    try:
        yield detect
    finally:
        detector.close()


def padded(face: Image, canvas_side_px: int) -> Image:
    """A grey (h, w) training face as a square uint8 BGR canvas with the face, enlarged, in its middle."""
    large = cv2.resize(face, (FACE_SIDE_PX, FACE_SIDE_PX), interpolation=cv2.INTER_CUBIC)
    border = (canvas_side_px - FACE_SIDE_PX) // 2
    canvas = cv2.copyMakeBorder(large, border, border, border, border, cv2.BORDER_REFLECT)
    # The mirrored border is blurred: it must not offer the detector second faces.
    soft = cv2.GaussianBlur(canvas, (0, 0), 12)
    soft[border : border + FACE_SIDE_PX, border : border + FACE_SIDE_PX] = large
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_GRAY2BGR), np.uint8)


def measure(faces: npt.NDArray[np.uint8], detectors: Sequence[Detect]) -> dict[str, float]:
    """How the training square lies round a detector's box; the boxes of several detectors are pooled.

    Args:
        faces: uint8 (n, h, w) grey.

    Returns:
        ``{"scale", "shift_x", "shift_y"}`` as in :class:`realtime_fer.core.model_spec.CropSpec` (medians),
        ``scale_iqr`` (the middle half's width), ``n`` boxes measured, ``of`` pictures looked at.

    Raises:
        DatasetError: nothing was found.
    """
    rows = []
    for index, face in enumerate(faces):
        canvas_side = CANVAS_SIDES_PX[index % len(CANVAS_SIDES_PX)]
        canvas = padded(face, canvas_side)
        for detect in detectors:
            boxes = detect(canvas)
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
        "of": len(faces) * len(detectors),
    }


def measure_crops(faces: npt.NDArray[np.uint8], blazefaces: Sequence[Path]) -> dict[str, dict[str, float | None]]:
    """The ``crop`` entry of a card: for Haar, and for MediaPipe where its network files are given.

    Raises:
        DetectorError: a network's file is missing or damaged.
        DatasetError: a detector found nothing.
    """
    crops: dict[str, dict[str, float | None]] = {}
    if blazefaces:
        with ExitStack() as stack:
            detectors = [stack.enter_context(blazeface_detector(path)) for path in blazefaces]
            # Beyond this tilt of the eye line the head is turned upright; training turned faces by up to 15 degrees.
            crops["mediapipe"] = {**measure(faces, detectors), "min_tilt_degrees": 10.0}
    # The cascade finds no eyes, so there is nothing to turn a head by.
    crops["haar"] = {**measure(faces, [haar_detector()]), "min_tilt_degrees": None}
    return crops
