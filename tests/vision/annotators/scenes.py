"""Results to draw, made of given boxes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame as CapturedFrame
from realtime_fer.core.frame import FrameResult

SEVEN = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


def picture(width: int = 640, height: int = 480, grey: int = 128) -> npt.NDArray[np.uint8]:
    return np.full((height, width, 3), grey, np.uint8)


def scene(
    boxes: Sequence[Sequence[float]] | npt.NDArray[np.float32],
    *,
    width: int = 640,
    height: int = 480,
    probabilities: Sequence[Sequence[float]] | None = None,
    classes: tuple[str, ...] = SEVEN,
    identities: Sequence[int] | None = None,
    time_s: float = 0.0,
    min_confidence: float = 0.35,
    model_id: str = "fer-s",
    detector: str = "mediapipe",
    media_time_s: float | None = None,
) -> FrameResult:
    """A result of those boxes. Without ``probabilities`` every face has 70 % of another class, the rest shared."""
    xyxy = np.asarray(boxes, np.float32).reshape(-1, 4)
    n, c = len(xyxy), len(classes)
    if probabilities is None:
        values = np.full((n, c), 0.3 / max(c - 1, 1), np.float32)
        for face in range(n if c else 0):
            values[face, face % c] = 0.7
    else:
        values = np.asarray(probabilities, np.float32).reshape(n, c)
    ids = np.arange(1, n + 1, dtype=np.int64) if identities is None else np.asarray(identities, np.int64)
    faces = Faces(xyxy, np.ones(n, np.float32), tracker_id=ids, probabilities=values, smoothed=values)
    frame = CapturedFrame(picture(width, height), 0, time_s, media_time_s=media_time_s)
    return FrameResult(
        frame,
        faces,
        classes,
        frame.image_bgr,
        model_id=model_id,
        detector_name=detector,
        min_confidence=min_confidence,
    )
