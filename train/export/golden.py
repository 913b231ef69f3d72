"""Golden faces, on which an exported network is compared with the trained one.

They are cut from the public-domain NASA portrait that the program ships, with random framing, light and texture, since
photographs of data sets may not be passed on.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import SourceError

PORTRAIT = Path(__file__).resolve().parents[2] / "realtime_fer" / "assets" / "astronaut.jpg"

#: The face in the 512x512 portrait: centre and side in pixels.
FACE_X, FACE_Y, FACE_SIDE = 224.0, 116.0, 128.0


def golden_faces(count: int = 32, side: int = 48, seed: int = 11) -> npt.NDArray[np.uint8]:
    """uint8 (count, side, side), grey; the same for the same seed.

    Raises:
        SourceError: the portrait is missing.
    """
    portrait = cv2.imread(str(PORTRAIT), cv2.IMREAD_GRAYSCALE)
    if portrait is None:
        raise SourceError(f"{PORTRAIT}: is missing or is not an image.")
    scale = portrait.shape[1] / 512
    random = np.random.default_rng(seed)
    faces = np.empty((count, side, side), np.uint8)
    for index in range(count):
        x, y = np.array([FACE_X, FACE_Y]) * scale + random.uniform(-12, 12, 2) * scale
        zoom = side / (FACE_SIDE * scale * random.uniform(0.75, 1.25))
        turn = cv2.getRotationMatrix2D((float(x), float(y)), random.uniform(-25, 25), zoom)
        turn[:, 2] += side / 2 - np.array([x, y])
        face = cv2.warpAffine(portrait, turn, (side, side), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
        if random.random() < 0.5:
            face = face[:, ::-1]
        # Smooth random shades, from faint to stronger than the face, so that all classes occur.
        coarse = random.normal(0, 1, (6, 6)).astype(np.float32)
        shades = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC) * 80 * index / count
        contrast, brightness = random.uniform(0.5, 1.4), random.uniform(-40, 40)
        faces[index] = np.clip((face - 128.0) * contrast + 128 + brightness + shades, 0, 255).astype(np.uint8)
    return faces
