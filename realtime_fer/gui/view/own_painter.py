"""Paints the panels of own expressions beside faces, at the screen's resolution."""

from __future__ import annotations

from functools import lru_cache

from PyQt5.QtCore import QPointF, QRectF
from PyQt5.QtGui import QImage, QPainter, QPainterPath, QPen

from realtime_fer.core.overlay.canvas import Canvas, Placed
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
from realtime_fer.gui.view.overlay_pictures import WHITE, Font, coloured, fill_pill, fill_plate, lay, painted_picture

_STRONG, _PLAIN, _TRACK = 1.0, 0.74, 0.16


class OwnPictures:
    """The pictures of one type size, one list of names and one kind of screen. Their number is bounded.

    Args:
        family: of the font.
        text_px: type size of the panels of probabilities, in the interface's pixels.
        ratio: the screen's pixels to one of the interface's.
    """

    def __init__(self, family: str, text_px: int, ratio: float, names: tuple[str, ...]) -> None:
        self._ratio = ratio
        font = lru_cache(maxsize=4)(lambda size_px: Font(family, size_px))
        self._metrics = [
            own_metrics(level, text_px, names, lambda text, size_px: font(size_px).width(text)) for level in OwnLevel
        ]
        self._font = font(self._metrics[0].text)
        self.panel = lru_cache(maxsize=4)(self._panel)
        self.row = lru_cache(maxsize=256)(self._row)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of a panel of each level."""
        return [metrics.size for metrics in self._metrics]

    def metrics(self, level: OwnLevel) -> OwnMetrics:
        return self._metrics[level]

    def _panel(self, level: OwnLevel) -> QImage:
        """Plate, title, names and the tracks of the bars: all that stays the same from frame to frame."""
        metrics = self._metrics[level]
        width, height = metrics.size

        def paint(painter: QPainter) -> None:
            fill_plate(painter, width, height, round(metrics.text * 0.6))
            middle = metrics.row_top(0) + metrics.row / 2
            self._font.write(painter, own_title(), metrics.padding, middle, _STRONG)
            for position, name in enumerate(metrics.names, 1):
                middle = metrics.row_top(position) + metrics.row / 2
                self._font.write(painter, name, metrics.padding, middle, _PLAIN)
                track = QRectF(metrics.bar_left, middle - metrics.bar_height / 2, metrics.bar, metrics.bar_height)
                fill_pill(painter, track, coloured(WHITE, _TRACK))

        return painted_picture(width, height, self._ratio, paint)

    def _row(self, level: OwnLevel, percentage: int | None) -> QImage:
        """A bar with its number, from ``bar_left`` on; a value that is not known is a dash."""
        metrics = self._metrics[level]
        wide = metrics.number_right - metrics.bar_left

        def paint(painter: QPainter) -> None:
            bar = QRectF(0, (metrics.row - metrics.bar_height) / 2, metrics.bar, metrics.bar_height)
            _stripe(painter, bar, (percentage or 0) / 100, metrics.stripe)
            if metrics.number:
                number = "–" if percentage is None else f"{percentage} %"
                self._font.write(painter, number, wide - self._font.width(number), metrics.row / 2, _PLAIN)

        return painted_picture(wide, metrics.row, self._ratio, paint)


def _stripe(painter: QPainter, bar: QRectF, share: float, stripe: int) -> None:
    """The left ``share`` of a bar with round ends, with slanted stripes."""
    if share <= 0:
        return
    painter.save()
    painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()))
    fill_pill(painter, bar, coloured(BAR_RGB))
    path = QPainterPath()
    path.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    painter.setClipPath(path & _rectangle(bar, share))
    painter.setPen(QPen(coloured(STRIPE_RGB), stripe))
    x = bar.left() - bar.height()
    while x < bar.right():
        painter.drawLine(QPointF(x, bar.bottom() + 1), QPointF(x + bar.height() + 2, bar.top() - 1))
        x += 2.6 * stripe
    painter.restore()


def _rectangle(bar: QRectF, share: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()))
    return path


class OwnPainter:
    """Called only from the GUI thread. It makes nothing before it is asked to paint."""

    def __init__(self) -> None:
        self._pictures = lru_cache(maxsize=3)(OwnPictures)

    def paint(self, painter: QPainter, canvas: Canvas, planner: OverlayPlanner, family: str, ratio: float) -> None:
        """Paints where the planner has room beside what it placed already."""
        wanted = [shows_own(face) for face in canvas.faces]
        if not any(wanted):
            return
        pictures = self._pictures(family, canvas.text_px, ratio, names_of(canvas.faces))
        for face, placed in zip(canvas.faces, planner.own(canvas, pictures.sizes, wanted), strict=True):
            if placed is not None:
                _paint_panel(painter, pictures, face, placed)


def _paint_panel(painter: QPainter, pictures: OwnPictures, face: FaceOverlay, placed: Placed) -> None:
    level = OwnLevel(placed.variant)
    metrics = pictures.metrics(level)
    lay(painter, pictures.panel(level), placed.left, placed.top)
    for position, (_, value) in enumerate(face.own, 1):
        row = pictures.row(level, None if value is None else whole_percent(value))
        lay(painter, row, placed.left + metrics.bar_left, placed.top + metrics.row_top(position))
