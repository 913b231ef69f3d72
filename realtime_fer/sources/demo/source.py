"""The built-in demo: a portrait moved, zoomed, tilted, mirrored, dimmed and drawn with other expressions, so that the
program runs without a camera. Its expressions are not tuned to any detector or network."""

from __future__ import annotations

from importlib import resources
from typing import Any, cast

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image, SourceFrame
from realtime_fer.sources.demo.drawings import LEVELS, Drawings, halved, notice
from realtime_fer.sources.demo.face import SCALE, read_plan
from realtime_fer.sources.demo.motion import CUT, Card, fixed_cards, show_cards, show_expression, show_light

#: Copies of the portrait at most.
MOST_FACES = 16

#: The face's box in the portrait's pixels: brow to chin, cheek to cheek.
_FACE_BOX = (174.0, 60.0, 282.0, 184.0)

_EDGE_BGR = (246, 246, 246)


class DemoSource:
    """The demo, the same on every machine: a frame depends on its index alone.

    >>> source = DemoSource(640, 360, fps=10, seconds=0.3)
    >>> source.open()
    >>> [frame.media_time_s for frame in iter(source.read, None)]
    [0.0, 0.1, 0.2]
    >>> source.close()

    Args:
        width, height: pixels, 64 or more.
        fps: frames a second of media time. ``read`` does not wait for it.
        faces: this many copies of the unchanged portrait in every frame, side by side and never touching; None for
            the varied demo, a loop of 30 s with one, two and four faces, near and far, mirrored and in the dark,
            which change from expression to expression.
        seconds: duration; None for no end.

    Opened, read and closed by one thread alone.

    Raises:
        ValueError: a size, rate or number of faces is out of range.
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
        self._portrait_scale = 1
        self._drawings: Drawings | None = None
        self._notice_bgr: Image | None = None
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
        self._portrait_scale = 1
        if self._faces is None:
            self._drawings = Drawings(portrait_bgr, read_plan())
            self._notice_bgr = notice(self._width, self._height)
            self._portrait_scale = SCALE
            portrait_bgr = cv2.resize(portrait_bgr, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC).astype(
                np.uint8, copy=False
            )
        self._portraits = halved(portrait_bgr, LEVELS)
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
        self._drawings = self._notice_bgr = None
        self._background_bgr = None

    def face_boxes(self, index: int) -> npt.NDArray[np.float32]:
        """Where the faces of frame ``index`` are: float32 (n, 4) xyxy; cards outside it are left out.

        A box may reach beyond the frame while its card glides in or out.
        """
        x_0, y_0, x_1, y_1 = _FACE_BOX
        corners = np.array([(x_0, y_0), (x_1, y_0), (x_1, y_1), (x_0, y_1)])
        boxes = []
        for card in self._cards(index):
            matrix = card.transform()
            places = corners @ matrix[:, :2].T + matrix[:, 2]
            (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
            if right > 0 and bottom > 0 and left < self._width and top < self._height:
                boxes.append((left, top, right, bottom))
        return np.array(boxes, np.float32).reshape(-1, 4)

    def _render(self, index: int) -> Image:
        assert self._background_bgr is not None
        image_bgr = self._background_bgr.copy()
        for number, card in enumerate(self._cards(index)):
            self._draw(image_bgr, card, index / self._fps, number)
        light = show_light(index / self._fps) if self._faces is None else 1.0
        if light < 1.0:
            image_bgr = cv2.convertScaleAbs(image_bgr, alpha=light).astype(np.uint8, copy=False)
        if self._notice_bgr is not None:
            # Above the lower edge, which some windows hide.
            height, width = self._notice_bgr.shape[:2]
            left, top = (self._width - width) // 2, self._height - height - height // 3
            image_bgr[top : top + height, left : left + width] = self._notice_bgr
        return image_bgr

    def _draw(self, image_bgr: Image, card: Card, time_s: float, number: int) -> None:
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
        matrix = card.transform()
        level = 0
        scale = card.side / CUT[2] / self._portrait_scale
        # A small card uses a smaller copy: a portrait sampled at every third pixel would flicker.
        while scale <= 0.5 and level + 1 < len(self._portraits):
            level, scale = level + 1, scale * 2
        if self._drawings is not None:
            self._drawings.paste(self._portraits[level], level, *show_expression(time_s, number))
        shrunk = 2**level / self._portrait_scale
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

    def _cards(self, index: int) -> list[Card]:
        time_s = index / self._fps
        if self._faces is None:
            return show_cards(time_s, self._width, self._height)
        return fixed_cards(self._faces, time_s, self._width, self._height)


def _load_portrait() -> Image:
    try:
        encoded = resources.files("realtime_fer.assets").joinpath("astronaut.jpg").read_bytes()
        portrait: Any = cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, ModuleNotFoundError, cv2.error):
        portrait = None
    if portrait is None:
        raise SourceError("The demo's picture is missing from this installation.", "Install the program again.")
    return cast(Image, portrait)


def _paint_background(width: int, height: int) -> Image:
    """A wall in soft light, warm above and cool below, uint8 (h, w, 3)."""
    across = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :, None]
    down = np.linspace(0.0, 1.0, height, dtype=np.float32)[:, None, None]
    above, below = np.array([196, 202, 206], np.float32), np.array([150, 134, 122], np.float32)
    wall = above + (below - above) * down
    wall = wall * (1.0 - 0.22 * (across**2 + (down - 0.4) ** 2))
    # A little fixed grain hides the steps that 8 bits show in so slow a gradient.
    grain = np.random.default_rng(1).uniform(-0.9, 0.9, (height, width, 1)).astype(np.float32)
    painted: Image = np.clip(np.rint(wall + grain), 0, 255).astype(np.uint8)
    return painted
