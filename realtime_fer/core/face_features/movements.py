"""What a face does, as its points tell: names of ``Faces.movements``.

They are called movements, not action units of the Facial Action Coding System: what points tell of those is coarse.
``docs/landmarks.md`` tells which action units each is like.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

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


def is_speaking(movements: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """bool (n,) of ``Faces.movements`` (n, 13); False where it is not known."""
    return np.asarray(movements[:, MOVEMENT_COLUMNS.index(SPEAKING)] > 0)
