"""Draws panels of movements beside faces."""

from __future__ import annotations

import math
from functools import lru_cache

from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.canvas import Placed
from realtime_fer.core.overlay.face_overlay import FaceOverlay
from realtime_fer.core.overlay.movement_panel import (
    BAR_RGB,
    Footer,
    MovementLevel,
    MovementMetrics,
    bar_titles,
    bar_values,
    footer_of,
    movement_metrics,
    says_something,
    shows_movements,
)
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.vision.annotators.sprite import Sprite, clear_sprite, make_plate, over, pill
from realtime_fer.vision.annotators.text import WHITE, cap_height, text_sprite, text_width

_STRONG, _PLAIN, _ABSENT, _TRACK = 1.0, 0.74, 0.4, 0.16


class MovementBarsAnnotator:
    """Draws what ``Faces.movements`` and ``Faces.pose`` say of those faces whose points are known.

    Args:
        planner: shared with the other annotators of the same pictures, after which it draws.
    """

    def __init__(self, planner: OverlayPlanner) -> None:
        self._planner = planner

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if not result.faces.landmarks.shape[1]:
            return
        canvas = self._planner.canvas(image_bgr, result)
        wanted = [shows_movements(face) for face in canvas.faces]
        sizes = [_metrics(level, canvas.text_px).size for level in MovementLevel]
        for face, placed in zip(canvas.faces, self._planner.movements(canvas, sizes, wanted), strict=True):
            if placed is not None and says_something(face, MovementLevel(placed.variant)):
                _draw(image_bgr, placed, face, canvas.text_px)


@lru_cache(maxsize=32)
def _metrics(level: MovementLevel, text_px: int) -> MovementMetrics:
    return movement_metrics(level, text_px, text_width)


def _draw(image_bgr: Image, placed: Placed, face: FaceOverlay, text_px: int) -> None:
    assert face.movements is not None
    level = MovementLevel(placed.variant)
    metrics, values = _metrics(level, text_px), bar_values(face.movements, level)
    _panel(level, text_px, tuple(value is not None for value in values)).draw(image_bgr, placed.left, placed.top)
    inset = (metrics.row - metrics.bar_height) / 2
    for position, value in enumerate(values):
        if value:
            bar = _bar(metrics.bar, metrics.bar_height, round(value * metrics.bar))
            bar.draw(image_bgr, placed.left + metrics.bar_left, round(placed.top + metrics.row_top(position) + inset))
    footer = _footer(level, text_px, footer_of(face))
    footer.draw(image_bgr, placed.left, placed.top + metrics.row_top(len(values)))


@lru_cache(maxsize=24)
def _panel(level: MovementLevel, text_px: int, present: tuple[bool, ...]) -> Sprite:
    """Plate, names and the tracks of the bars: all that stays the same from frame to frame."""
    metrics = _metrics(level, text_px)
    panel = make_plate(*metrics.size, radius=round(metrics.text * 0.6))
    for position, (title, known) in enumerate(zip(bar_titles(level), present, strict=True)):
        centre = metrics.row_top(position) + metrics.row / 2
        _write(panel, title, metrics.padding, centre, metrics.text, _PLAIN if known else _ABSENT)
        if known:
            bar_top = round(centre - metrics.bar_height / 2)
            over(panel, pill(metrics.bar, metrics.bar_height, WHITE, _TRACK), metrics.bar_left, bar_top)
        else:
            dash = pill(max(5, round(metrics.text * 0.6)), max(1, round(metrics.text / 12)), WHITE, _ABSENT)
            over(panel, dash, metrics.bar_left, round(centre - dash.height / 2))
    return panel


@lru_cache(maxsize=256)
def _bar(wide: int, high: int, filled: int) -> Sprite:
    bar = clear_sprite(wide, high)
    over(bar, pill(wide, high, BAR_RGB), 0, 0, filled)
    return bar


@lru_cache(maxsize=64)
def _footer(level: MovementLevel, text_px: int, words: Footer) -> Sprite:
    metrics = _metrics(level, text_px)
    footer = clear_sprite(metrics.width, (1 + bool(metrics.pose_lefts)) * metrics.row)
    centre = metrics.row / 2
    if words.blinks:
        _write(footer, words.blinks, metrics.padding, centre, metrics.text, _PLAIN)
    if words.speaking:
        wide = text_width(words.speaking, metrics.text)
        left = metrics.width - metrics.padding - wide
        over(footer, pill(wide + metrics.space, metrics.row - 2, BAR_RGB, 0.28), left - metrics.space // 2, 1)
        _write(footer, words.speaking, left, centre, metrics.text, _STRONG)
    for left, angle in zip(metrics.pose_lefts, words.pose, strict=False):
        _write(footer, angle, left, centre + metrics.row, metrics.text, _PLAIN)
    return footer


def _write(panel: Sprite, text: str, x: int, centre_y: float, size_px: int, opacity: float) -> None:
    """As ``draw_text``, onto a sprite that is being made."""
    over(panel, text_sprite(text, size_px, WHITE, opacity), x, math.floor(centre_y + cap_height(size_px) / 2 + 0.5))
