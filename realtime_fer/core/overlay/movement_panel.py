"""What a panel of movements says of a face, and its measures, whatever draws it.

Bars of what the face does, and below them whether it speaks, how often it blinked and where the head is turned.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.measures import degrees, measure_title
from realtime_fer.core.face_features.movements import (
    BLINKS,
    MOVEMENT_COLUMNS,
    MOVEMENT_KEYS,
    SPEAKING,
    movement_title,
)
from realtime_fer.core.overlay.face_overlay import FaceOverlay, Rgb
from realtime_fer.core.text.translation import translate

#: No expression has this colour.
BAR_RGB: Rgb = (202, 214, 232)

#: Of the panel's type, to that of the probabilities.
_RELATIVE_SIZE = 0.9


class MovementLevel(IntEnum):
    """How much a panel says: every movement; the six that are seen best; three; that somebody speaks, while they do."""

    ALL = 0
    MAIN = 1
    FEW = 2
    LINE = 3


_MAIN: tuple[tuple[str, ...], ...] = (
    ("left_eye_open", "right_eye_open"),
    ("mouth_open",),
    ("smile",),
    ("mouth_corners_down",),
    ("inner_brows_up", "outer_brows_up"),
    ("brows_lowered",),
)

#: The columns of ``MOVEMENT_COLUMNS`` behind each bar of a level; a bar of several shows their mean.
_BARS: dict[MovementLevel, tuple[tuple[int, ...], ...]] = {
    MovementLevel.ALL: tuple((at,) for at in range(len(MOVEMENT_KEYS))),
    MovementLevel.MAIN: tuple(tuple(map(MOVEMENT_COLUMNS.index, keys)) for keys in _MAIN),
    MovementLevel.FEW: tuple(tuple(map(MOVEMENT_COLUMNS.index, keys)) for keys in _MAIN[:3]),
    MovementLevel.LINE: (),
}


def bar_titles(level: MovementLevel) -> tuple[str, ...]:
    """What stands before each bar, in the person's language."""
    joint = {0: translate("Movement", "Eyes open"), 6: translate("Movement", "Brows up")}
    return tuple(
        movement_title(MOVEMENT_COLUMNS[columns[0]]) if len(columns) == 1 else joint[columns[0]]
        for columns in _BARS[level]
    )


def bar_values(movements: npt.NDArray[np.float32], level: MovementLevel) -> tuple[float | None, ...]:
    """0 to 1 for each bar, None where the movement is not known. ``movements``: (13,), as ``Faces.movements``."""
    row = movements.tolist()
    values = (sum(row[at] for at in columns) / len(columns) for columns in _BARS[level])
    return tuple(min(max(value, 0.0), 1.0) if math.isfinite(value) else None for value in values)


@dataclass(frozen=True)
class Footer:
    """The words below the bars; '' where they do not apply.

    Attributes:
        speaking: that the face speaks.
        blinks: how often it blinked.
        pose: yaw, pitch and roll, each with its degrees: 'Yaw −12°'.
    """

    speaking: str
    blinks: str
    pose: tuple[str, ...]


def footer_of(face: FaceOverlay) -> Footer:
    """Of a face with ``movements``."""
    assert face.movements is not None
    speaking = face.movements[MOVEMENT_COLUMNS.index(SPEAKING)] > 0
    blinked = float(face.movements[MOVEMENT_COLUMNS.index(BLINKS)])
    pose = [float("nan")] * 3 if face.pose is None else face.pose.tolist()
    return Footer(
        movement_title(SPEAKING) if speaking else "",
        _blinks(round(blinked)) if math.isfinite(blinked) else "",
        tuple(f"{measure_title(key)} {degrees(angle)}" for key, angle in zip(POSE_KEYS, pose, strict=True)),
    )


def shows_movements(face: FaceOverlay) -> bool:
    """Whether there is anything to say: the face is followed by its points."""
    return face.movements is not None and face.pose is not None and math.isfinite(float(face.pose[0]))


def says_something(face: FaceOverlay, level: MovementLevel) -> bool:
    """Whether a panel of this level is drawn: a plate with the blinks alone would only be in the way."""
    return level is not MovementLevel.LINE or bool(footer_of(face).speaking)


def _blinks(count: int) -> str:
    if count == 1:
        return translate("Movement", "1 blink")
    return translate("Movement", "{count} blinks").format(count=count)


@dataclass(frozen=True)
class MovementMetrics:
    """The measures of a panel in pixels. ``name`` is the width of the bars' names, ``rows`` of bars and words together.

    ``pose_lefts``: where each of the three angles begins; () without them.
    """

    text: int
    padding: int
    row: int
    name: int
    bar: int
    bar_height: int
    space: int
    rows: int
    width: int
    pose_lefts: tuple[int, ...]

    @property
    def size(self) -> tuple[int, int]:
        return self.width, 2 * self.padding + self.rows * self.row

    @property
    def bar_left(self) -> int:
        """Bars end at the panel's right edge."""
        return self.width - self.padding - self.bar

    def row_top(self, position: int) -> int:
        return self.padding + position * self.row


def movement_metrics(level: MovementLevel, text_px: int, text_width: Callable[[str, int], int]) -> MovementMetrics:
    """The measures of a panel.

    Args:
        text_px: type size of the panels of probabilities.
        text_width: pixels that a text takes at a type size.
    """
    text = max(9, round(text_px * _RELATIVE_SIZE))
    padding, space, bar = round(text * 0.55), round(text * 0.55), round(text * 3.2)
    titles = bar_titles(level)
    name = max((text_width(title, text) for title in titles), default=0)
    words = text_width(movement_title(SPEAKING), text) + 2 * space + text_width(_blinks(888), text)
    inner = max(words, name + space + bar if titles else 0)
    lefts: tuple[int, ...] = ()
    if level is MovementLevel.ALL:
        each = max(text_width(f"{measure_title(key)} −88°", text) for key in POSE_KEYS) + space // 2
        inner = max(inner, 3 * each)
        lefts = tuple(padding + at * inner // 3 for at in range(3))
    return MovementMetrics(
        text=text,
        padding=padding,
        row=round(text * 1.3),
        name=name,
        bar=max(bar, inner - name - space) if titles else 0,
        bar_height=max(3, round(text * 0.42)),
        space=space,
        rows=len(titles) + 1 + bool(lefts),
        width=inner + 2 * padding,
        pose_lefts=lefts,
    )
