"""A crowd for the benchmark: one face of a source, repeated in rows and moving a little."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np

from realtime_fer.core.errors import SourceError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import FaceDetector

_SHIFT_PX = 8

#: Margin around the face, as a share of the side of its box.
_MARGIN = 0.5


class Crowd:
    """A picture with ``count`` faces, and a detector that finds them all.

    No detector here finds forty faces in one picture, since each searches a copy of at most 400 pixels. So the real
    detector searches every frame, which takes its usual time, and its result is replaced by the known positions.

    Args:
        image_bgr: a picture in which ``detector`` finds at least one face.

    Raises:
        SourceError: ``detector`` finds no face.
    """

    def __init__(self, image_bgr: Image, detector: FaceDetector, count: int) -> None:
        self._detector = detector
        found = detector.detect(image_bgr)
        if not len(found):
            raise SourceError("There is no face in the first frame to make a crowd of.")
        height, width = image_bgr.shape[:2]
        columns = math.ceil(math.sqrt(count * width / height))
        rows = math.ceil(count / columns)
        cell = min(width // columns, height // rows) - _SHIFT_PX
        tile, face = _cut(image_bgr, found.select([0]), cell)
        self.image_bgr = np.full_like(image_bgr, 120)
        placed: list[Faces] = []
        for number in range(count):
            x, y = number % columns * (width // columns), number // columns * (height // rows)
            self.image_bgr[y : y + cell, x : x + cell] = tile
            placed.append(face.moved(np.array([x, y], np.float32)))
        self._faces = Faces.joined(placed)
        self._shift = np.zeros(2, np.float32)

    @property
    def name(self) -> str:
        return self._detector.name

    @property
    def family(self) -> str:
        return self._detector.family

    @property
    def landmarks(self) -> None:
        """A crowd is too many to be followed."""
        return None

    def frames(self) -> Iterator[Image]:
        """Yields frames forever; ``detect`` refers to the last one."""
        step = 0
        while True:
            x, y = (round(_SHIFT_PX / 2 * (1 + math.sin(step / pace))) for pace in (7, 11))
            self._shift = np.array([x, y], np.float32)
            yield np.roll(self.image_bgr, (y, x), (0, 1))
            step += 1

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        self._detector.detect(image_bgr, thorough=thorough, tiles=tiles)
        return self._faces.moved(self._shift)

    def close(self) -> None:
        self._detector.close()


def _cut(image_bgr: Image, face: Faces, side: int) -> tuple[Image, Faces]:
    """Cuts the face with its margin as a square of ``side`` pixels; returns it and the face's place in it."""
    left, top, right, bottom = face.xyxy[0].tolist()
    reach = max(right - left, bottom - top) * (1 + 2 * _MARGIN)
    corner = np.array([(left + right - reach) / 2, (top + bottom - reach) / 2], np.float32)
    scale = side / reach
    move = np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]])
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    tile = cv2.warpAffine(image_bgr, move, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    moved = face.moved(-corner).scaled(scale)
    return tile, Faces(moved.xyxy, np.array([0.9], np.float32), moved.keypoints)
