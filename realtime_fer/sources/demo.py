"""The built-in show: a portrait moved, zoomed, tilted, mirrored and dimmed, so that all runs where no camera is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib import resources

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image, SourceFrame

#: Copies of the portrait at most.
MOST_FACES = 16

#: Middle of the face and its box in the portrait's pixels: brow to chin, cheek to cheek.
_FACE_CENTRE = (228.0, 118.0)
_FACE_BOX = (174.0, 60.0, 282.0, 184.0)

#: The square of the portrait that a card shows when it is not tilted: left, top, side.
_CUT = (114.0, 0.0, 228.0)

#: The varied show: seconds a scene lasts, and how many copies are in it.
_SCENES = ((11.0, 1), (4.0, 2), (5.0, 4))

#: At the end of a scene the cards take this long to glide to the next one's places.
_GLIDE_S = 0.7

#: In the varied show: how much smaller the far face is, and how much larger the near one.
_FAR, _NEAR = 2.0, 1.5

_EDGE_BGR = (246, 246, 246)


@dataclass(frozen=True)
class _Card:
    """One copy in one frame: middle and side in pixels of the frame, and how the portrait lies in it."""

    centre_x: float
    centre_y: float
    side: float
    tilt_degrees: float
    mirrored: bool


@dataclass(frozen=True)
class _Cell:
    """The part of the picture that one copy moves in: middle and size in pixels."""

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


class DemoSource:
    """The show, the same on every machine: a frame follows from its index alone.

    Args:
        width, height: pixels, 64 or more.
        fps: frames a second of media time; whoever reads live waits in between, this source does not.
        faces: copies in every frame, side by side and never touching; None for the varied show, a loop of 20 s
            with one, two and four, near and far, mirrored and in the dark.
        seconds: how long; None for ever.

    Opened, read and closed by one thread alone.

    Raises:
        ValueError: a size, rate or number of faces out of range.
    """

    def __init__(
        self,
        width: int = 1280,
        height: int = 720,
        fps: float = 30,
        *,
        faces: int | None = None,
        seconds: float | None = None,
    ) -> None:
        if width < 64 or height < 64 or not fps > 0:
            raise ValueError(f"the demo needs 64x64 pixels and a positive fps, got {width}x{height} at {fps}")
        if faces is not None and not 1 <= faces <= MOST_FACES:
            raise ValueError(f"faces must be 1 to {MOST_FACES}, got {faces}")
        self._width, self._height, self._fps = width, height, float(fps)
        self._faces = faces
        self._frame_count = None if seconds is None else max(1, round(seconds * fps))
        self._index = 0
        self._portraits: list[Image] = []
        self._background_bgr: Image | None = None

    @property
    def name(self) -> str:
        return "demo"

    @property
    def is_live(self) -> bool:
        return False

    @property
    def fps(self) -> float | None:
        return self._fps

    @property
    def frame_count(self) -> int | None:
        return self._frame_count

    def open(self) -> None:
        """Loads the portrait and paints the background; starts at the first frame.

        Raises:
            SourceError: the portrait is missing from the installed program.
        """
        self._index = 0
        portrait_bgr = _load_portrait()
        self._portraits = [portrait_bgr]
        while self._portraits[-1].shape[0] > 64:
            self._portraits.append(cv2.pyrDown(self._portraits[-1]).astype(np.uint8, copy=False))
        self._background_bgr = _paint_background(self._width, self._height)

    def read(self) -> SourceFrame | None:
        """The next frame, in about a millisecond at 720p; None after ``seconds``."""
        if self._background_bgr is None:
            raise SourceError("The demo is not open.")
        if self._frame_count is not None and self._index >= self._frame_count:
            return None
        frame = SourceFrame(self._render(self._index), self._index / self._fps)
        self._index += 1
        return frame

    def close(self) -> None:
        self._portraits = []
        self._background_bgr = None

    def face_boxes(self, index: int) -> npt.NDArray[np.float32]:
        """Where the faces of frame ``index`` are: float32 (n, 4) xyxy; cards outside the picture are left out.

        A box may leave the picture while its card glides in or out.
        """
        boxes = []
        for card in self._cards(index):
            corners = np.array([_FACE_BOX[:2], _FACE_BOX[2:], (_FACE_BOX[0], _FACE_BOX[3]), (_FACE_BOX[2], _FACE_BOX[1])])
            places = corners @ _transform(card)[:, :2].T + _transform(card)[:, 2]
            left, top = places.min(axis=0)
            right, bottom = places.max(axis=0)
            if right > 0 and bottom > 0 and left < self._width and top < self._height:
                boxes.append((left, top, right, bottom))
        return np.array(boxes, np.float32).reshape(-1, 4)

    def _render(self, index: int) -> Image:
        assert self._background_bgr is not None
        image_bgr = self._background_bgr.copy()
        for card in self._cards(index):
            self._draw(image_bgr, card)
        light = self._light(index / self._fps)
        if light < 1.0:
            image_bgr = cv2.convertScaleAbs(image_bgr, alpha=light).astype(np.uint8, copy=False)
        return image_bgr

    def _draw(self, image_bgr: Image, card: _Card) -> None:
        half = card.side / 2
        left, top = max(0, round(card.centre_x - half)), max(0, round(card.centre_y - half))
        right = min(self._width, round(card.centre_x + half))
        bottom = min(self._height, round(card.centre_y + half))
        if right - left < 4 or bottom - top < 4:
            return
        edge = max(1, round(card.side * 0.012))
        cv2.rectangle(image_bgr, (left, top), (right - 1, bottom - 1), _EDGE_BGR, -1)
        inner = image_bgr[top + edge : bottom - edge, left + edge : right - edge]
        if inner.size == 0:
            return
        matrix = _transform(card)
        level = 0
        scale = card.side / _CUT[2]
        # From a smaller copy where the card is small: a portrait sampled at every third pixel would flicker.
        while scale <= 0.5 and level + 1 < len(self._portraits):
            level, scale = level + 1, scale * 2
        shrunk = float(2**level)
        matrix[:, :2] *= shrunk
        matrix[:, 2] -= (left + edge, top + edge)
        cv2.warpAffine(
            self._portraits[level],
            matrix,
            (inner.shape[1], inner.shape[0]),
            dst=inner,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        )

    def _cards(self, index: int) -> list[_Card]:
        time_s = index / self._fps
        if self._faces is not None:
            cells = _cells(self._faces, self._width, self._height)
            return [_moved(cell, time_s, number, 1.0, number % 2 == 1) for number, cell in enumerate(cells)]
        show_s = time_s % sum(length for length, _ in _SCENES)
        start_s = 0.0
        for scene, (length_s, now) in enumerate(_SCENES):
            if show_s < start_s + length_s:
                break
            start_s += length_s
        then = _SCENES[(scene + 1) % len(_SCENES)][1]
        share = _ease((show_s - start_s - (length_s - _GLIDE_S)) / _GLIDE_S)
        most = max(now, then if share > 0 else 0)
        before = _cells(now, self._width, self._height, most)
        after = _cells(then, self._width, self._height, most) if share > 0 else before
        cards = []
        for number in range(most):
            # One alone goes away, comes close and returns, and then is mirrored until the next scene.
            zoom = _there_and_back(show_s, 1.5, 7.0) if now == 1 else 1.0
            mirrored = number % 2 == 1 or (number == 0 and 7.0 <= show_s < _SCENES[0][0])
            cards.append(_moved(before[number].towards(after[number], share), time_s, number, zoom, mirrored))
        return cards

    def _light(self, time_s: float) -> float:
        """1 in daylight; the varied show has a dusk from 8 to 10.5 s and a lesser one among the four."""
        if self._faces is not None:
            return 1.0
        show_s = time_s % sum(length for length, _ in _SCENES)
        return 1.0 - 0.65 * _swell(show_s, 7.8, 10.6) - 0.35 * _swell(show_s, 16.2, 19.0)


def _load_portrait() -> Image:
    try:
        encoded = resources.files("realtime_fer.assets").joinpath("astronaut.jpg").read_bytes()
        portrait = cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, ModuleNotFoundError, cv2.error):
        portrait = None
    if portrait is None:
        raise SourceError("The demo's picture is missing from this installation.", "Install the program again.")
    return portrait.astype(np.uint8, copy=False)


def _paint_background(width: int, height: int) -> Image:
    """A wall in soft light, warm above and cool below, uint8 (h, w, 3)."""
    across = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :, None]
    down = np.linspace(0.0, 1.0, height, dtype=np.float32)[:, None, None]
    above, below = np.array([196, 202, 206], np.float32), np.array([150, 134, 122], np.float32)
    wall = above + (below - above) * down
    wall = wall * (1.0 - 0.22 * (across**2 + (down - 0.4) ** 2))
    # A little fixed grain: without it 8 bits show steps in so slow a gradient.
    grain = np.random.default_rng(1).uniform(-0.9, 0.9, (height, width, 1)).astype(np.float32)
    return np.clip(np.rint(wall + grain), 0, 255).astype(np.uint8)


def _cells(count: int, width: int, height: int, most: int = 0) -> list[_Cell]:
    """The grid of ``count`` cells that makes square cards largest, and the cells of the others up to ``most``, who
    wait outside, below the picture."""
    columns = max(range(1, count + 1), key=lambda c: min(width / c, height / math.ceil(count / c)))
    rows = math.ceil(count / columns)
    cell_w, cell_h = width / columns, height / rows
    cells = []
    for number in range(count):
        row, column = divmod(number, columns)
        in_row = min(columns, count - row * columns)
        left = (width - in_row * cell_w) / 2
        cells.append(_Cell(left + (column + 0.5) * cell_w, (row + 0.5) * cell_h, cell_w, cell_h))
    for number in range(count, most):
        cells.append(_Cell(width * (number % 2 * 0.5 + 0.25), height + cell_h * 0.6, cell_w, cell_h))
    return cells


def _moved(cell: _Cell, time_s: float, number: int, zoom: float, mirrored: bool) -> _Card:
    """The card of ``cell`` at one moment, with the movement everybody makes; it stays in its cell up to ``zoom`` 1."""
    phase = time_s + 1.7 * number
    usual = min(cell.width, cell.height) * (0.92 + 0.03 * math.sin(1.1 * phase))
    side = usual * zoom
    room_x, room_y = (0.45 * max(0.0, length - side) for length in (cell.width, cell.height))
    # The face is in the card's upper third: whoever comes close stoops, or the forehead would leave the picture.
    stoop = max(0.0, side - usual) * (_CUT[1] + _CUT[2] / 2 - _FACE_CENTRE[1]) / _CUT[2] 
    return _Card(
        centre_x=cell.centre_x + room_x * math.sin(0.9 * phase),
        centre_y=cell.centre_y + room_y * math.cos(1.3 * phase) + stoop,
        side=side,
        tilt_degrees=6.0 * math.sin(0.8 * phase),
        mirrored=mirrored,
    )


def _transform(card: _Card) -> npt.NDArray[np.float64]:
    """2x3: from the portrait's pixels to the frame's."""
    scale = card.side / _CUT[2]
    angle = math.radians(card.tilt_degrees)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    flip = -1.0 if card.mirrored else 1.0
    linear = np.array([[cos * flip, -sin], [sin * flip, cos]])
    # Where the middle of the face stands in a card that is neither tilted nor mirrored.
    pivot = np.array(_FACE_CENTRE)
    offset = (pivot - (_CUT[0] + _CUT[2] / 2, _CUT[1] + _CUT[2] / 2)) * scale
    target = np.array([card.centre_x + offset[0] * flip, card.centre_y + offset[1]])
    return np.column_stack([linear, target - linear @ pivot])


def _ease(share: float) -> float:
    """0 to 1 with a soft start and end."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def _swell(time_s: float, start_s: float, end_s: float) -> float:
    """0 outside, 1 in the middle, softly."""
    if not start_s < time_s < end_s:
        return 0.0
    return 0.5 - 0.5 * math.cos(2 * math.pi * (time_s - start_s) / (end_s - start_s))


def _there_and_back(time_s: float, start_s: float, end_s: float) -> float:
    """Size against the usual: 1 outside of the two times, between them down to 1 / ``_FAR``, then up to ``_NEAR``."""
    share = min(1.0, max(0.0, (time_s - start_s) / (end_s - start_s)))
    # The product of the two sines is at most 0.77; the second takes the jerk from both ends.
    wave = math.sin(2 * math.pi * share) * math.sin(math.pi * share) / 0.77
    return _FAR**-wave if wave > 0 else _NEAR**-wave
