"""Blendshapes of a face: how far each of 52 shapes of an avatar's face is moved, 0 to 1.

Names and order are those of MediaPipe's ``face_blendshapes_graph.cc`` (Apache-2.0); all but the first are those of
Apple's ARKit too. Left and right are the person's own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: Columns of ``Faces.blendshapes``. The first tells nothing that is documented.
BLENDSHAPE_KEYS = (
    "_neutral",
    "browDownLeft",
    "browDownRight",
    "browInnerUp",
    "browOuterUpLeft",
    "browOuterUpRight",
    "cheekPuff",
    "cheekSquintLeft",
    "cheekSquintRight",
    "eyeBlinkLeft",
    "eyeBlinkRight",
    "eyeLookDownLeft",
    "eyeLookDownRight",
    "eyeLookInLeft",
    "eyeLookInRight",
    "eyeLookOutLeft",
    "eyeLookOutRight",
    "eyeLookUpLeft",
    "eyeLookUpRight",
    "eyeSquintLeft",
    "eyeSquintRight",
    "eyeWideLeft",
    "eyeWideRight",
    "jawForward",
    "jawLeft",
    "jawOpen",
    "jawRight",
    "mouthClose",
    "mouthDimpleLeft",
    "mouthDimpleRight",
    "mouthFrownLeft",
    "mouthFrownRight",
    "mouthFunnel",
    "mouthLeft",
    "mouthLowerDownLeft",
    "mouthLowerDownRight",
    "mouthPressLeft",
    "mouthPressRight",
    "mouthPucker",
    "mouthRight",
    "mouthRollLower",
    "mouthRollUpper",
    "mouthShrugLower",
    "mouthShrugUpper",
    "mouthSmileLeft",
    "mouthSmileRight",
    "mouthStretchLeft",
    "mouthStretchRight",
    "mouthUpperUpLeft",
    "mouthUpperUpRight",
    "noseSneerLeft",
    "noseSneerRight",
)


def _other_side(key: str) -> str:
    for side, other in (("Left", "Right"), ("Right", "Left")):
        if key.endswith(side):
            return key.removesuffix(side) + other
    return key


_MIRRORED = np.array([BLENDSHAPE_KEYS.index(_other_side(key)) for key in BLENDSHAPE_KEYS])


def mirrored(blendshapes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(n, 52) with left and right exchanged, for faces that were seen in a mirror."""
    return blendshapes[:, _MIRRORED]
