"""One frame while it is being planned: its faces, its measures, and what is placed where."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from realtime_fer.core.overlay.face_overlay import FaceOverlay
from realtime_fer.core.overlay.layout import Int32


@dataclass(frozen=True)
class Placed:
    """Where something goes, in pixels; ``variant`` is the position of its size in the list that was offered."""

    left: int
    top: int
    right: int
    bottom: int
    variant: int


def placed_at(rect: Int32, variant: int) -> Placed:
    """From int32 (4,)."""
    left, top, right, bottom = (int(edge) for edge in rect)
    return Placed(left, top, right, bottom, variant)


@dataclass
class Canvas:
    """One frame being planned.

    Attributes:
        width, height: of the area to place things in, pixels.
        text_px: type size.
        crowd: the most faces within the last moments.
        boxes: (n, 4), the visible part of every face, whole pixels.
        faces: what is shown of each; rows as ``boxes``.
        time_s: the frame's.
        taken: rectangles in use.
        lost: (m, 4), where faces were a moment ago.
        placed: the places of each kind of thing that has asked.
    """

    width: int
    height: int
    text_px: int
    crowd: int
    boxes: Int32
    faces: tuple[FaceOverlay, ...]
    time_s: float
    taken: Int32 = field(default_factory=lambda: np.zeros((0, 4), np.int32))
    lost: Int32 = field(default_factory=lambda: np.zeros((0, 4), np.int32))
    placed: dict[str, list[Placed | None]] = field(default_factory=dict)

    @property
    def gap(self) -> int:
        """Pixels between a face and what belongs to it."""
        return max(4, round(self.text_px * 0.5))

    @property
    def margin(self) -> int:
        """Pixels kept free along the frame's edge."""
        return max(2, round(self.text_px * 0.3))

    @property
    def spacing(self) -> int:
        """Pixels kept free around faces and between plates: a box's line lies half outside of it."""
        return 3
