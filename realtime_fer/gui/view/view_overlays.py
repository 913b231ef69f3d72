"""Paints what stands over the picture on screen and never in a recording: messages, the recording mark, the pause."""

from __future__ import annotations

import math
from enum import Enum

from PyQt5.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from realtime_fer.core.text.translation import translate

#: The view stays dark in either theme, as in a cinema: a bright surround makes a picture look dull.
BACKGROUND = QColor("#121417")
_TEXT = QColor("#f1f3f5")
_QUIET = QColor("#c3c9d1")
_RECORD = QColor("#d61f1f")
_CARD = QColor(24, 27, 32, 225)
_CARD_BORDER = QColor(255, 255, 255, 38)

RECORD_FRAME_PX = 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)


class Symbol(Enum):
    """The drawing on top of a message."""

    DOTS = "dots"
    WARNING = "warning"


def _sized(font: QFont, factor: float, bold: bool = False) -> QFont:
    sized = QFont(font)
    if font.pointSizeF() > 0:
        sized.setPointSizeF(font.pointSizeF() * factor)
    else:
        sized.setPixelSize(round(font.pixelSize() * factor))
    sized.setBold(bold)
    return sized


def draw_message(painter: QPainter, area: QRect, symbol: Symbol, headline: str, body: str) -> None:
    """Draws a card in the middle of ``area``, as large as its text needs."""
    base = painter.font()
    head_font, body_font = _sized(base, 1.45, bold=True), _sized(base, 1.08)
    text_width = max(120, min(500, area.width() - 96))
    unlimited = QRect(0, 0, text_width, 4000)
    head = QFontMetrics(head_font).boundingRect(unlimited, _WRAP, headline)
    tail = QFontMetrics(body_font).boundingRect(unlimited, _WRAP, body) if body else QRect()
    with_symbol = area.height() > head.height() + tail.height() + 150
    symbol_height = 58 if with_symbol else 0
    gap = 10 if body else 0
    width = max(head.width(), tail.width(), 220) + 56
    height = symbol_height + head.height() + gap + tail.height() + 48
    card = QRectF(0, 0, width, height)
    card.moveCenter(QPointF(area.center()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_CARD_BORDER, 1))
    painter.setBrush(_CARD)
    painter.drawRoundedRect(card, 12, 12)
    top = card.top() + 24
    if with_symbol:
        _draw_symbol(painter, symbol, QPointF(card.center().x(), top + 20))
        top += symbol_height
    left = round(card.center().x() - text_width / 2)
    painter.setFont(head_font)
    painter.setPen(_TEXT)
    painter.drawText(QRect(left, round(top), text_width, head.height() + 2), _WRAP, headline)
    painter.setFont(body_font)
    painter.setPen(_QUIET)
    painter.drawText(QRect(left, round(top) + head.height() + gap, text_width, tail.height() + 4), _WRAP, body)
    painter.restore()


def _draw_symbol(painter: QPainter, symbol: Symbol, centre: QPointF) -> None:
    painter.save()
    painter.translate(centre)
    pen = QPen(_QUIET, 3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if symbol is Symbol.DOTS:
        painter.setPen(Qt.PenStyle.NoPen)
        for step, opacity in ((-1, 255), (0, 170), (1, 90)):
            painter.setBrush(QColor(_QUIET.red(), _QUIET.green(), _QUIET.blue(), opacity))
            painter.drawEllipse(QPointF(20 * step, 0), 6, 6)
    else:
        painter.setPen(
            QPen(QColor("#f0b34d"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawPolygon(QPolygonF([QPointF(0, -19), QPointF(22, 18), QPointF(-22, 18)]))
        painter.drawLine(QPointF(0, -5), QPointF(0, 5))
        painter.drawPoint(QPointF(0, 12))
    painter.restore()


def draw_pill(painter: QPainter, area: QRect, text: str) -> QRect:
    """Draws text on a rounded plate at the bottom of ``area``, in several lines where it is narrow; returns where."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_sized(painter.font(), 1.1, bold=True))
    metrics = painter.fontMetrics()
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    room = QRect(0, 0, max(60, area.width() - 44), max(metrics.height(), area.height() - 40))
    needed = metrics.boundingRect(room, flags, text)
    pill = QRectF(0, 0, needed.width() + 36, min(needed.height(), room.height()) + 16)
    pill.moveCenter(QPointF(area.center().x(), area.bottom() - pill.height() / 2 - 14))
    radius = (metrics.height() + 16) / 2
    painter.setPen(QPen(_CARD_BORDER, 1))
    painter.setBrush(_CARD)
    painter.drawRoundedRect(pill, radius, radius)
    painter.setPen(_TEXT)
    painter.drawText(pill, flags, text)
    painter.restore()
    return pill.toAlignedRect()


def draw_recording(
    painter: QPainter,
    area: QRect,
    time_text: str,
    kept: str,
    gap: str = "",
    sound: tuple[str, float | None] = ("", None),
) -> QRect:
    """Draws a red frame round ``area`` and, top right, a red plate: the time, what is kept and what is missing.

    Args:
        sound: whose sound is kept, or '', and how loud it is, 0 to 1; None draws no meter.

    Returns where the plate is.
    """
    painter.save()
    half = RECORD_FRAME_PX / 2
    painter.setPen(
        QPen(_RECORD, RECORD_FRAME_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(area).adjusted(half, half, -half, -half))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    base = painter.font()
    time_font, kept_font = _sized(base, 1.2, bold=True), _sized(base, 0.95, bold=True)
    time_metrics, kept_metrics = QFontMetrics(time_font), QFontMetrics(kept_font)
    clock = f"{translate('Recording', 'REC')} {time_text}"
    dot = round(time_metrics.height() * 0.36)
    inset = 2 * dot + 10
    words, level = sound
    widest = max(60, area.width() - 80)
    lines = [
        *_wrapped(kept, kept_metrics, widest),
        *_broken(words, kept_metrics, widest),
        *_broken(gap, kept_metrics, widest),
    ]
    kept_width = max((kept_metrics.horizontalAdvance(line) for line in lines), default=0)
    width = max(inset + time_metrics.horizontalAdvance(clock), kept_width) + 28
    meter_height = 0 if level is None else round(kept_metrics.height() * 0.6)
    plate = QRectF(0, 0, width, time_metrics.height() + kept_metrics.height() * len(lines) + 12 + meter_height)
    plate.moveTopRight(QPointF(area.right() - 16, area.top() + 18))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RECORD)
    painter.drawRoundedRect(plate, 8, 8)
    painter.setBrush(Qt.GlobalColor.white)
    line = QRectF(plate.left() + 14, plate.top() + 6, plate.width() - 28, time_metrics.height())
    painter.drawEllipse(QPointF(line.left() + dot, line.center().y()), dot, dot)
    painter.setPen(Qt.GlobalColor.white)
    painter.setFont(time_font)
    painter.drawText(line.adjusted(inset, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), clock)
    painter.setFont(kept_font)
    for words in lines:
        line = QRectF(line.left(), line.bottom(), line.width(), kept_metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), words)
    if level is not None:
        _draw_level(painter, QRectF(line.left(), line.bottom() + 1, line.width(), meter_height - 4), level)
    painter.restore()
    return plate.toAlignedRect()


def _draw_level(painter: QPainter, place: QRectF, level: float) -> None:
    """A bar from -60 to 0 decibels."""
    share = max(0.0, min(1.0, 1 + math.log10(level) / 3)) if level > 0 else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 90))
    painter.drawRoundedRect(place, 2, 2)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(QRectF(place.topLeft(), QSizeF(place.width() * share, place.height())), 2, 2)


def _broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """``text`` in lines of whole words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


def _wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """``text`` on one line, or broken after its commas where that is too wide."""
    if not text:
        return []
    lines = [text] if metrics.horizontalAdvance(text) <= width else text.split(", ")
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]
