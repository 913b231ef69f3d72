"""Which way up a frame is shown, by the display matrix of its file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from av.sidedata.sidedata import SideDataContainer, Type
from av.video.frame import VideoFrame

from realtime_fer.core.frame import Image


@dataclass(frozen=True)
class Orientation:
    """The nearest of the eight ways to show a picture with level sides.

    Attributes:
        is_transposed: rows become columns, before the flips.
        flips_x, flips_y: left and right, top and bottom are exchanged then.
    """

    is_transposed: bool = False
    flips_x: bool = False
    flips_y: bool = False

    @property
    def is_mirrored(self) -> bool:
        """The picture is shown as in a mirror, whatever its turn."""
        return (self.is_transposed + self.flips_x + self.flips_y) % 2 == 1

    @property
    def turn_deg(self) -> int:
        """Clockwise: 0, 90, 180 or 270; of a mirrored picture, after left and right were exchanged."""
        if self.is_transposed:
            return 270 if self.flips_y else 90
        return 180 if self.flips_y else 0

    def apply(self, image: Image) -> Image:
        """uint8 (h, w, 3) as it is shown; (w, h, 3) where it is transposed."""
        if self.is_transposed:
            image = np.asarray(cv2.transpose(image), np.uint8)
        if self.flips_x or self.flips_y:
            image = np.asarray(cv2.flip(image, -1 if self.flips_x and self.flips_y else int(self.flips_x)), np.uint8)
        return image


UPRIGHT = Orientation()

#: PyAV's stubs lack what its constructor takes: a frame.
_sides_of: Any = SideDataContainer


def orientation_of(frame: VideoFrame) -> Orientation:
    """As the frame's display matrix says; ``UPRIGHT`` without one."""
    # ``frame.side_data`` would keep the frame until garbage is collected: each holds the other.
    side = _sides_of(frame).get(Type.DISPLAYMATRIX)
    return UPRIGHT if side is None else orientation_by(bytes(side))


def orientation_by(matrix: bytes) -> Orientation:
    """Of a display matrix as FFmpeg keeps it: nine int32, of which x' = ax + cy, y' = bx + dy stand at 0, 1, 3, 4."""
    if len(matrix) < 36:
        return UPRIGHT
    a, b, _, c, d = struct.unpack("=5i", matrix[:20])
    if abs(b) + abs(c) > abs(a) + abs(d):
        return Orientation(True, c < 0, b < 0)
    return Orientation(False, a < 0, d < 0)
