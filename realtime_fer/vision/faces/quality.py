"""How well a face can be seen, measured on its pixels and its key points.

A network's answer for a face that is tiny, dark or blurred looks surer than it is, so that quality is measured apart.
Sharpness is after Pertuz et al., "Analysis of focus measure operators", 2013 (variance of the
Laplacian), but of its weaker direction, so that motion blur counts too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import samples_across
from realtime_fer.vision.image_parts import Edges, grey_pixels

Float32 = npt.NDArray[np.float32]

#: Faces are measured at this size, pixels: about what the networks see, so that finer detail does not count.
MEASURED_PX = 48

#: Degrees of yaw, or of pitch, that count as a turn of 1. fer-s-7 names 55 % of the 1,124 faces of facial_expressions'
#: validation that are turned by less than 10 degrees of yaw as labelled, 42 % of the 196 of 20 to 40; 11 of the 1,920
#: are turned further, by yaw or pitch.
YAW, PITCH = 90.0, 80.0

#: Grey levels squared, added to the contrast, so that the sharpness of a plain grey square is 0.
_CONTRAST_FLOOR = 25.0


@dataclass(frozen=True)
class FaceQuality:
    """Of n faces; each float32 (n,).

    Attributes:
        side_px: geometric mean of the box's sides in the frame.
        brightness: mean grey of the box's visible part, 0 to 255.
        sharpness: variance of the second difference, across or down whichever is less, over that of the grey values.
        turn: how far the head is turned away: 0 from the front, 0.5 at ``YAW`` / 2 or ``PITCH`` / 2. Where the face's
            points are not known: how far the nose tip lies from the middle between the eyes, along the line of the eyes
            and in their distance, about 0.5 at 45 degrees of yaw; 0 where the detector gives no key points either.
    """

    side_px: Float32
    brightness: Float32
    sharpness: Float32
    turn: Float32


def measure_quality(image_bgr: Image, faces: Faces, parts: Mapping[int, ImagePart | None] | None = None) -> FaceQuality:
    """Measures every face of a uint8 (h, w, 3) image. A face outside the image has a side of 0.

    Args:
        parts: of the image, by the faces' identities, where they were copied.
    """
    n = len(faces)
    side_px, brightness, sharpness = (np.zeros(n, np.float32) for _ in range(3))
    for face in range(n):
        edges = _visible_edges(image_bgr, faces.xyxy[face])
        if edges is None:
            continue
        left, top, right, bottom = faces.xyxy[face].tolist()
        side_px[face] = ((right - left) * (bottom - top)) ** 0.5
        grey = _measured(image_bgr, edges, parts.get(int(faces.tracker_id[face])) if parts else None)
        mean, deviation = _mean_and_deviation(grey)
        brightness[face] = mean
        sharpness[face] = _sharpness(grey, deviation)
    return FaceQuality(side_px, brightness, sharpness, _turn(faces))


def _visible_edges(image_bgr: Image, xyxy: Float32) -> Edges | None:
    edges = xyxy.tolist()
    if not all(map(math.isfinite, edges)):
        return None
    height, width = image_bgr.shape[:2]
    left, top = max(math.floor(edges[0]), 0), max(math.floor(edges[1]), 0)
    right, bottom = min(math.ceil(edges[2]), width), min(math.ceil(edges[3]), height)
    return Edges(left, top, right, bottom) if right > left and bottom > top else None


def _measured(image_bgr: Image, edges: Edges, part: ImagePart | None) -> Float32:
    """(48, 48), grey."""
    size = MEASURED_PX, MEASURED_PX
    grey = grey_pixels(image_bgr, edges, part)
    shorter = min(grey.shape)
    if shorter > 2 * MEASURED_PX:
        pixels = samples_across(shorter, MEASURED_PX)
        grey = cv2.resize(grey, (pixels, pixels), interpolation=cv2.INTER_LINEAR)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if shorter > MEASURED_PX else cv2.INTER_LINEAR)
    return small.astype(np.float32)


def _sharpness(grey: Float32, deviation: float) -> float:
    middle = -2 * grey
    across = grey[:, :-2] + middle[:, 1:-1] + grey[:, 2:]
    down = grey[:-2] + middle[1:-1] + grey[2:]
    least = min(_mean_and_deviation(across)[1], _mean_and_deviation(down)[1])
    return least**2 / (deviation**2 + _CONTRAST_FLOOR)


def _mean_and_deviation(values: Float32) -> tuple[float, float]:
    mean, deviation = cv2.meanStdDev(values)
    return float(mean[0, 0]), float(deviation[0, 0])


def _turn(faces: Faces) -> Float32:
    """(n,)"""
    # Rows without points are NaN.
    by_pose = np.maximum(np.abs(faces.pose[:, 0]) / np.float32(YAW), np.abs(faces.pose[:, 1]) / np.float32(PITCH))
    unknown = np.isnan(by_pose)
    return np.where(unknown, _turn_by_nose(faces.keypoints), by_pose) if unknown.any() else by_pose


def _turn_by_nose(keypoints: Float32) -> Float32:
    """(n, k, 2) -> (n,)."""
    if keypoints.shape[1] < 3:
        return np.zeros(len(keypoints), np.float32)
    eyes = keypoints[:, 1] - keypoints[:, 0]
    apart = np.maximum((eyes**2).sum(axis=1), 1e-6)
    nose = keypoints[:, 2] - (keypoints[:, 0] + keypoints[:, 1]) / 2
    return np.asarray(np.abs((nose * eyes).sum(axis=1)) / apart, np.float32)
