"""What the review's timeline paints: each person's strip, and behind or over them gaps, excluded spans and markers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen
from PyQt5.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from realtime_fer.core.corrections.annotations import Span
from realtime_fer.core.corrections.recording import NOT_ANALYSED_AT, UNCERTAIN_AT
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.gui.review.row_words import label_title
from realtime_fer.gui.review.timeline.label_columns import AWAY, LabelColumns
from realtime_fer.gui.review.timeline.measure_lanes import MeasureColumns
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.lane_pixels import lane_image
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph

#: Bytes of a pixel as Format_ARGB32 has them.
_COLOURS_BGRA = np.array(
    [(*expression.colour_bgr, 255) for expression in EXPRESSIONS] + [(188, 188, 188, 255), (0, 0, 0, 0), (0, 0, 0, 0)],
    np.uint8,
)
_STRIPE_BGRA, _BLIND_BGRA = (92, 92, 92, 255), (110, 110, 110, 220)
_STRIPE_PX, _STRIPE_LINE_PX, _BLIND_PX = 8, 3, 12
_FADED = 0.3
_PLATE, _ON_PLATE = QColor(20, 23, 28, 190), QColor("#f1f3f5")
#: Columns that the shortest word needs.
_LEAST_RUN = 30
_GAP_PX = 4.0

#: First column, column after the last, label.
LabelRun = tuple[int, int, int]


@dataclass(frozen=True)
class StripRow:
    """One row of the timeline: a person's labels, or the ``values`` of one ``measure`` below them."""

    person: int
    title: str
    colour_rgb: tuple[int, int, int]
    columns: LabelColumns
    hidden: bool = False
    chosen: bool = False
    measure: str = ""
    values: MeasureColumns | None = None


def strip_image(labels: npt.NDArray[np.int8], height: int) -> QImage:
    """ARGB32, ``height`` high, a pixel for each of ``labels``; what is uncertain is striped, what is away clear."""
    pixels = np.repeat(_COLOURS_BGRA[labels][None], height, axis=0)
    diagonal = np.arange(height)[:, None] + np.arange(len(labels))
    pixels[(labels == UNCERTAIN_AT) & (diagonal % _STRIPE_PX < _STRIPE_LINE_PX)] = _STRIPE_BGRA
    pixels[(labels == NOT_ANALYSED_AT) & (diagonal % _BLIND_PX == 0)] = _BLIND_BGRA
    return QImage(pixels.tobytes(), len(labels), height, len(labels) * 4, QImage.Format.Format_ARGB32).copy()


def label_runs(labels: npt.NDArray[np.int8]) -> list[LabelRun]:
    """First column, column after the last, and label of each stretch that is wide enough for a word."""
    edges = np.concatenate(([0], np.flatnonzero(np.diff(labels)) + 1, [len(labels)]))
    wide = np.flatnonzero((np.diff(edges) >= _LEAST_RUN) & (labels[edges[:-1]] != AWAY))
    return [(int(edges[at]), int(edges[at + 1]), int(labels[edges[at]])) for at in wide]


class _PixelItem(pyqtgraph.GraphicsObject):
    """Paints in pixels whatever part of ``width_s`` by ``height`` is in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._width_s = self._height = 1.0
        self.set_theme(theme)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_extent(self, width_s: float, height: float) -> None:
        if (width_s, height) != (self._width_s, self._height):
            self.prepareGeometryChange()
            self._width_s, self._height = width_s, height

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width_s, self._height)

    @contextmanager
    def _pixels(self, painter: QPainter) -> Iterator[tuple[QRectF, QRectF, float]]:
        """Within, ``painter`` paints in pixels: the area, what of the coordinates fills it, and pixels a point."""
        view = self.getViewBox().viewRect()
        transform = painter.worldTransform()
        device = painter.device()
        painter.save()
        painter.resetTransform()
        area = transform.mapRect(QRectF(view))
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        try:
            yield area, QRectF(view), device.devicePixelRatioF() if device is not None else 1.0
        finally:
            painter.restore()


class StripsItem(_PixelItem):
    """All people's strips as one item; row n lies from n to n + 1."""

    def __init__(self, theme: Theme) -> None:
        self.rows: tuple[StripRow, ...] = ()
        self._drawn: dict[tuple[int, int], tuple[QImage, list[LabelRun]]] = {}
        self._drawn_for: tuple[object, ...] = ()
        super().__init__(theme)

    def show_rows(self, rows: Sequence[StripRow]) -> None:
        self.rows = tuple(rows)
        self._drawn_for = ()
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        with self._pixels(painter) as (area, view, ratio):
            self._paint_rows(painter, area, view, ratio)

    def _paint_rows(self, painter: QPainter, area: QRectF, view: QRectF, ratio: float) -> None:
        columns = max(1, round(area.width() * ratio))
        wanted = (view.left(), view.right(), columns)
        if wanted != self._drawn_for:
            self._drawn.clear()
            self._drawn_for = wanted
        each = area.height() / max(view.height(), 1e-9)
        for position, row in enumerate(self.rows):
            top = area.top() + (position - view.top()) * each
            if top > area.bottom() or top + each < area.top():
                continue
            gap = min(_GAP_PX, each / 4)
            place = QRectF(area.left(), top + gap / 2, area.width(), each - gap)
            painter.fillRect(place, QColor(self._theme.field))
            height = max(1, round(place.height() * ratio))
            drawn = self._drawn.get((position, height))
            if drawn is None:
                drawn = self._drawn[position, height] = _drawn_row(row, view, columns, height)
            painter.setOpacity(_FADED if row.hidden else 1.0)
            painter.drawImage(place, drawn[0], QRectF(0, 0, columns, height))
            self._draw_names(painter, place, drawn[1], columns)
            painter.setOpacity(1.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(QColor(self._theme.accent if row.chosen else self._theme.border), 2 if row.chosen else 1)
            )
            painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_names(self, painter: QPainter, place: QRectF, runs: list[LabelRun], columns: int) -> None:
        """The expression's name in each run that has room for it."""
        metrics = QFontMetricsF(painter.font())
        if place.height() < metrics.height() + 6:
            return
        for first, last, label in runs:
            left, right = (place.left() + place.width() * column / columns for column in (first, last))
            words = label_title(label)
            width = metrics.horizontalAdvance(words) + 10
            if right - left < width + 8:
                continue
            plate = QRectF(left + 4, place.bottom() - metrics.height() - 3, width, metrics.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_PLATE)
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(_ON_PLATE)
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)

    def label_at(self, position: int, time_s: float) -> int:
        """Position in ``ROW_LABELS`` of what the row's person shows, or ``AWAY``."""
        return int(self.rows[position].columns.between(time_s, time_s + 1e-9, 1)[0]) if self.rows else AWAY


def _drawn_row(row: StripRow, view: QRectF, columns: int, height: int) -> tuple[QImage, list[LabelRun]]:
    if row.values is not None:
        values = row.values.between(view.left(), view.right(), columns)
        return lane_image(row.measure, values, height, row.colour_rgb), []
    labels = row.columns.between(view.left(), view.right(), columns)
    return strip_image(labels, height), label_runs(labels)


class GroundItem(_PixelItem):
    """Gaps, excluded spans and the lines of the markers, over the whole height."""

    def __init__(self, theme: Theme) -> None:
        self.gaps: tuple[Span, ...] = ()
        self.excluded: tuple[Span, ...] = ()
        self.marker_s: npt.NDArray[np.float64] = np.zeros(0)
        super().__init__(theme)

    def show_times(self, gaps: Sequence[Span], excluded: Sequence[Span], marker_s: Sequence[float]) -> None:
        self.gaps, self.excluded, self.marker_s = tuple(gaps), tuple(excluded), np.array(sorted(marker_s))
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        with self._pixels(painter) as (area, view, _):
            self._paint_ground(painter, area, view)

    def _paint_ground(self, painter: QPainter, area: QRectF, view: QRectF) -> None:
        def x_of(time_s: float) -> float:
            return area.left() + (time_s - view.left()) / max(view.width(), 1e-9) * area.width()

        quiet, veil = QColor(self._theme.quiet), QColor(self._theme.window)
        quiet.setAlpha(130)
        veil.setAlpha(215)
        for spans, brush, filled in (
            (self.gaps, Qt.BrushStyle.DiagCrossPattern, False),
            (self.excluded, Qt.BrushStyle.BDiagPattern, True),
        ):
            for span in spans:
                if span.end_s < view.left() or span.start_s > view.right():
                    continue
                left, right = max(x_of(span.start_s), area.left()), min(x_of(span.end_s), area.right())
                place = QRectF(left, area.top(), max(1.0, right - left), area.height())
                if filled:
                    painter.fillRect(place, veil)
                painter.fillRect(place, QBrush(quiet, brush))
        # More than a pixel's worth of markers are one line.
        seen = self.marker_s[(self.marker_s >= view.left()) & (self.marker_s <= view.right())]
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        for x in sorted({round(x_of(float(time_s))) for time_s in seen}):
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
