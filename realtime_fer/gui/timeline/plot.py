"""The timeline's plot: people on the left, the last minute in the middle, the present on the right."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PyQt5.QtCore import QEvent, QRect, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PyQt5.QtWidgets import QStyleOptionGraphicsItem, QToolTip, QWidget

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.face_features.measures import MEASURE_KEYS
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.expression_history import SPAN_S, STEP_S, STEPS, ExpressionHistory
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from realtime_fer.gui.timeline.row_dragging import RowDragging
from realtime_fer.gui.timeline.rows import Row, RowPlaces, at_words, lane_of, lane_words, row_of
from realtime_fer.gui.timeline.strips_item import StripsItem
from realtime_fer.gui.widgets.plain_text import plain_tip

_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
#: Characters of a name that are shown; the rest is in the tooltip.
_WIDEST_NAME = 16
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class _BesideRows(pyqtgraph.AxisItem):
    """An axis that draws something beside each row instead of numbers."""

    def __init__(self, side: str, draw_row: Callable[[QPainter, QRectF, Row], None]) -> None:
        super().__init__(side)
        self._draw_row = draw_row
        self._rows: Sequence[Row] = ()
        self._places: RowPlaces | None = None

    def show_rows(self, rows: Sequence[Row], places: RowPlaces) -> None:
        if (rows, places) != (self._rows, self._places):
            self._rows, self._places = rows, places
            self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        if self._places is not None:
            for position, row in enumerate(self._rows):
                self._draw_row(painter, self._places.place(position, 0, self.size().width()), row)


class TimelinePlot(pyqtgraph.PlotWidget):
    """Called only from the GUI thread. ``refresh`` draws the current history.

    Attributes:
        busy_s: seconds spent so far on refreshing and painting.
    """

    def __init__(self, history: ExpressionHistory, theme: Theme) -> None:
        self._people = _BesideRows("left", self._draw_person)
        self._now = _BesideRows("right", self._draw_now)
        super().__init__(axisItems={"left": self._people, "right": self._now})
        self._history = history
        self._theme = theme
        self.busy_s = 0.0
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.layout.setContentsMargins(4, 2, 6, 2)
        view = item.getViewBox()
        view.setMouseEnabled(False, False)
        view.setDefaultPadding(0)
        view.invertY(True)
        view.setRange(xRange=(-SPAN_S, 0), yRange=(0, 1), padding=0)
        view.disableAutoRange()
        item.showAxis("right")
        self._strips = StripsItem(history, theme)
        view.addItem(self._strips)
        self._view = view
        view.sigResized.connect(lambda _view: self._label_times())
        self.dragging = RowDragging(self.viewport(), lambda: self.rows, self._place_of_row, theme)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(translate("Timeline", "Timeline of the last minute"))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._font = QFont(self.font())
        metrics = QFontMetricsF(self._font)
        beside = [f"{expression.title} 100 %" for expression in EXPRESSIONS]
        beside += [translate("Timeline", "uncertain"), *(f"? {doubt.said}" for doubt in DOUBTS)]
        widest = max(beside, key=metrics.horizontalAdvance)
        self._now.setWidth(round(metrics.horizontalAdvance(widest) + metrics.height() + 14))
        time_axis = self.getPlotItem().getAxis("bottom")
        time_axis.setTickFont(self._font)
        now = translate("Timeline", "now")
        # Half of its label stands beyond the end.
        beyond_px = round(metrics.horizontalAdvance(now) / 2) + 4
        time_axis.setStyle(tickTextOffset=3, tickLength=4, hideOverlappingLabels=beyond_px)
        time_axis.setHeight(round(metrics.height() + 8))
        time_axis.setPen(QColor(theme.border))
        time_axis.setTextPen(QColor(theme.quiet))
        self._label_times()
        self.setBackground(theme.raised)
        self._strips.set_theme(theme)
        self.dragging.set_theme(theme)
        self.refresh()

    def _label_times(self) -> None:
        """Every ten seconds, or as many as have room for their labels."""
        widest_px = QFontMetricsF(self._font).horizontalAdvance("−50 s") + 8
        room_px = self._view.width() / SPAN_S
        step_s = next((step_s for step_s in (10, 20, 30) if step_s * room_px >= widest_px), round(SPAN_S))
        seconds = range(-step_s * ((round(SPAN_S) - 1) // step_s), 0, step_s)
        ticks = [(float(second), f"−{-second} s") for second in seconds]
        self.getPlotItem().getAxis("bottom").setTicks([[*ticks, (0.0, translate("Timeline", "now"))], []])

    def room(self) -> int:
        """How many rows of readable height fit."""
        each = QFontMetricsF(self.font()).height() + 9
        return max(1, int((self.height() - 2 * each) // each))

    def show_people(self, identities: Sequence[int], measures: Sequence[str] = ()) -> None:
        """``measures``: of ``MEASURE_KEYS`` and of own expressions, shown below each person's expressions."""
        self._identities, self._measures = tuple(identities), tuple(measures)
        self.refresh()

    _identities: tuple[int, ...] = ()
    _measures: tuple[str, ...] = ()
    _people_width = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown, top first."""
        return tuple(self._strips.rows)

    def refresh(self) -> None:
        before_s = time.perf_counter()
        people = [row_of(self._history, identity) for identity in self._identities]
        rows = tuple(
            row
            for person in people
            for row in (person, *(lane_of(person, measure, self._history) for measure in self._known_measures()))
        )
        self._make_room_for_names(rows)
        self._strips.show_rows(rows, self._history.markers_in_span(), self._font)
        places = self._strips.places(self._view.height())
        for axis in (self._people, self._now):
            axis.show_rows(rows, places)
        said = ". ".join(f"{row.label} {row.now} {row.because}".strip() for row in people)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        self.busy_s += time.perf_counter() - before_s

    def _known_measures(self) -> list[str]:
        """Own expressions that are not taught any more, or not shown yet, have no row."""
        return [key for key in self._measures if key in MEASURE_KEYS or key in self._history.own]

    def paintEvent(self, event: QEvent) -> None:
        before_s = time.perf_counter()
        super().paintEvent(event)
        self.busy_s += time.perf_counter() - before_s

    def viewportEvent(self, event: QEvent) -> bool:
        """Shows as a tooltip what was visible at the mouse's position."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            area = self._view.sceneBoundingRect()
            place = self.mapToScene(event.pos())
            row = self._strips.places(area.height()).row_at(place.y() - area.top())
            step = int((place.x() - area.left()) / max(1.0, area.width()) * STEPS)
            if row is not None and 0 <= step < STEPS:
                label, identity = self.rows[row].label, self.rows[row].identity
                ago = translate("Timeline", "{seconds:.0f} s ago").format(seconds=(STEPS - 1 - step) * STEP_S)
                lane = self.rows[row]
                said = (
                    lane_words(self._history, lane, step) if lane.measure else at_words(self._history, identity, step)
                )
                words = f"{label}, {ago}: {said}"
                QToolTip.showText(event.globalPos(), plain_tip(words))
            elif row is not None and step < 0:
                words = translate("Timeline", "{person}: click for the menu; drag onto another strip to merge the two")
                QToolTip.showText(event.globalPos(), plain_tip(words.format(person=self.rows[row].label)))
            else:
                QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))

    def _make_room_for_names(self, rows: Sequence[Row]) -> None:
        """The column of people is as wide as their names, up to a limit."""
        metrics = QFontMetricsF(self._font)
        widest = max((metrics.horizontalAdvance(row.title or row.label) for row in rows), default=0.0)
        limit = min(metrics.averageCharWidth() * _WIDEST_NAME, self.width() / 6)
        width = round(max(min(widest, limit), metrics.horizontalAdvance("#888")) + 26)
        if width != self._people_width:
            self._people_width = width
            self._people.setWidth(width)

    def _place_of_row(self, position: int) -> QRect:
        """With the person's chip and what is visible now, in the viewport's pixels."""
        area = self._view.sceneBoundingRect()
        place = self._strips.places(area.height()).place(position, 0, self.viewport().width())
        return self.mapFromScene(place.translated(0, area.top())).boundingRect()

    def _draw_person(self, painter: QPainter, place: QRectF, row: Row) -> None:
        metrics = QFontMetricsF(self._font)
        if row.measure:
            painter.setFont(self._font)
            painter.setPen(QColor(self._theme.quiet))
            beside = place.adjusted(4, 0, -6, 0)
            painter.drawText(beside, _RIGHT, metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, beside.width()))
            return
        chip = QRectF(0, 0, place.width() - 12, min(place.height(), metrics.height() + 4))
        chip.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*row.colour_rgb))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(QColor("#ffffff"))
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, chip.width() - 10)
        painter.drawText(chip, _CENTRE, label)

    def _draw_now(self, painter: QPainter, place: QRectF, row: Row) -> None:
        metrics = QFontMetricsF(self._font)
        side = metrics.height() * 0.66
        area = place.adjusted(8, 0, 0, 0)
        swatch = QRectF(area.left(), area.center().y() - side / 2, side, side)
        text = area.adjusted(side + 6, 0, 0, 0)
        painter.setFont(self._font)
        if row.expression is not None:
            painter.fillRect(swatch, QColor(*EXPRESSIONS[row.expression].colour_rgb))
        elif row.because:
            painter.fillRect(swatch, QColor(128, 128, 128))
            painter.fillRect(swatch, Qt.BrushStyle.BDiagPattern)
        is_plain = row.expression is None and not row.measure
        painter.setPen(QColor(self._theme.quiet if is_plain else self._theme.text))
        words = row.now
        if row.because and place.height() >= 2 * metrics.height():
            top, bottom = QRectF(text), QRectF(text)
            top.setBottom(text.center().y())
            bottom.setTop(text.center().y())
            painter.drawText(top, int(Qt.AlignmentFlag.AlignBottom), row.now)
            painter.drawText(bottom, int(Qt.AlignmentFlag.AlignTop), row.because)
            return
        if row.because:
            words = f"? {row.because}"
        painter.drawText(text, _LEFT, metrics.elidedText(words, Qt.TextElideMode.ElideRight, text.width()))
