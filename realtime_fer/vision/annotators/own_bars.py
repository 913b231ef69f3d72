"""Draws panels of own expressions beside faces."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.canvas import Placed
from realtime_fer.core.overlay.face_overlay import FaceOverlay
from realtime_fer.core.overlay.own_panel import (
    BAR_RGB,
    STRIPE_RGB,
    OwnLevel,
    OwnMetrics,
    names_of,
    own_metrics,
    own_title,
    shows_own,
)
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.vision.annotators.sprite import (
    Sprite,
    clear_sprite,
    make_plate,
    over,
    pill,
    rounded_coverage,
    sprite_from_opacity,
)
from realtime_fer.vision.annotators.text import WHITE, cap_height, text_sprite, text_width

_STRONG, _PLAIN, _TRACK = 1.0, 0.74, 0.16


class OwnBarsAnnotator:
    """Draws what ``FrameResult.own`` says of those faces whose points are known.

    Args:
        planner: shared with the other annotators of the same pictures, after which it draws.
    """

    def __init__(self, planner: OverlayPlanner) -> None:
        self._planner = planner

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if result.own is None or not len(result.faces):
            return
        canvas = self._planner.canvas(image_bgr, result)
        wanted, names = [shows_own(face) for face in canvas.faces], names_of(canvas.faces)
        sizes = [_metrics(level, canvas.text_px, names).size for level in OwnLevel]
        for face, placed in zip(canvas.faces, self._planner.own(canvas, sizes, wanted), strict=True):
            if placed is not None:
                _draw(image_bgr, placed, face, canvas.text_px, names)


@lru_cache(maxsize=16)
def _metrics(level: OwnLevel, text_px: int, names: tuple[str, ...]) -> OwnMetrics:
    return own_metrics(level, text_px, names, text_width)


def _draw(image_bgr: Image, placed: Placed, face: FaceOverlay, text_px: int, names: tuple[str, ...]) -> None:
    level = OwnLevel(placed.variant)
    metrics = _metrics(level, text_px, names)
    _panel(level, text_px, names).draw(image_bgr, placed.left, placed.top)
    for position, (_, value) in enumerate(face.own, 1):
        row = _row(metrics, None if value is None else whole_percent(value))
        row.draw(image_bgr, placed.left + metrics.bar_left, placed.top + metrics.row_top(position))


@lru_cache(maxsize=16)
def _panel(level: OwnLevel, text_px: int, names: tuple[str, ...]) -> Sprite:
    """Plate, title, names and the tracks of the bars: all that stays the same from frame to frame."""
    metrics = _metrics(level, text_px, names)
    panel = make_plate(*metrics.size, radius=round(metrics.text * 0.6))
    _write(panel, own_title(), metrics.padding, metrics.row_top(0) + metrics.row / 2, metrics.text, _STRONG)
    for position, name in enumerate(metrics.names, 1):
        centre = metrics.row_top(position) + metrics.row / 2
        _write(panel, name, metrics.padding, centre, metrics.text, _PLAIN)
        bar_top = round(centre - metrics.bar_height / 2)
        over(panel, pill(metrics.bar, metrics.bar_height, WHITE, _TRACK), metrics.bar_left, bar_top)
    return panel


@lru_cache(maxsize=256)
def _row(metrics: OwnMetrics, percentage: int | None) -> Sprite:
    """A bar with its number, from ``bar_left`` on; a value that is not known is a dash."""
    wide = metrics.number_right - metrics.bar_left
    row = clear_sprite(wide, metrics.row)
    filled = round((percentage or 0) / 100 * metrics.bar)
    top = round(metrics.row / 2 - metrics.bar_height / 2)
    for part in _striped(metrics.bar, metrics.bar_height, metrics.stripe) if filled else ():
        over(row, part, 0, top, filled)
    if metrics.number:
        number = "–" if percentage is None else f"{percentage} %"
        _write(row, number, wide - text_width(number, metrics.text), metrics.row / 2, metrics.text, _PLAIN)
    return row


@lru_cache(maxsize=16)
def _striped(wide: int, high: int, stripe: int) -> tuple[Sprite, Sprite]:
    """A bar with round ends, and the slanted stripes on it."""
    coverage = rounded_coverage(wide, high, high / 2)
    across = np.arange(wide)[None, :] + np.arange(high)[:, None]
    stripes = (across % (2.6 * stripe) < stripe).astype(np.float32)
    return sprite_from_opacity(coverage, BAR_RGB), sprite_from_opacity(coverage * stripes, STRIPE_RGB)


def _write(panel: Sprite, text: str, x: int, centre_y: float, size_px: int, opacity: float) -> None:
    """As ``draw_text``, onto a sprite that is being made."""
    over(panel, text_sprite(text, size_px, WHITE, opacity), x, math.floor(centre_y + cap_height(size_px) / 2 + 0.5))
