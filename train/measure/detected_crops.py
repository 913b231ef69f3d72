"""The accuracy lost by detection: a network on a data set's own crops, and on crops around detected boxes.

Faces are enlarged, placed in a larger picture (:func:`train.measure.crop_margins.padded`), detected by the program's
detectors and cropped by the program's own code. Faces that are not found are counted but not compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.protocols import FaceDetector
from realtime_fer.vision.preprocessing import crop_faces, to_network_input
from train.data.labelled_faces import LabelledFaces
from train.measure.crop_margins import CANVAS_SIDES_PX, padded
from train.metrics import confusion_matrix, macro_f1
from train.predictors import Predictor


def cut_as_live(
    faces: npt.NDArray[np.uint8], detector: FaceDetector, spec: ModelSpec
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    """The faces that are detected, as network inputs, and their positions.

    Args:
        faces: uint8 (n, h, w) grey.

    Returns:
        float32 (k, H, W, C), and int (k,). Of several boxes the one nearest to the middle counts.
    """
    crop = spec.crop_for(detector.family)
    canvas_side = CANVAS_SIDES_PX[0]
    inputs: list[npt.NDArray[np.float32]] = []
    found: list[int] = []
    for position, face in enumerate(faces):
        canvas = padded(face, canvas_side)
        boxes = detector.detect(canvas)
        if not len(boxes):
            continue
        centres = (boxes.xyxy[:, :2] + boxes.xyxy[:, 2:]) / 2
        nearest = int(np.linalg.norm(centres - canvas_side / 2, axis=1).argmin())
        inputs.append(crop_faces(canvas, boxes.select([nearest]), crop, spec.input))
        found.append(position)
    shape = (0, spec.input.height, spec.input.width, spec.input.channels)
    return np.concatenate(inputs) if inputs else np.zeros(shape, np.float32), np.array(found, np.intp)


def detection_loss(
    predictor: Predictor, spec: ModelSpec, faces: LabelledFaces, detector: FaceDetector
) -> dict[str, Any]:
    """Accuracy and macro F1 on the detected faces, with the data set's crops and with live crops.

    ``loss_points`` is the difference of the accuracies in percentage points.
    """
    known = faces.select([key for key in faces.class_names if key in spec.class_names]).in_order(spec.class_names)
    inputs, found = cut_as_live(known.images, detector, spec)
    labels = known.labels[found]
    if not len(found):
        return {"n": 0, "of": len(known), "not_found": len(known)}
    whole = predictor.predict(to_network_input(known.images[found], spec.input)).argmax(1)
    live = predictor.predict(inputs).argmax(1)
    classes = len(spec.class_names)
    own, cut = float((whole == labels).mean()), float((live == labels).mean())
    return {
        "n": len(found),
        "of": len(known),
        "not_found": len(known) - len(found),
        "own_crops": {"accuracy": own, "macro_f1": macro_f1(confusion_matrix(labels, whole, classes))},
        "detected_crops": {"accuracy": cut, "macro_f1": macro_f1(confusion_matrix(labels, live, classes))},
        "loss_points": (own - cut) * 100,
    }
