"""The few icons of the window, drawn here so that they follow the theme's colours and any screen density."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

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


def play_icon(colour: str) -> QIcon:
    """A triangle that points right."""

    def draw(painter: QPainter) -> None:
        painter.setPen(_pen(colour, 5))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([QPointF(18, 12), QPointF(18, 52), QPointF(50, 32)]))

    return _icon(draw)


def pause_icon(colour: str) -> QIcon:
    """Two bars."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(15, 11, 12, 42), 3, 3)
        painter.drawRoundedRect(QRectF(37, 11, 12, 42), 3, 3)

    return _icon(draw)


def step_icon(colour: str, forward: bool) -> QIcon:
    """A triangle that points at a bar: one frame or picture further, or back."""

    def draw(painter: QPainter) -> None:
        if not forward:
            painter.setTransform(QTransform(-1, 0, 0, 1, _SIDE, 0), combine=True)
        painter.setPen(_pen(colour, 4))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([QPointF(16, 17), QPointF(16, 47), QPointF(38, 32)]))
        painter.setPen(_pen(colour, 6))
        painter.drawLine(QPointF(47, 17), QPointF(47, 47))

    return _icon(draw)


def loop_icon(colour: str) -> QIcon:
    """Two arrows, each into the other's beginning."""

    def draw(painter: QPainter) -> None:
        for _ in range(2):
            painter.setPen(_pen(colour, 5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            way = QPainterPath(QPointF(12, 34))
            way.cubicTo(QPointF(12, 20), QPointF(18, 18), QPointF(28, 18))
            way.lineTo(QPointF(44, 18))
            painter.drawPath(way)
            painter.setBrush(QColor(colour))
            painter.setPen(_pen(colour, 3))
            painter.drawPolygon(QPolygonF([QPointF(42, 9), QPointF(42, 27), QPointF(54, 18)]))
            painter.setTransform(QTransform(-1, 0, 0, -1, _SIDE, _SIDE), combine=True)

    return _icon(draw)


def grid_icon(colour: str) -> QIcon:
    """Nine squares: many pictures at once."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        for row in range(3):
            for column in range(3):
                painter.drawRoundedRect(QRectF(11 + 15 * column, 11 + 15 * row, 12, 12), 2, 2)

    return _icon(draw)


def volume_icon(colour: str, muted: bool) -> QIcon:
    """A loudspeaker with two waves, or with a cross."""

    def draw(painter: QPainter) -> None:
        painter.setPen(_pen(colour, 3))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(
            QPolygonF([QPointF(x, y) for x, y in ((9, 25), (18, 25), (30, 14), (30, 50), (18, 39), (9, 39))])
        )
        painter.setPen(_pen(colour, 5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if muted:
            painter.drawLine(QPointF(39, 25), QPointF(53, 39))
            painter.drawLine(QPointF(53, 25), QPointF(39, 39))
        else:
            for radius in (12, 22):
                painter.drawArc(QRectF(32 - radius, 32 - radius, 2 * radius, 2 * radius), -45 * 16, 90 * 16)

    return _icon(draw)


def more_icon(colour: str) -> QIcon:
    """Three dots."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        for x in (15, 32, 49):
            painter.drawEllipse(QPointF(x, 32), 5, 5)

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
