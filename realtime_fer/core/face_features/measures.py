"""All that a face's points tell over time: movements and where the head is turned, with the words for people."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.movements import BLINKS, MOVEMENT_COLUMNS, SPEAKING, movement_title
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate

#: Where the face looks, -1 to 1: left to right of the picture, and down to up. Made of the column ``gaze``.
GAZE_ACROSS, GAZE_UPWARDS = "gaze_across", "gaze_upwards"
GAZE_MEASURES = (GAZE_ACROSS, GAZE_UPWARDS)

#: The names of their columns in files, too, but for those of ``GAZE_MEASURES``.
MEASURE_KEYS = (*MOVEMENT_COLUMNS, *POSE_KEYS, *GAZE_MEASURES)

#: Rows that are filled from their middle.
SIGNED_MEASURES = (*POSE_KEYS, *GAZE_MEASURES)

#: Degrees that fill a row of the timeline upwards or downwards.
FULL_ANGLE = 45.0


def measure_title(key: str) -> str:
    """What a person reads for one of ``MEASURE_KEYS``, in their language."""
    if key in MOVEMENT_COLUMNS:
        return movement_title(key)
    return {
        "yaw": translate("Movement", "Yaw"),
        "pitch": translate("Movement", "Pitch"),
        "roll": translate("Movement", "Roll"),
        GAZE_ACROSS: translate("Movement", "Gaze ↔"),
        GAZE_UPWARDS: translate("Movement", "Gaze ↕"),
    }[key]


def gaze_title(key: str) -> str:
    """What a person reads for one of ``GAZE_KEYS``, in their language."""
    return {
        "left": translate("Movement", "left"),
        "centre": translate("Movement", "centre"),
        "right": translate("Movement", "right"),
        "up": translate("Movement", "up"),
        "down": translate("Movement", "down"),
    }[key]


def gaze_measures(key: str) -> tuple[float, float]:
    """Of one of ``GAZE_KEYS``, the values of ``GAZE_MEASURES``; NaN of ''."""
    return _GAZE.get(key, (math.nan, math.nan))


_GAZE = {"left": (-1.0, 0.0), "centre": (0.0, 0.0), "right": (1.0, 0.0), "up": (0.0, 1.0), "down": (0.0, -1.0)}


def measure_words(key: str, value: float) -> str:
    """'62 %', '−12°', 'yes', '12', 'left'; '–' where it is not known."""
    if not math.isfinite(value):
        return "–"
    if key in POSE_KEYS:
        return degrees(value)
    if key in GAZE_MEASURES:
        away = ("left", "right") if key == GAZE_ACROSS else ("down", "up")
        return gaze_title(away[value > 0]) if abs(value) > 0.5 else translate("Movement", "straight")
    if key == SPEAKING:
        return translate("Movement", "yes") if value > 0 else translate("Movement", "no")
    return str(round(value)) if key == BLINKS else f"{whole_percent(min(max(value, 0.0), 1.0))} %"


def degrees(angle: float) -> str:
    """'−12°', or '–' where it is not known."""
    return f"{round(angle)}°".replace("-", "−") if math.isfinite(angle) else "–"


def lane_heights(key: str, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(n,) values -> (n,) heights in a row of the timeline, NaN where they are not known.

    0 to 1 from the row's bottom; of ``SIGNED_MEASURES`` -1 to 1 from its middle, where ``FULL_ANGLE`` fills it. Blinks
    are 1 where one more was counted.
    """
    if key in POSE_KEYS:
        return np.clip(values / np.float32(FULL_ANGLE), -1, 1)
    if key == BLINKS:
        counted = np.diff(values, prepend=values[:1]) > 0
        return np.where(np.isfinite(values), counted.astype(np.float32), np.float32(np.nan))
    return np.clip(values, -1 if key in SIGNED_MEASURES else 0, 1)
