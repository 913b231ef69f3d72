"""The few icons of the window, drawn here so that they follow the theme's colours and any screen density."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_SIDE = 64


def _picture(draw: Callable[[QPainter], None], side_px: int = _SIDE) -> QPixmap:
    """``draw`` works on a square of ``_SIDE`` pixels, whatever the picture's own side is."""
    picture = QPixmap(side_px, side_px)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side_px / _SIDE, side_px / _SIDE)
    draw(painter)
    painter.end()
    return picture


def _icon(draw: Callable[[QPainter], None]) -> QIcon:
    return QIcon(_picture(draw))


def _pen(colour: str, width: float = 6) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def record_icon(colour: str) -> QIcon:
    """A dot."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(10, 10, 44, 44))

    return _icon(draw)


def stop_icon(colour: str) -> QIcon:
    """A square."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(13, 13, 38, 38), 6, 6)

    return _icon(draw)


def snapshot_icon(colour: str) -> QIcon:
    """A camera."""

    def draw(painter: QPainter) -> None:
        painter.setPen(_pen(colour, 5))
        body = QPainterPath()
        body.addRoundedRect(QRectF(6, 18, 52, 36), 7, 7)
        painter.drawPath(body)
        painter.drawLine(QPointF(22, 18), QPointF(26, 10))
        painter.drawLine(QPointF(26, 10), QPointF(38, 10))
        painter.drawLine(QPointF(38, 10), QPointF(42, 18))
        painter.drawEllipse(QPointF(32, 36), 10, 10)

    return _icon(draw)


def refresh_icon(colour: str) -> QIcon:
    """An arrow in a circle."""

    def draw(painter: QPainter) -> None:
        painter.setPen(_pen(colour))
        painter.drawArc(QRectF(12, 12, 40, 40), 30 * 16, 290 * 16)
        painter.drawLine(QPointF(50, 12), QPointF(49, 24))
        painter.drawLine(QPointF(37, 24), QPointF(49, 24))

    return _icon(draw)


def close_icon(colour: str) -> QIcon:
    """A cross."""

    def draw(painter: QPainter) -> None:
        painter.setPen(_pen(colour))
        painter.drawLine(QPointF(18, 18), QPointF(46, 46))
        painter.drawLine(QPointF(46, 18), QPointF(18, 46))

    return _icon(draw)


def window_icon() -> QIcon:
    """The program's own: a framed face with three bars."""
    return QIcon(window_picture(_SIDE))


def window_picture(side_px: int) -> QPixmap:
    """The program's own icon, drawn in this size."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#23272e"))
        painter.drawRoundedRect(QRectF(1, 1, 62, 62), 13, 13)
        painter.setPen(_pen("#f0e442", 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(9, 13, 30, 36))
        painter.drawArc(QRectF(16, 25, 16, 15), 200 * 16, 140 * 16)
        painter.drawPoint(QPointF(18.5, 27))
        painter.drawPoint(QPointF(29.5, 27))
        for row, (colour, length) in enumerate((("#f0e442", 13), ("#56b4e9", 7), ("#e69f00", 4))):
            painter.setPen(_pen(colour, 5))
            painter.drawLine(QPointF(44, 21 + 11 * row), QPointF(44 + length, 21 + 11 * row))

    return _picture(draw, side_px)
