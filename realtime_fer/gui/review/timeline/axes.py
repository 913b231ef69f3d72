"""The axes of the review's timeline, and the box between them that turns the mouse into times."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PyQt5.QtWidgets import QStyleOptionGraphicsItem, QWidget

from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.review.timeline.items import StripRow
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from realtime_fer.gui.widgets.plain_text import plain

_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ClockAxis(pyqtgraph.AxisItem):
    """Times of day-to-day steps: 5 s, 15 s, a minute."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        most = max(1.0, size / (6 * QFontMetricsF(self.font()).averageCharWidth() + 36))
        step_s = next((step for step in _STEPS_S if (high - low) / step <= most), _STEPS_S[-1])
        return [(float(step_s), 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [time_words(value, tenths=spacing < 1) for value in values]

    def font(self) -> QFont:
        return self._font if hasattr(self, "_font") else QFont()

    def set_theme(self, theme: Theme, font: QFont) -> None:
        self._font = font
        metrics = QFontMetricsF(font)
        self.setTickFont(font)
        self.setStyle(tickTextOffset=3, tickLength=4, hideOverlappingLabels=round(metrics.averageCharWidth() * 4))
        self.setHeight(round(metrics.height() + 8))
        self.setPen(QColor(theme.border))
        self.setTextPen(QColor(theme.quiet))


class PeopleAxis(pyqtgraph.AxisItem):
    """The people's names beside their strips."""

    def __init__(self) -> None:
        super().__init__("left")
        self._rows: tuple[StripRow, ...] = ()
        self._font = QFont()
        self.setStyle(showValues=False)

    def set_theme(self, theme: Theme, font: QFont, width: int) -> None:
        self._theme, self._font = theme, font
        self.setWidth(width)

    def show_rows(self, rows: Sequence[StripRow]) -> None:
        self._rows = tuple(rows)
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        view = self.linkedView()
        if view is None:
            return
        low, high = view.viewRange()[1]
        height, width = self.size().height(), self.size().width()
        each = height / max(high - low, 1e-9)
        metrics = QFontMetricsF(self._font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setClipRect(QRectF(0, 0, width, height))
        for position, row in enumerate(self._rows):
            chip = QRectF(4, 0, width - 10, min(each - 2, metrics.height() + 4))
            chip.moveTop((position + 0.5 - low) * each - chip.height() / 2)
            if chip.bottom() < 0 or chip.top() > height:
                continue
            if row.measure:
                painter.setOpacity(1.0)
                painter.setPen(QColor(self._theme.quiet))
                told = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, chip.width() - 6)
                painter.drawText(chip.adjusted(0, 0, -4, 0), _RIGHT, told)
                continue
            painter.setOpacity(0.35 if row.hidden else 1.0)
            # In the text's colour: one of the people has the accent's.
            painter.setPen(QPen(QColor(self._theme.text), 2) if row.chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(*row.colour_rgb))
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
            painter.setOpacity(1.0)
            painter.setPen(QColor(self._theme.text if row.hidden else "#ffffff"))
            inner = chip.adjusted(8, 0, -6, 0)
            told = metrics.elidedText(plain(row.title), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, _LEFT, told)


class BlankAxis(pyqtgraph.AxisItem):
    """As wide as the people's names, so that times lie one below the other; ``title`` is written across it."""

    def __init__(self) -> None:
        super().__init__("left")
        self.title = ""
        self._font, self._colour = QFont(), QColor()
        self.setStyle(showValues=False)

    def set_theme(self, theme: Theme, font: QFont, width: int) -> None:
        self._font, self._colour = font, QColor(theme.quiet)
        self.setWidth(width)

    def set_title(self, title: str) -> None:
        self.title = title
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setFont(self._font)
        painter.setPen(self._colour)
        place = QRectF(6, 0, self.size().width() - 10, self.size().height())
        painter.drawText(place, _LEFT | int(Qt.TextFlag.TextWordWrap), self.title)


class TimeBox(pyqtgraph.ViewBox):
    """The wheel zooms, dragging moves, a click goes there, and dragging with Shift chooses a span."""

    #: Time and, in the box's own coordinates, height.
    clicked = pyqtSignal(float, float)
    double_clicked = pyqtSignal(float, float)
    #: From, to, and whether the mouse was let go.
    spanned = pyqtSignal(float, float, bool)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(True, False)

    def mouseClickEvent(self, event: object) -> None:
        if event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            event.accept()  # type: ignore[attr-defined]
            place = self.mapToView(event.pos())  # type: ignore[attr-defined]
            (self.double_clicked if event.double() else self.clicked).emit(place.x(), place.y())  # type: ignore[attr-defined]

    def mouseDragEvent(self, event: object, axis: int | None = None) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton  # type: ignore[attr-defined]
        if is_left and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:  # type: ignore[attr-defined]
            event.accept()  # type: ignore[attr-defined]
            start = self.mapToView(event.buttonDownPos()).x()  # type: ignore[attr-defined]
            self.spanned.emit(start, self.mapToView(event.pos()).x(), event.isFinish())  # type: ignore[attr-defined]
        elif is_left:
            super().mouseDragEvent(event, axis)
