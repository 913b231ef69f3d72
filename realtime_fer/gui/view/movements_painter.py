"""Paints the panels of movements beside faces, at the screen's resolution."""

from __future__ import annotations

from functools import lru_cache

from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QImage, QPainter

from realtime_fer.core.overlay.canvas import Canvas, Placed
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
from realtime_fer.gui.view.overlay_pictures import (
    WHITE,
    Font,
    coloured,
    fill_pill,
    fill_plate,
    lay,
    painted_picture,
)

_STRONG, _PLAIN, _ABSENT, _TRACK = 1.0, 0.74, 0.4, 0.16


class MovementPictures:
    """The pictures of one type size on one kind of screen. Their number is bounded; the oldest go.

    Args:
        family: of the font.
        text_px: type size of the panels of probabilities, in the interface's pixels.
        ratio: the screen's pixels to one of the interface's.
    """

    def __init__(self, family: str, text_px: int, ratio: float) -> None:
        self._ratio = ratio
        font = lru_cache(maxsize=4)(lambda size_px: Font(family, size_px))
        self._metrics = {
            level: movement_metrics(level, text_px, lambda text, size_px: font(size_px).width(text))
            for level in MovementLevel
        }
        self._font = font(self._metrics[MovementLevel.ALL].text)
        self.panel = lru_cache(maxsize=24)(self._panel)
        self.bar = lru_cache(maxsize=512)(self._bar)
        self._row = self._metrics[MovementLevel.ALL].row
        # Word by word: all of them together would be another picture with each degree.
        self.word = lru_cache(maxsize=512)(self._word)
        self.pill = lru_cache(maxsize=4)(self._pill)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of a panel of each level."""
        return [self._metrics[level].size for level in MovementLevel]

    def metrics(self, level: MovementLevel) -> MovementMetrics:
        return self._metrics[level]

    def _panel(self, level: MovementLevel, present: tuple[bool, ...]) -> QImage:
        """Plate, names and the tracks of the bars: all that stays the same from frame to frame."""
        metrics = self._metrics[level]
        width, height = metrics.size

        def paint(painter: QPainter) -> None:
            fill_plate(painter, width, height, round(metrics.text * 0.6))
            for position, (title, known) in enumerate(zip(bar_titles(level), present, strict=True)):
                middle = metrics.row_top(position) + metrics.row / 2
                self._font.write(painter, title, metrics.padding, middle, _PLAIN if known else _ABSENT)
                track = QRectF(metrics.bar_left, middle - metrics.bar_height / 2, metrics.bar, metrics.bar_height)
                if known:
                    fill_pill(painter, track, coloured(WHITE, _TRACK))
                else:
                    wide, high = max(5, round(metrics.text * 0.6)), max(1, round(metrics.text / 12))
                    fill_pill(painter, QRectF(track.left(), middle - high / 2, wide, high), coloured(WHITE, _ABSENT))

        return painted_picture(width, height, self._ratio, paint)

    def _bar(self, wide: int, high: int, filled: int) -> QImage:
        """``filled`` of ``wide`` pixels of the screen, so that there are no more pictures than there are pixels."""

        def paint(painter: QPainter) -> None:
            painter.setClipRect(QRectF(0, 0, filled / self._ratio, high))
            fill_pill(painter, QRectF(0, 0, wide, high), coloured(BAR_RGB))

        return painted_picture(wide, high, self._ratio, paint)

    def filled(self, metrics: MovementMetrics, value: float) -> QImage:
        return self.bar(metrics.bar, metrics.bar_height, round(value * metrics.bar * self._ratio))

    def _word(self, words: str, opacity: float) -> QImage:
        def paint(painter: QPainter) -> None:
            self._font.write(painter, words, 0, self._row / 2, opacity)

        return painted_picture(self._font.width(words), self._row, self._ratio, paint)

    def _pill(self, words: str) -> QImage:
        """The words on a light plate, ``space / 2`` wider on either side."""
        space, wide = self._metrics[MovementLevel.ALL].space, self._font.width(words)

        def paint(painter: QPainter) -> None:
            fill_pill(painter, QRectF(0, 1, wide + space, self._row - 2), coloured(BAR_RGB, 0.28))
            self._font.write(painter, words, space / 2, self._row / 2, _STRONG)

        return painted_picture(wide + space, self._row, self._ratio, paint)


class MovementsPainter:
    """Called only from the GUI thread. It makes nothing before it is asked to paint."""

    def __init__(self) -> None:
        self._pictures = lru_cache(maxsize=2)(MovementPictures)

    def paint(self, painter: QPainter, canvas: Canvas, planner: OverlayPlanner, family: str, ratio: float) -> None:
        """Paints where the planner has room beside what it placed already."""
        wanted = [shows_movements(face) for face in canvas.faces]
        if not any(wanted):
            return
        pictures = self._pictures(family, canvas.text_px, ratio)
        for face, placed in zip(canvas.faces, planner.movements(canvas, pictures.sizes, wanted), strict=True):
            if placed is not None and says_something(face, MovementLevel(placed.variant)):
                _paint_panel(painter, pictures, face, placed)


def _paint_panel(painter: QPainter, pictures: MovementPictures, face: FaceOverlay, placed: Placed) -> None:
    assert face.movements is not None
    level = MovementLevel(placed.variant)
    metrics, values = pictures.metrics(level), bar_values(face.movements, level)
    lay(painter, pictures.panel(level, tuple(value is not None for value in values)), placed.left, placed.top)
    inset = (metrics.row - metrics.bar_height) / 2
    for position, value in enumerate(values):
        if value:
            top = round(placed.top + metrics.row_top(position) + inset)
            lay(painter, pictures.filled(metrics, value), placed.left + metrics.bar_left, top)
    _paint_footer(painter, pictures, metrics, footer_of(face), placed.left, placed.top + metrics.row_top(len(values)))


def _paint_footer(
    painter: QPainter, pictures: MovementPictures, metrics: MovementMetrics, words: Footer, left: int, top: int
) -> None:
    if words.blinks:
        lay(painter, pictures.word(words.blinks, _PLAIN), left + metrics.padding, top)
    if words.speaking:
        pill = pictures.pill(words.speaking)
        reach = round(pill.width() / pill.devicePixelRatioF() - metrics.space / 2)
        lay(painter, pill, left + metrics.width - metrics.padding - reach, top)
    for along, angle in zip(metrics.pose_lefts, words.pose, strict=False):
        lay(painter, pictures.word(angle, _PLAIN), left + along, top + metrics.row)
