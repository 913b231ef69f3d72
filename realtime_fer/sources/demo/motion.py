"""The choreography of the demo: where each copy of the portrait is at a time, what it shows, and how bright it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: The square of the portrait that a card shows when it is not tilted: left, top, side.
CUT = (114.0, 0.0, 228.0)

#: Middle of the face, in the portrait's pixels: what cards turn and are mirrored about.
FACE_CENTRE = (228.0, 118.0)

#: The varied demo: how many seconds a scene lasts, and how many copies are in it.
_SCENES = ((20.0, 1), (4.8, 2), (5.2, 4))

#: The varied demo repeats after this many seconds.
SHOW_S = sum(length_s for length_s, _ in _SCENES)

#: The varied demo: when, in seconds, each copy's face begins to show what. One shows each expression in turn.
_PARTS = (
    (
        (0.0, "neutral"),
        (2.5, "happy"),
        (5.0, "surprise"),
        (7.5, "sad"),
        (10.0, "angry"),
        (12.5, "disgust"),
        (15.0, "fear"),
        (17.5, "neutral"),
        (20.0, "happy"),
        (22.4, "surprise"),
        (24.8, "neutral"),
    ),
    ((0.0, "sad"), (22.4, "neutral"), (24.8, "happy")),
    ((0.0, "surprise"),),
    ((0.0, "sad"),),
)

#: A face takes this long from one expression to the next.
_CHANGE_S = 0.5

#: When the single face is too dark to read, and how much of the light is gone then.
_NIGHT_S = (17.5, 20.0)
_NIGHT_DEPTH = 0.87

#: At the end of a scene the cards glide this long to their places in the next.
_GLIDE_S = 0.7

#: How much smaller the far face is, and how much larger the near one.
_FAR, _NEAR = 2.0, 1.5


@dataclass(frozen=True)
class Card:
    """One copy at one time: centre and side in pixels of the frame; positive tilt is clockwise on screen."""

    centre_x: float
    centre_y: float
    side: float
    tilt_degrees: float
    mirrored: bool

    def transform(self) -> npt.NDArray[np.float64]:
        """2x3, from the portrait's pixels to the frame's."""
        scale = self.side / CUT[2]
        angle = math.radians(self.tilt_degrees)
        cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
        flip = -1.0 if self.mirrored else 1.0
        linear = np.array([[cos * flip, -sin], [sin * flip, cos]])
        pivot = np.array(FACE_CENTRE)
        offset = (pivot - (CUT[0] + CUT[2] / 2, CUT[1] + CUT[2] / 2)) * scale
        target = np.array([self.centre_x + offset[0] * flip, self.centre_y + offset[1]])
        return np.column_stack([linear, target - linear @ pivot])


@dataclass(frozen=True)
class _Cell:
    """The part of the frame that one copy moves in: centre and size in pixels."""

    centre_x: float
    centre_y: float
    width: float
    height: float

    def towards(self, other: _Cell, share: float) -> _Cell:
        """This cell at 0, ``other`` at 1."""

        def between(a: float, b: float) -> float:
            return a + (b - a) * share

        return _Cell(
            between(self.centre_x, other.centre_x),
            between(self.centre_y, other.centre_y),
            between(self.width, other.width),
            between(self.height, other.height),
        )


def fixed_cards(faces: int, time_s: float, width: int, height: int) -> list[Card]:
    """Always ``faces`` cards, each moving in its own cell of the frame."""
    cells = _cells(faces, faces, width, height)
    return [_moved(cell, time_s, number, 1.0, number % 2 == 1) for number, cell in enumerate(cells)]


def show_cards(time_s: float, width: int, height: int) -> list[Card]:
    """The varied demo's cards; while they glide in or out, some are partly or wholly outside the frame."""
    show_s = time_s % SHOW_S
    scene, left_s = _scene_at(show_s)
    now, then = _SCENES[scene][1], _SCENES[(scene + 1) % len(_SCENES)][1]
    share = _ease(1.0 - left_s / _GLIDE_S)
    most = max(now, then) if share > 0 else now
    before, after = _cells(now, most, width, height), _cells(then, most, width, height)
    cards = []
    for number in range(most):
        # A single card goes away, comes close and returns; from the night on it is mirrored until the next scene.
        zoom = _away_and_close(show_s, 2.5, 12.5) if now == 1 else 1.0
        mirrored = number % 2 == 1 or (scene == 0 and number == 0 and show_s >= sum(_NIGHT_S) / 2)
        cards.append(_moved(before[number].towards(after[number], share), time_s, number, zoom, mirrored))
    return cards


def show_light(time_s: float) -> float:
    """The varied demo's brightness, 1 in daylight: night for the single face, dusk for the four."""
    show_s = time_s % SHOW_S
    start_s, end_s = _NIGHT_S
    night = min(_ease((show_s - start_s) / 0.5), _ease((end_s - show_s) / 0.5))
    return 1.0 - _NIGHT_DEPTH * night - 0.35 * _swell(show_s, 26.2, 29.0)


def show_expression(time_s: float, number: int) -> tuple[str, str, float]:
    """What card ``number`` shows: the expression before, the one it changes to, and how far it has changed, 0 to 1."""
    show_s = time_s % SHOW_S
    parts = _PARTS[number % len(_PARTS)]
    position = max(place for place, (start_s, _) in enumerate(parts) if start_s <= show_s)
    start_s, now = parts[position]
    return parts[position - 1][1], now, _ease((show_s - start_s) / _CHANGE_S)


def _scene_at(show_s: float) -> tuple[int, float]:
    """The scene's number, and how many seconds of it are left."""
    end_s = 0.0
    for scene, (length_s, _) in enumerate(_SCENES):
        end_s += length_s
        if show_s < end_s:
            return scene, end_s - show_s
    return len(_SCENES) - 1, 0.0


def _cells(count: int, most: int, width: int, height: int) -> list[_Cell]:
    """The grid of ``count`` cells that makes square cards largest, and cells below the frame for the others up to
    ``most``."""
    columns = max(range(1, count + 1), key=lambda c: min(width / c, height / math.ceil(count / c)))
    rows = math.ceil(count / columns)
    cell_w, cell_h = width / columns, height / rows
    cells = []
    for number in range(count):
        row, column = divmod(number, columns)
        left = (width - min(columns, count - row * columns) * cell_w) / 2
        cells.append(_Cell(left + (column + 0.5) * cell_w, (row + 0.5) * cell_h, cell_w, cell_h))
    for number in range(count, most):
        cells.append(_Cell(width * (number % 2 * 0.5 + 0.25), height + cell_h * 0.6, cell_w, cell_h))
    return cells


def _moved(cell: _Cell, time_s: float, number: int, zoom: float, mirrored: bool) -> Card:
    """The card of ``cell`` at one time, with the movement of all cards; it stays in its cell up to ``zoom`` 1."""
    phase = time_s + 1.7 * number
    usual = min(cell.width, cell.height) * (0.92 + 0.03 * math.sin(1.1 * phase))
    side = usual * zoom
    room_x, room_y = (0.45 * max(0.0, length - side) for length in (cell.width, cell.height))
    return Card(
        centre_x=cell.centre_x + room_x * math.sin(0.9 * phase),
        centre_y=cell.centre_y + room_y * math.cos(1.3 * phase),
        side=side,
        tilt_degrees=6.0 * math.sin(0.8 * phase),
        mirrored=mirrored,
    )


def _ease(share: float) -> float:
    """0 to 1 with a soft start and end."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def _swell(time_s: float, start_s: float, end_s: float) -> float:
    """0 outside, 1 in the middle, softly."""
    if not start_s < time_s < end_s:
        return 0.0
    return 0.5 - 0.5 * math.cos(2 * math.pi * (time_s - start_s) / (end_s - start_s))


def _away_and_close(time_s: float, start_s: float, end_s: float) -> float:
    """Relative size: 1 outside the two times, between them down to 1 / ``_FAR``, then up to ``_NEAR``."""
    share = min(1.0, max(0.0, (time_s - start_s) / (end_s - start_s)))
    # The product of the two sines is at most 0.77; the second smooths both ends.
    wave = math.sin(2 * math.pi * share) * math.sin(math.pi * share) / 0.77
    return math.exp(-wave * math.log(_FAR if wave > 0 else _NEAR))
