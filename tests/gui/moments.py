"""Results of a moment, as the timeline takes them."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Comparison, Frame, FrameResult

SEVEN = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


def moment(
    time_s: float,
    shares: dict[int, dict[str, float]],
    *,
    doubts: dict[int, str] | None = None,
    generation: int = 0,
    paused_s: float = 0.0,
    class_names: tuple[str, ...] = SEVEN,
    compared: dict[int, str] | None = None,
    comparison_model: str = "b",
) -> FrameResult:
    """A result at ``time_s``: the smoothed shares of each identity, why some are doubted, what a second model says."""
    image = np.zeros((36, 64, 3), np.uint8)
    smoothed = np.zeros((len(shares), len(class_names)), np.float32)
    for row, of_person in enumerate(shares.values()):
        for key, share in of_person.items():
            smoothed[row, class_names.index(key)] = share
    reasons = [DOUBT_KEYS.index((doubts or {}).get(identity, "")) for identity in shares]
    faces = Faces(
        np.zeros((len(shares), 4), np.float32),
        np.ones(len(shares), np.float32),
        tracker_id=np.array(list(shares), np.int64),
        probabilities=smoothed,
        smoothed=smoothed,
        doubt=np.array(reasons, np.uint8),
    )
    frame = Frame(image, 0, time_s, source_generation=generation, paused_s=paused_s)
    comparison = None
    if compared is not None:
        sure = np.zeros((len(shares), len(SEVEN)), np.float32)
        for row, identity in enumerate(shares):
            if compared[identity]:
                sure[row, SEVEN.index(compared[identity])] = 1.0
        comparison = Comparison(comparison_model, SEVEN, sure, sure)
    return FrameResult(frame, faces, class_names, model_id="a", min_confidence=0.35, comparison=comparison)
