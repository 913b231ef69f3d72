"""The caption that tells later viewers which model and detector ran."""

from __future__ import annotations

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.translation import translate


def caption_of(result: FrameResult) -> str:
    """'fer-s · mediapipe'; 'no model · haar' without a model; '' where neither is known."""
    if not result.model_id and not result.detector_name:
        return ""
    return " · ".join(
        part for part in (result.model_id or translate("Picture", "no model"), result.detector_name) if part
    )
