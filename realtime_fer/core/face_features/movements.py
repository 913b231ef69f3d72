"""What a face does, as its points tell: names of ``Faces.movements``.

They are called movements, not action units of the Facial Action Coding System: what points tell of those is coarse.
``docs/landmarks.md`` tells which action units each is like.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.text.translation import translate

#: 0 to 1, in the order of the columns. Left and right are those of the picture.
MOVEMENT_KEYS = (
    "left_eye_open",
    "right_eye_open",
    "eyes_wide",
    "mouth_open",
    "smile",
    "mouth_corners_down",
    "inner_brows_up",
    "outer_brows_up",
    "brows_lowered",
    "lips_pressed",
    "nose_wrinkled",
)

#: After them: whether the mouth moves as in speech, 0 or 1, and how often both eyes have blinked so far.
SPEAKING, BLINKS = "speaking", "blinks"

#: All columns of ``Faces.movements``.
MOVEMENT_COLUMNS = (*MOVEMENT_KEYS, SPEAKING, BLINKS)

#: What of a face is measured without its rest: what the movements come from, then each side of the face by itself, so
#: that one raised brow or a smile of one corner can be told. Columns of ``Faces.measures``.
MEASURE_KEYS = (
    *MOVEMENT_KEYS,
    "left_inner_brow",
    "right_inner_brow",
    "left_outer_brow",
    "right_outer_brow",
    "left_mouth_corner",
    "right_mouth_corner",
    "mouth_width",
)


def mirrored_measures(measures: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(n, 18) of ``Faces.measures`` with left and right exchanged, for faces that were seen in a mirror."""
    return measures[:, _MIRRORED]


def _other_side(key: str) -> str:
    side, _, rest = key.partition("_")
    return {"left": f"right_{rest}", "right": f"left_{rest}"}.get(side, key)


_MIRRORED = np.array([MEASURE_KEYS.index(_other_side(key)) for key in MEASURE_KEYS])


def is_speaking(movements: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """bool (n,) of ``Faces.movements`` (n, 13); False where it is not known."""
    return np.asarray(movements[:, MOVEMENT_COLUMNS.index(SPEAKING)] > 0)


def movement_title(column: str) -> str:
    """What a person reads for one of ``MOVEMENT_COLUMNS``, in their language."""
    return {
        "left_eye_open": translate("Movement", "Left eye open"),
        "right_eye_open": translate("Movement", "Right eye open"),
        "eyes_wide": translate("Movement", "Eyes wide"),
        "mouth_open": translate("Movement", "Mouth open"),
        "smile": translate("Movement", "Smile"),
        "mouth_corners_down": translate("Movement", "Corners down"),
        "inner_brows_up": translate("Movement", "Inner brows up"),
        "outer_brows_up": translate("Movement", "Outer brows up"),
        "brows_lowered": translate("Movement", "Brows lowered"),
        "lips_pressed": translate("Movement", "Lips pressed"),
        "nose_wrinkled": translate("Movement", "Nose wrinkled"),
        SPEAKING: translate("Movement", "Speaking"),
        BLINKS: translate("Movement", "Blinks"),
    }[column]
