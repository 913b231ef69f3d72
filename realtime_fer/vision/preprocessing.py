"""Crops the faces of an image into a network's input. Training uses the same functions."""

from __future__ import annotations

import math
from collections.abc import Mapping

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import eye_tilt_degrees, samples_across, square_to_output
from realtime_fer.vision.image_parts import grey_square, warped

Float32 = npt.NDArray[np.float32]

#: Of the largest square that is cut.
_LARGEST_PX = 512


def to_network_input(crops: npt.NDArray[np.uint8], input_spec: InputSpec) -> Float32:
    """Cropped faces as a network takes them.

    Args:
        crops: uint8 (n, h, w) grey or (n, h, w, 3) BGR, of any size; n may be 0.

    Returns:
        float32 (n, H, W, C), 0 to 255, grey for C = 1, RGB for C = 3.
    """
    batch = np.empty((len(crops), input_spec.height, input_spec.width, input_spec.channels), np.float32)
    for position, crop in enumerate(crops):
        batch[position] = _one(crop, input_spec)
    return batch


def crop_faces(
    image_bgr: Image,
    faces: Faces,
    crop: CropSpec,
    input_spec: InputSpec,
    parts: Mapping[int, ImagePart | None] | None = None,
) -> Float32:
    """The squares around all faces of an image, as a network takes them.

    Outside the image its border is repeated, as around the shifted faces of training.

    Args:
        image_bgr: uint8 (h, w, 3).
        crop: how the square lies around the box, from the model's card, for this detector's family.
        parts: of the image, by the faces' identities, where they were copied.

    Returns:
        float32 (n, H, W, C), 0 to 255; (0, H, W, C) without faces.
    """
    batch = np.empty((len(faces), input_spec.height, input_spec.width, input_spec.channels), np.float32)
    for position in range(len(faces)):
        to_image, pixels = _square(faces, position, crop, input_spec.width)
        part = parts.get(int(faces.tracker_id[position])) if parts else None
        if input_spec.channels == 1:
            square = grey_square(image_bgr, to_image, pixels, part)
        else:
            square = warped(image_bgr, to_image, pixels)
        batch[position] = _one(square, input_spec)
    return batch


def cut_square(image_bgr: Image, faces: Faces, position: int, crop: CropSpec) -> Image:
    """The uint8 (s, s, 3) BGR square of one face; s is its side in the image, limited to 8 to 512 pixels."""
    return warped(image_bgr, *_square(faces, position, crop, _LARGEST_PX))


def _square(faces: Faces, position: int, crop: CropSpec, wanted_px: int) -> tuple[npt.NDArray[np.float64], int]:
    """The square of one face as a network of ``wanted_px`` needs it: (2, 3), from its pixels to those of the image, and
    how many it has across.

    A larger one has a whole multiple of that, which shrinks several times faster than any other size.
    """
    left, top, right, bottom = faces.xyxy[position].tolist()
    mean_side = max(1.0, (max(0.0, right - left) * max(0.0, bottom - top)) ** 0.5)
    side = mean_side * crop.scale
    degrees = _tilt(faces, position, crop)
    # The offset turns with the head.
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    dx, dy = crop.shift_x * mean_side, crop.shift_y * mean_side
    centre_x = (left + right) / 2 + dx * cos - dy * sin
    centre_y = (top + bottom) / 2 + dx * sin + dy * cos
    pixels = samples_across(side, wanted_px)
    to_square = square_to_output(centre_x, centre_y, side, degrees, pixels)
    return np.asarray(cv2.invertAffineTransform(to_square), np.float64), pixels


def _tilt(faces: Faces, position: int, crop: CropSpec) -> float:
    if crop.min_tilt_degrees is None or faces.keypoints.shape[1] < 2:
        return 0.0
    degrees = eye_tilt_degrees(faces.keypoints[position, 0], faces.keypoints[position, 1])
    # Beyond a right angle the eyes are confused, as in a face in profile.
    return degrees if crop.min_tilt_degrees < abs(degrees) < 90 else 0.0


def _one(crop: Image, input_spec: InputSpec) -> npt.NDArray[np.uint8]:
    size = (input_spec.width, input_spec.height)
    if crop.ndim == 3 and input_spec.channels == 1:
        crop = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    elif crop.ndim == 3:
        crop = cv2.cvtColor(crop, cv2.COLOR_BGR2RGB)
    elif input_spec.channels == 3:
        crop = cv2.cvtColor(crop, cv2.COLOR_GRAY2RGB)
    if (crop.shape[1], crop.shape[0]) != size:
        shrinks = crop.shape[0] > input_spec.height
        # Area averaging keeps the fine texture of a large face from aliasing.
        crop = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return crop.reshape(input_spec.height, input_spec.width, input_spec.channels)
