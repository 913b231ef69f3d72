"""The plot item that paints the timeline: strips, names of the longer runs, and the markers' lines."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PyQt5.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.expression_history import SPAN_S, STEPS, ExpressionHistory
from realtime_fer.gui.timeline.lane_pixels import lane_image
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from realtime_fer.gui.timeline.rows import Row, RowPlaces
from realtime_fer.gui.timeline.strip_pixels import StripImage
from realtime_fer.gui.widgets.plain_text import plain

_PLATE = QColor(20, 23, 28, 190)
_ON_PLATE = QColor("#f1f3f5")
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class StripsItem(pyqtgraph.GraphicsObject):
    """One plot item for all people: an item for each would be laid out and painted separately.

    In the plot's coordinates it spans -``SPAN_S`` to 0 and 0 to 1; everything is painted in pixels.
    """

    def __init__(self, history: ExpressionHistory, theme: Theme) -> None:
        super().__init__()
        self._history = history
        self._pictures: dict[int, StripImage] = {}
        self.rows: tuple[Row, ...] = ()
        self.markers: list[tuple[float, str]] = []
        self.set_theme(theme)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)

    def set_theme(self, theme: Theme) -> None:
        self._empty, self._border = QColor(theme.field), QColor(theme.border)
        self._marker, self._on_marker = QColor(theme.accent), QColor(theme.on_accent)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-SPAN_S, 0, SPAN_S, 1)

    def show_rows(self, rows: Sequence[Row], markers: list[tuple[float, str]], font: QFont) -> None:
        self.rows, self.markers = tuple(rows), markers
        self._font = font
        shown = {row.identity for row in rows}
        self._pictures = {identity: kept for identity, kept in self._pictures.items() if identity in shown}
        self.update()

    def places(self, height: float) -> RowPlaces:
        band = QFontMetricsF(self._font).height() + 3 if self.markers else 0.0
        return RowPlaces(height, band, len(self.rows))

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        area = painter.worldTransform().mapRect(self.boundingRect())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.save()
        painter.resetTransform()
        painter.translate(area.topLeft())
        painter.setFont(self._font)
        places = self.places(area.height())
        for position, row in enumerate(self.rows):
            place = places.place(position, 0, area.width())
            painter.fillRect(place, self._empty)
            height = round(place.height() * ratio)
            if row.measure:
                values = self._history.values_of(row.identity, row.measure)
                painter.drawImage(place, lane_image(row.measure, values, height, row.colour_rgb))
            else:
                self._draw_strip(painter, place, self._picture(row.identity, height))
                self._draw_names(painter, place, row)
            painter.setPen(QPen(self._border, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        self._draw_markers(painter, area.width(), area.height())
        painter.restore()

    def _picture(self, identity: int, height: int) -> StripImage:
        picture = self._pictures.get(identity)
        if picture is None or picture.height != height:
            picture = self._pictures[identity] = StripImage(identity, height)
        picture.follow(self._history)
        return picture

    @staticmethod
    def _draw_strip(painter: QPainter, place: QRectF, picture: StripImage) -> None:
        """Draws the ring's older part on the left, its newer part on the right."""
        if picture.newest_step is None:
            return
        newer = picture.newest_step % STEPS + 1
        joint = place.width() * (STEPS - newer) / STEPS
        height = picture.height
        left = QRectF(place.left(), place.top(), joint, place.height())
        painter.drawImage(left, picture.image, QRectF(newer, 0, STEPS - newer, height))
        right = QRectF(place.left() + joint, place.top(), place.width() - joint, place.height())
        painter.drawImage(right, picture.image, QRectF(0, 0, newer, height))

    def _draw_names(self, painter: QPainter, place: QRectF, row: Row) -> None:
        metrics = QFontMetricsF(self._font)
        if place.height() < metrics.height() + 4:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for run in row.runs:
            left, right = (place.width() * step / STEPS for step in (run.first, run.last))
            width = metrics.horizontalAdvance(run.words) + 10
            if right - left < width + 8:
                continue
            plate = QRectF(left + 4, place.bottom() - metrics.height() - 3, width, metrics.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_PLATE)
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(_ON_PLATE)
            painter.drawText(plate, _CENTRE, run.words)

    def _draw_markers(self, painter: QPainter, width: float, height: float) -> None:
        metrics = QFontMetricsF(self._font)
        flag_height = metrics.height() + 1
        xs = [width * (1 + time_s / SPAN_S) for time_s, _ in self.markers]
        taken = 0.0
        for (_, note), x, next_x in zip(self.markers, xs, [*xs, width][1:], strict=False):
            text = plain(note)
            painter.setPen(QPen(self._marker, 2))
            painter.drawLine(QPointF(x, 0), QPointF(x, height))
            wanted = metrics.horizontalAdvance(text) + 10
            # Right of its line, or left where there is room only there.
            left = x if next_x - x >= wanted or x - taken < wanted else x - wanted
            room = min(wanted, next_x - x if left == x else wanted)
            if room < 14:
                continue
            flag = QRectF(left, 0, room, flag_height)
            painter.fillRect(flag, self._marker)
            painter.setPen(self._on_marker)
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 8)
            painter.drawText(flag.adjusted(5, 0, 0, 0), _LEFT, elided)
            taken = max(x, left + room)
