"""What the API says of a result: plain values, for JSON."""

from __future__ import annotations

import math
from typing import Any

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.translation import Wording

_DOUBTS = {doubt.key: doubt for doubt in DOUBTS}


def answer_of(result: FrameResult) -> dict[str, Any]:
    """Of a picture: ``{"width", "height", "faces": [...]}``; docs/web.md describes a face."""
    height, width = result.frame.image_bgr.shape[:2]
    return {"width": width, "height": height, "faces": [_face(result, face) for face in range(len(result.faces))]}


def frame_answer_of(result: FrameResult, numbers: dict[int, int]) -> dict[str, Any]:
    """Of a video's frame: ``{"frame", "time", "faces": [...]}``; each face has an ``id`` that goes on between frames.

    Args:
        numbers: identity to id, of the frames before; new ones are added.
    """
    faces = []
    for face, identity in enumerate(result.faces.tracker_id.tolist()):
        number = numbers.setdefault(identity, len(numbers) + 1)
        faces.append({"id": number, **_face(result, face)})
    return {"frame": result.frame.index, "time": round(result.frame.timestamp_s, 4), "faces": faces}


def _face(result: FrameResult, face: int) -> dict[str, Any]:
    faces = result.faces
    doubt = _DOUBTS[result.doubt_of(face)]
    return {
        "box": [round(edge, 1) for edge in faces.xyxy[face].tolist()],
        "confidence": round(float(faces.confidence[face]), 4),
        "expression": result.expression_of(face) or None,
        "doubt": doubt.key or None,
        "doubt_words": Wording("Doubt", doubt.words) if doubt.words else None,
        "probabilities": _by_class(result, faces.probabilities[face].tolist()),
        "smoothed": _by_class(result, faces.smoothed[face].tolist()),
        "pose": _pose(faces.pose[face].tolist()),
    }


def _by_class(result: FrameResult, values: list[float]) -> dict[str, float]:
    # There are none where no model read the face.
    return {key: round(value, 4) for key, value in zip(result.class_names, values, strict=False)}


def _pose(angles: list[float]) -> dict[str, float] | None:
    if not all(math.isfinite(angle) for angle in angles):
        return None
    return {key: round(angle, 1) for key, angle in zip(POSE_KEYS, angles, strict=True)}
