"""Small pictures of labels, panels and corners, painted once at the screen's resolution and laid down many times."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PyQt5.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.overlay.face_overlay import Rgb
from realtime_fer.core.overlay.label_text import LabelShape, LabelText
from realtime_fer.core.overlay.panel_shape import (
    Level,
    PanelMetrics,
    TinyMetrics,
    panel_metrics,
    row_name,
    tiny_metrics,
)

#: The colour of the dark plates, a near-black with a trace of blue, and their opacity.
PLATE_RGB: Rgb = (15, 17, 22)
_PLATE_OPACITY, _CAPTION_OPACITY = 0.78, 0.62
_EDGE_OPACITY = 0.13

WHITE: Rgb = (255, 255, 255)
_STRONG, _PLAIN, _ABSENT, _TRACK = 1.0, 0.74, 0.4, 0.16
_CAPTION = 0.82


def coloured(rgb: Rgb, opacity: float = 1.0) -> QColor:
    colour = QColor(*rgb)
    colour.setAlphaF(opacity)
    return colour


class OverlayPictures:
    """The pictures of one type size on one kind of screen. Their number is bounded; the oldest go.

    Args:
        family: of the font.
        text_px: type size of the panels, in the interface's pixels.
        ratio: the screen's pixels to one of the interface's.
        label_size: of the labels' type, to the panels'.
        caption_size: of the caption's type, to the panels'.
    """

    def __init__(
        self, family: str, text_px: int, ratio: float, label_size: float = 1.1, caption_size: float = 0.82
    ) -> None:
        self.text_px, self.ratio = text_px, ratio
        self._fonts = lru_cache(maxsize=8)(lambda size_px: Font(family, size_px))
        self._label_px, self._caption_px = round(text_px * label_size), max(9, round(text_px * caption_size))
        self.label_shape = LabelShape(self._label_px, self._fonts(self._label_px).width)
        self._metrics = {
            level: panel_metrics(level, text_px, lambda text, size_px: self._fonts(size_px).width(text))
            for level in (Level.FULL, Level.COMPACT)
        }
        self.tiny: TinyMetrics = tiny_metrics(text_px)
        #: Width and height of a label's plate.
        self.label_size = lru_cache(maxsize=512)(self.label_shape.size)
        self.label = lru_cache(maxsize=256)(self._label)
        self.row = lru_cache(maxsize=1024)(self._row)
        self.panel = lru_cache(maxsize=24)(self._panel)
        self.plate = lru_cache(maxsize=8)(self._plate)
        self.caption = lru_cache(maxsize=8)(self._caption)
        self.corners = lru_cache(maxsize=96)(self._corners)

    @property
    def panel_sizes(self) -> list[tuple[int, int]]:
        """Width and height of a panel of each ``Level``."""
        return [self._metrics[Level.FULL].size, self._metrics[Level.COMPACT].size, self.tiny.size]

    def metrics(self, level: Level) -> PanelMetrics:
        """Of a full or compact panel."""
        return self._metrics[level]

    def _painted(self, width: float, height: float, paint: Callable[[QPainter], None]) -> QImage:
        return painted_picture(width, height, self.ratio, paint)

    def _plate(self, width: int, height: int, radius: float) -> QImage:
        return self._painted(width, height, lambda painter: fill_plate(painter, width, height, radius))

    def _label(self, text: LabelText, width: int) -> QImage:
        """A label's plate, ``width`` wide, with its text."""
        shape, font = self.label_shape, self._fonts(self._label_px)
        height = shape.height + (len(text.lines) - 1) * shape.line

        def paint(painter: QPainter) -> None:
            fill_plate(painter, width, height, round(shape.height * 0.3))
            for row, line in enumerate(text.lines):
                middle = shape.height / 2 + row * shape.line
                chip = QRectF(shape.padding, middle - shape.chip / 2, shape.chip, shape.chip)
                if line.hollow:
                    thick = max(1.5, shape.chip / 6)
                    painter.setPen(QPen(coloured(line.colour_rgb), thick))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(chip.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2))
                    painter.setPen(Qt.PenStyle.NoPen)
                else:
                    painter.setBrush(coloured(line.colour_rgb))
                    painter.drawEllipse(chip)
                x = float(shape.first_x)
                for piece in line.pieces:
                    wide = shape.width_of(piece)
                    if piece.names_person:
                        high = shape.pill_height
                        fill_pill(painter, QRectF(x, middle - high / 2, wide, high), coloured(line.person_rgb))
                        font.write(painter, piece.text, x + shape.pill_padding, middle)
                    else:
                        font.write(painter, piece.text, x, middle, piece.opacity)
                    x += wide + shape.space

        return self._painted(width, height, paint)

    def _panel(self, level: Level, present: tuple[bool, ...]) -> QImage:
        """Plate, names and the tracks of the bars: all that stays the same from frame to frame."""
        metrics = self._metrics[level]
        font = self._fonts(metrics.text)
        width, height = metrics.size

        def paint(painter: QPainter) -> None:
            fill_plate(painter, width, height, round(metrics.text * 0.6))
            for position, known in enumerate(present):
                middle = metrics.row_top(position) + metrics.row / 2
                name = row_name(level, position)
                font.write(painter, name, metrics.padding, middle, _PLAIN if known else _ABSENT)
                if known:
                    track = QRectF(metrics.bar_left, middle - metrics.bar_height / 2, metrics.bar, metrics.bar_height)
                    fill_pill(painter, track, coloured(WHITE, _TRACK))
                else:
                    wide, high = max(5, round(metrics.text * 0.6)), max(1, round(metrics.text / 12))
                    left = metrics.number_right - wide if metrics.number else metrics.bar_left
                    fill_pill(painter, QRectF(left, middle - high / 2, wide, high), coloured(WHITE, _ABSENT))

        return self._painted(width, height, paint)

    def _row(self, level: Level, position: int, percentage: int, is_best: bool) -> tuple[int, QImage]:
        """What changes in one row: the bar, its number, and the name again where it is the most probable.

        The number is where the picture begins, from the panel's left: only what is seen costs its laying.
        """
        metrics = self._metrics[level]
        font = self._fonts(metrics.text)

        first = metrics.padding if is_best else metrics.bar_left

        def paint(painter: QPainter) -> None:
            painter.setTransform(QTransform.fromTranslate(-first, 0), True)
            middle = metrics.row / 2
            if is_best:
                font.write(painter, row_name(level, position), metrics.padding, middle, _STRONG)
            bar = QRectF(metrics.bar_left, middle - metrics.bar_height / 2, metrics.bar, metrics.bar_height)
            painter.save()
            painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * percentage / 100, bar.height()))
            fill_pill(painter, bar, coloured(EXPRESSIONS[position].colour_rgb))
            painter.restore()
            if metrics.number:
                number = f"{percentage} %"
                x = metrics.number_right - font.width(number)
                font.write(painter, number, x, middle, _STRONG if is_best else _PLAIN)

        return first, self._painted(metrics.number_right - first, metrics.row, paint)

    def caption_size(self, text: str) -> tuple[int, int]:
        font = self._fonts(self._caption_px)
        return font.width(text) + 2 * round(self._caption_px * 0.55), round(self._caption_px * 1.6)

    def _caption(self, text: str) -> QImage:
        width, height = self.caption_size(text)
        font = self._fonts(self._caption_px)

        def paint(painter: QPainter) -> None:
            fill_plate(painter, width, height, round(height * 0.3), _CAPTION_OPACITY)
            font.write(painter, text, round(self._caption_px * 0.55), height / 2, _CAPTION)

        return self._painted(width, height, paint)

    def _corners(self, arm: int, radius: int, thickness: int, colour_rgb: Rgb) -> tuple[QImage, ...]:
        """The left top, right top, left bottom and right bottom corners: bent lines with a dark rim.

        The line's middle lies on the box's edge, ``thickness // 2 + 1`` pixels into the picture.
        """
        reach = thickness // 2 + 1
        side = arm + reach

        def paint(painter: QPainter) -> None:
            middle = reach - 0.5 * (thickness % 2 == 0) + 0.5
            path = QPainterPath(QPointF(middle, side))
            path.lineTo(middle, middle + radius)
            path.arcTo(QRectF(middle, middle, 2 * radius, 2 * radius), 180, -90)
            path.lineTo(side, middle)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for wide, colour in ((thickness + 2, coloured(PLATE_RGB)), (thickness, coloured(colour_rgb))):
                pen = QPen(colour, wide)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawPath(path)

        first = self._painted(side, side, paint)
        # mirrored() forgets the ratio.
        turned = [first, first.mirrored(True, False), first.mirrored(False, True), first.mirrored(True, True)]
        for image in turned:
            image.setDevicePixelRatio(self.ratio)
        return tuple(turned)


def painted_picture(width: float, height: float, ratio: float, paint: Callable[[QPainter], None]) -> QImage:
    """A picture of that size in the interface's pixels, at the screen's resolution; ``paint`` begins without a pen."""
    pixels = QSizeF(width, height) * ratio
    image = QImage(
        max(1, math.ceil(pixels.width())),
        max(1, math.ceil(pixels.height())),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    paint(painter)
    painter.end()
    return image


def lay(painter: QPainter, picture: QImage, x: int, y: int) -> None:
    """Lays a picture on whole pixels of the screen, so that it stays sharp where the ratio is no whole number."""
    if not picture.devicePixelRatioF().is_integer():
        to_screen = painter.deviceTransform()
        on_screen = to_screen.map(QPointF(x, y))
        painter.drawImage(to_screen.inverted()[0].map(QPointF(round(on_screen.x()), round(on_screen.y()))), picture)
    else:
        painter.drawImage(x, y, picture)


class Font:
    """One font at one size: how wide texts are, and writing them."""

    def __init__(self, family: str, size_px: int) -> None:
        self._font = QFont(family)
        self._font.setPixelSize(size_px)
        # Percentages count without wobbling only where all digits are equally wide, which hinting may undo.
        self._font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        metrics = QFontMetricsF(self._font)
        self._rise = metrics.capHeight() / 2
        self.width = lru_cache(maxsize=1024)(lambda text: math.ceil(metrics.horizontalAdvance(text)))

    def write(self, painter: QPainter, text: str, x: float, middle: float, opacity: float = _STRONG) -> None:
        """Capitals are centred on ``middle``, which the eye takes for the middle of a line."""
        painter.save()
        painter.setFont(self._font)
        painter.setPen(coloured(WHITE, opacity))
        painter.drawText(QPointF(x, middle + self._rise), text)
        painter.restore()


def fill_plate(painter: QPainter, width: int, height: int, radius: float, opacity: float = _PLATE_OPACITY) -> None:
    """A dark translucent plate with round corners and a hairline of light along its edge."""
    painter.setBrush(coloured(PLATE_RGB, opacity))
    painter.drawRoundedRect(QRectF(0, 0, width, height), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(coloured(WHITE, _EDGE_OPACITY), 1))
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), radius - 0.5, radius - 0.5)
    painter.setPen(Qt.PenStyle.NoPen)


def fill_pill(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
