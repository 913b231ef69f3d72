"""Draws bars for the probabilities of all expressions beside each face."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.canvas import Placed
from realtime_fer.core.overlay.face_overlay import Values
from realtime_fer.core.overlay.panel_shape import Level, PanelMetrics, TinyMetrics, row_name, tiny_metrics
from realtime_fer.core.overlay.panel_shape import panel_metrics as metrics_of
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.vision.annotators.sprite import Sprite, clear_sprite, make_plate, over, pill, plate
from realtime_fer.vision.annotators.text import WHITE, cap_height, text_sprite, text_width

_STRONG, _PLAIN, _ABSENT, _TRACK = 1.0, 0.74, 0.4, 0.16


@lru_cache(maxsize=64)
def panel_metrics(level: Level, text_px: int) -> PanelMetrics:
    """The measures of a full or compact panel for a type size."""
    return metrics_of(level, text_px, text_width)


class ProbabilityBarsAnnotator:
    """Draws each face's ``faces.smoothed`` in the order and colours of ``core.expressions``.

    Every model has the same rows: an expression that it lacks has a dimmed name, a dash and no bar.
    Panels shrink (see :class:`Level`) and at last are left out where faces leave no room. Without a model nothing
    is drawn.

    Args:
        planner: shared with the other annotators of the same pictures; None makes one of its own.
        largest: the level to begin with.
    """

    def __init__(self, planner: OverlayPlanner | None = None, largest: Level = Level.FULL) -> None:
        self._planner = planner or OverlayPlanner()
        self._levels = [level for level in Level if level >= largest]

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if not len(result.faces) or not result.faces.smoothed.shape[1]:
            return
        canvas = self._planner.canvas(image_bgr, result)
        tiny, panels = tiny_metrics(canvas.text_px), self._planner.panels(canvas, self.sizes(canvas.text_px))
        for face, placed in zip(canvas.faces, panels, strict=True):
            if placed is None:
                continue
            level = self._levels[placed.variant]
            if level is Level.TINY:
                _draw_tiny(image_bgr, placed, face.values, tiny, canvas.text_px)
            else:
                _draw_rows(image_bgr, placed, face.values, level, canvas.text_px)

    def sizes(self, text_px: int) -> list[tuple[int, int]]:
        """Width and height of its panels for a type size, the largest first."""
        return [
            tiny_metrics(text_px).size if level is Level.TINY else panel_metrics(level, text_px).size
            for level in self._levels
        ]


def _draw_rows(image_bgr: Image, placed: Placed, values: Values, level: Level, text_px: int) -> None:
    metrics = panel_metrics(level, text_px)
    present = tuple(value is not None for value in values)
    _empty_panel(level, text_px, present).draw(image_bgr, placed.left, placed.top)
    best = max((value for value in values if value is not None), default=0.0)
    for position, value in enumerate(values):
        if value is not None:
            row = _row(level, text_px, position, whole_percent(value), value == best)
            row.draw(image_bgr, placed.left, placed.top + metrics.row_top(position))


@lru_cache(maxsize=640)
def _row(level: Level, text_px: int, position: int, percentage: int, is_best: bool) -> Sprite:
    """Draws what changes in one row: the bar, its number, and the name again where it is the most probable."""
    metrics, entry = panel_metrics(level, text_px), EXPRESSIONS[position]
    row = clear_sprite(metrics.number_right, metrics.row)
    centre = metrics.row / 2
    if is_best:
        name = row_name(level, position)
        _write(row, name, metrics.padding, centre, metrics.text, _STRONG)
    filled = round(percentage / 100 * metrics.bar)
    bar_top = round((metrics.row - metrics.bar_height) / 2)
    over(row, pill(metrics.bar, metrics.bar_height, entry.colour_rgb), metrics.bar_left, bar_top, filled)
    if metrics.number:
        number = f"{percentage} %"
        x = metrics.number_right - text_width(number, metrics.text)
        _write(row, number, x, centre, metrics.text, _STRONG if is_best else _PLAIN)
    # Cropped to its opaque part, whose size is what drawing costs.
    first = metrics.padding if is_best else metrics.bar_left
    return Sprite(np.ascontiguousarray(row.colour[:, first:]), np.ascontiguousarray(row.keep[:, first:]), first)


@lru_cache(maxsize=24)
def _empty_panel(level: Level, text_px: int, present: tuple[bool, ...]) -> Sprite:
    """Plate, names and the tracks of the bars: all that stays the same from frame to frame."""
    metrics = panel_metrics(level, text_px)
    panel = make_plate(*metrics.size, radius=round(metrics.text * 0.6))
    for position, known in enumerate(present):
        centre = metrics.row_top(position) + metrics.row / 2
        name = row_name(level, position)
        _write(panel, name, metrics.padding, centre, metrics.text, _PLAIN if known else _ABSENT)
        bar_top = metrics.row_top(position) + round((metrics.row - metrics.bar_height) / 2)
        if known:
            over(panel, pill(metrics.bar, metrics.bar_height, WHITE, _TRACK), metrics.bar_left, bar_top)
        else:
            dash = pill(max(5, round(metrics.text * 0.6)), max(1, round(metrics.text / 12)), WHITE, _ABSENT)
            dash_left = metrics.number_right - dash.width if metrics.number else metrics.bar_left
            over(panel, dash, dash_left, round(centre - dash.height / 2))
    return panel


def _write(panel: Sprite, text: str, x: int, centre_y: float, size_px: int, opacity: float) -> None:
    """As ``draw_text``, onto a sprite that is being made."""
    over(panel, text_sprite(text, size_px, WHITE, opacity), x, math.floor(centre_y + cap_height(size_px) / 2 + 0.5))


def _draw_tiny(image_bgr: Image, placed: Placed, values: Values, tiny: TinyMetrics, text_px: int) -> None:
    """Draws columns that grow upwards, in the same order from left to right; an absent one is a short dash."""
    column, height = tiny.column, tiny.height
    plate(*tiny.size, max(3, round(text_px * 0.35))).draw(image_bgr, placed.left, placed.top)
    bottom = placed.top + tiny.padding + height
    for position, (entry, value) in enumerate(zip(EXPRESSIONS, values, strict=True)):
        left = placed.left + tiny.padding + position * (column + tiny.space)
        if value is None:
            image_bgr[bottom - height // 2 : bottom - height // 2 + 1, left : left + column] = 110
        else:
            top = bottom - max(1, round(value * height))
            image_bgr[top:bottom, left : left + column] = entry.colour_bgr
