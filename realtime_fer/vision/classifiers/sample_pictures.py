"""Images that networks are tried on: variants of the face in the program's own portrait, and images without a face."""

from __future__ import annotations

from importlib import resources

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.vision.preprocessing import to_network_input

Float32 = npt.NDArray[np.float32]

#: The face in the program's portrait: left, top, right, bottom in its pixels.
_FACE = (172, 66, 284, 178)


def pictures(wanted: InputSpec) -> Float32:
    """(n, H, W, C) values 0 to 255: five variants of the portrait's face, and images without a face."""
    with resources.as_file(resources.files("realtime_fer.assets") / "astronaut.jpg") as path:
        portrait = cv2.imread(str(path))
    assert portrait is not None
    left, top, right, bottom = _FACE
    face = np.ascontiguousarray(portrait[top:bottom, left:right])
    side = len(face)
    turned = cv2.getRotationMatrix2D((side / 2, side / 2), 20, 1)
    noise = np.random.default_rng(0).integers(0, 256, face.shape).astype(np.uint8)
    ramp = np.broadcast_to(np.linspace(0, 255, side).astype(np.uint8)[:, None, None], face.shape)
    shown = [
        face,
        face[:, ::-1],
        cv2.convertScaleAbs(face, alpha=0.5),
        cv2.convertScaleAbs(face, alpha=0.6, beta=100),
        cv2.warpAffine(face, turned, (side, side), borderMode=cv2.BORDER_REPLICATE),
        face[::-1],
        255 - face,
        cv2.addWeighted(face, 0.5, np.ascontiguousarray(face[::-1]), 0.5, 0),
        np.roll(face, side // 3, 0),
        noise,
        np.full_like(face, 127),
        ramp,
    ]
    return np.concatenate([to_network_input(np.ascontiguousarray(one)[None], wanted) for one in shown])
