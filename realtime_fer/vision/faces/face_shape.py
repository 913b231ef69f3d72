"""Checks whether six key points lie as in a face: where a network is mistaken, they often do not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces

#: Bounds in sides of the box, along the line from between the eyes to the mouth (down) and across it. Of 1,946 faces
#: found in portraits, FER2013 and clips of people who turn and walk, one lies outside; of 212 found in noise and
#: textures, 87 do.
_MOUTH_DOWN = (0.30, 0.60)
_NOSE_DOWN = (0.08, 0.38)
_NOSE_ACROSS = 0.16
_EYES_APART = 0.20
_EYES_SKEWED = 0.12
_EARS_APART = 0.50
_EARS_DOWN = (-0.12, 0.30)
_EARS_ASIDE = 0.36

#: The mouth lies below the eyes: cosine of the largest tilt of the head, some 70 degrees.
_UPRIGHT = 0.3


def shaped_like_faces(faces: Faces) -> npt.NDArray[np.bool_]:
    """(n,): whether key points lie as in a face: eyes above nose and mouth, left before right, ears outside.

    All True without BlazeFace's six key points.
    """
    if faces.keypoints.shape[1] != 6:
        return np.ones(len(faces), np.bool_)
    side = np.sqrt(np.clip(np.prod(faces.xyxy[:, 2:] - faces.xyxy[:, :2], axis=1), 1e-6, None))
    points = faces.keypoints / side[:, None, None]
    between_eyes = (points[:, 0] + points[:, 1]) / 2
    to_mouth = points[:, 3] - between_eyes
    length = np.linalg.norm(to_mouth, axis=1)
    down = to_mouth / np.maximum(length, 1e-6)[:, None]
    across = np.stack([down[:, 1], -down[:, 0]], axis=1)

    def along(vectors: npt.NDArray[np.float32], axis: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return np.asarray((vectors * axis).sum(axis=1), np.float32)

    eyes, nose = points[:, 1] - points[:, 0], points[:, 2] - between_eyes
    ears, between_ears = points[:, 5] - points[:, 4], (points[:, 4] + points[:, 5]) / 2 - between_eyes
    return np.asarray(
        _within(length, *_MOUTH_DOWN)
        & _within(along(nose, down), *_NOSE_DOWN)
        & (np.abs(along(nose, across)) < _NOSE_ACROSS)
        & (along(eyes, across) > _EYES_APART)
        & (np.abs(along(eyes, down)) < _EYES_SKEWED)
        & (along(ears, across) > _EARS_APART)
        & _within(along(between_ears, down), *_EARS_DOWN)
        & (np.abs(along(between_ears, across)) < _EARS_ASIDE)
        & (down[:, 1] > _UPRIGHT)
    )


def _within(values: npt.NDArray[np.float32], low: float, high: float) -> npt.NDArray[np.bool_]:
    return np.asarray((values > low) & (values < high))
