"""Two figures of the visible expression: its pleasantness and its strength.

They sum up the smoothed probabilities of one face. They are of the expression, and do not say how the person feels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

#: Names of the two in files.
PLEASANTNESS, STRENGTH = "pleasantness", "strength"

UNPLEASANT = ("sad", "fear", "disgust", "angry", "contempt")


def pleasantness(smoothed: npt.NDArray[np.float32], class_names: Sequence[str]) -> float:
    """-1 to 1: the probability of happy less that of the strongest unpleasant expression; NaN where neither is known.

    Example:
        >>> round(pleasantness(np.float32([0.1, 0.7, 0.2]), ("neutral", "happy", "sad")), 2)
        0.5

    Args:
        smoothed: (C,), of one face.
        class_names: of its columns.
    """
    of = dict(zip(class_names, smoothed.tolist(), strict=False))
    unpleasant = [of[name] for name in UNPLEASANT if name in of]
    return of["happy"] - max(unpleasant) if "happy" in of and unpleasant else float("nan")


def strength(smoothed: npt.NDArray[np.float32], class_names: Sequence[str]) -> float:
    """0 to 1: the probability that the face is not neutral; NaN where the model does not know neutral.

    Example:
        >>> round(strength(np.float32([0.1, 0.7, 0.2]), ("neutral", "happy", "sad")), 2)
        0.9
    """
    of = dict(zip(class_names, smoothed.tolist(), strict=False))
    return 1 - of["neutral"] if "neutral" in of else float("nan")
