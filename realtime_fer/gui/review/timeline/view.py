"""The timeline of a whole recording: markers, a strip for each person, and one person's probabilities."""

from __future__ import annotations

import math
from dataclasses import replace

from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt, pyqtSignal
from PyQt5.QtGui import QContextMenuEvent, QFocusEvent, QFont, QFontMetricsF, QHelpEvent
from PyQt5.QtWidgets import QToolTip

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.review.review_document import ReviewDocument, Track
from realtime_fer.gui.review.timeline.axes import BlankAxis, ClockAxis, PeopleAxis, TimeBox
from realtime_fer.gui.review.timeline.chosen_span import ChosenSpan
from realtime_fer.gui.review.timeline.curves import PersonCurves
from realtime_fer.gui.review.timeline.flags import MarkerFlags
from realtime_fer.gui.review.timeline.items import GroundItem, StripRow, StripsItem
from realtime_fer.gui.review.timeline.label_columns import LabelColumns
from realtime_fer.gui.review.timeline.measure_lanes import MeasureLanes
from realtime_fer.gui.review.timeline.words import lane_words, shares_words, strip_words, strips_words
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from realtime_fer.gui.widgets.plain_text import plain

#: While the video plays, the view turns its page when the playhead has come this far.
_PAGE_AT = 0.95
#: Before the curves get room, so many strips do, or all there are.
_STRIPS_BEFORE_CURVES = 3
_CURVES_LINES = 2
_ANY_PX = 16_777_215


class ReviewTimeline(pyqtgraph.GraphicsLayoutWidget):
    """Called only from the GUI thread. ``refresh`` after each change of the document."""

    sought = pyqtSignal(float)
    person_chosen = pyqtSignal(int)
    span_changed = pyqtSignal()
    marker_wanted = pyqtSignal(float)
    #: The choice of rows, at this place of the screen.
    rows_wanted = pyqtSignal(QPoint)

    def __init__(self, document: ReviewDocument, theme: Theme) -> None:
        super().__init__()
        self._document, self._theme = document, theme
        self._columns: dict[int, LabelColumns] = {}
        self._columns_version = -1
        self.chosen: int | None = None
        self._is_low = False
        self.measures: MeasureLanes | None = None
        self.position_s = 0.0
        self._names, self._flag_axis, self._curve_axis = PeopleAxis(), BlankAxis(), BlankAxis()
        self._clock = ClockAxis("bottom")
        self._boxes = [TimeBox(), TimeBox(), TimeBox()]
        axes: tuple[dict[str, object], ...] = (
            {"left": self._flag_axis},
            {"left": self._names},
            {"left": self._curve_axis, "bottom": self._clock},
        )
        self._plots = [
            self.addPlot(row=row, col=0, viewBox=box, axisItems=its)
            for row, (box, its) in enumerate(zip(self._boxes, axes, strict=True))
        ]
        self._grounds = [GroundItem(theme) for _ in self._boxes]
        self._strips = StripsItem(theme)
        for plot, box, ground in zip(self._plots, self._boxes, self._grounds, strict=True):
            plot.hideButtons()
            if box is not self._boxes[2]:
                plot.hideAxis("bottom")
            box.disableAutoRange()
            box.setXLink(self._boxes[1] if box is not self._boxes[1] else None)
            box.addItem(ground)
            box.spanned.connect(self._span_drawn)
        self.flags = MarkerFlags(document, self._boxes[0], self)
        self._boxes[1].invertY(True)
        self._boxes[1].addItem(self._strips)
        self._grounds[1].setZValue(5)
        self._boxes[0].setYRange(0, 1, padding=0)
        self._curves = PersonCurves(document, self._boxes[2])
        # Over the markers it would be in the way of their flags.
        self._playheads = [pyqtgraph.InfiniteLine(angle=90, movable=box is not self._boxes[0]) for box in self._boxes]
        for line, box in zip(self._playheads, self._boxes, strict=True):
            line.setZValue(20 if line.movable else 1)
            box.addItem(line, ignoreBounds=True)
            line.sigDragged.connect(lambda line: self.sought.emit(float(line.value())))
        self._chosen_span = ChosenSpan(document, self._boxes[1], self.span_changed.emit)
        self._boxes[0].clicked.connect(lambda time_s, _: self._clicked(time_s))
        self._boxes[0].double_clicked.connect(lambda time_s, _: self.marker_wanted.emit(time_s))
        self._boxes[1].clicked.connect(self._strip_clicked)
        self._boxes[2].clicked.connect(lambda time_s, _: self._clicked(time_s))
        self._boxes[1].sigXRangeChanged.connect(self._range_changed)
        self._boxes[1].sigResized.connect(self._fit_rows)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("Review", "Timeline of the recording"))
        self._set_limits()
        self.set_theme(theme)
        self.show_all()

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        font = QFont(self.font())
        metrics = QFontMetricsF(font)
        width = round(metrics.averageCharWidth() * 16 + 20)
        for axis in (self._names, self._flag_axis, self._curve_axis):
            axis.set_theme(theme, font, width)
        self._clock.set_theme(theme, font)
        self._flag_axis.set_title(translate("Review", "Markers"))
        self.setBackground(theme.raised)
        self._show_ring(False)
        layout = self.ci.layout
        # Half of the last time's width stands beyond the end.
        layout.setContentsMargins(2, 2, round(metrics.averageCharWidth() * 5), 0)
        layout.setVerticalSpacing(2)
        # Markers, two strips and the clock.
        self.setMinimumHeight(max(150, round(4 * metrics.height() + 30)))
        layout.setRowFixedHeight(0, self._flags_px)
        layout.setRowStretchFactor(1, 3)
        layout.setRowStretchFactor(2, 2)
        self._curves.set_theme()
        for item in (*self._grounds, self._strips):
            item.set_theme(theme)
        for line in self._playheads:
            line.setPen(pyqtgraph.mkPen(theme.error, width=2))
            line.setHoverPen(pyqtgraph.mkPen(theme.error, width=4))
        self._chosen_span.set_theme(theme)
        self.flags.set_theme(theme, font)
        self.refresh()

    def refresh(self) -> None:
        """Draws the document as it is now."""
        document = self._document
        self._set_limits()
        tracks = document.tracks
        if self._columns_version != document.tracks_version:
            self._columns_version = document.tracks_version
            rows, step_s = document.recording.rows, document.recording.step_s
            self._columns = {track.person: LabelColumns(track, rows, step_s) for track in tracks}
        if self.chosen not in self._columns:
            self.chosen = self._longest_in_view()
        strips = [row for track in tracks for row in (self._strip_row(track), *self._lanes_below(track))]
        self._strips.show_rows(strips)
        self._names.show_rows(strips)
        times_s = [marker.time_s for marker in document.markers]
        for ground, box in zip(self._grounds, self._boxes, strict=True):
            height = max(1, len(strips)) if box is self._boxes[1] else 1
            ground.set_extent(document.duration_s, height)
            ground.show_times(document.recording.gaps, document.now.excluded, times_s)
        self._strips.set_extent(document.duration_s, max(1, len(strips)))
        self._fit_rows()
        self._show_curves()
        self.flags.place(*self.visible)
        self._describe()

    def columns_of(self, person: int) -> LabelColumns:
        return self._columns[person]

    def choose(self, person: int | None) -> None:
        if person != self.chosen:
            self.chosen = person
            self.refresh()

    def show_position(self, time_s: float, *, follows: bool = False) -> None:
        """Moves the playhead. ``follows``: the view goes along where it leaves it."""
        self.position_s = time_s
        for line in self._playheads:
            if not line.moving:
                line.setValue(time_s)
        low, high = self._boxes[1].viewRange()[0]
        if follows and not low <= time_s <= low + (high - low) * _PAGE_AT:
            self._show_range(time_s - (high - low) * 0.05, high - low)

    # Zoom

    def show_all(self) -> None:
        self._show_range(0.0, self._document.duration_s)

    def zoom(self, factor: float) -> None:
        """About the playhead where it is in view; above 1 nearer."""
        low, high = self._boxes[1].viewRange()[0]
        centre = self.position_s if low <= self.position_s <= high else (low + high) / 2
        width = (high - low) / factor
        share = (centre - low) / max(high - low, 1e-9)
        self._show_range(centre - share * width, width)

    @property
    def visible(self) -> tuple[float, float]:
        low, high = self._boxes[1].viewRange()[0]
        return float(low), float(high)

    def _show_range(self, start_s: float, width_s: float) -> None:
        width_s = min(max(width_s, self._shortest_s), self._document.duration_s)
        start_s = min(max(0.0, start_s), max(0.0, self._document.duration_s - width_s))
        self._boxes[1].setXRange(start_s, start_s + width_s, padding=0)

    # The chosen span

    @property
    def span(self) -> tuple[float, float] | None:
        """From and to in seconds, as a person chose."""
        return self._chosen_span.span

    def choose_span(self, span: tuple[float, float] | None) -> None:
        self._chosen_span.choose(span)

    def _span_drawn(self, start_s: float, end_s: float, _done: bool) -> None:
        self.choose_span((start_s, end_s))

    # Within

    @property
    def _shortest_s(self) -> float:
        return min(10 * self._document.recording.step_s, self._document.duration_s)

    def _set_limits(self) -> None:
        duration_s = self._document.duration_s
        for box in self._boxes:
            box.setLimits(xMin=0.0, xMax=duration_s, minXRange=self._shortest_s, maxXRange=duration_s)
        self._chosen_span.set_bounds()

    def _longest_in_view(self) -> int | None:
        hidden = self._document.now.hidden
        seen = {person: columns.in_view_s for person, columns in self._columns.items() if person not in hidden}
        return max(seen, key=lambda person: seen[person], default=next(iter(self._columns), None))

    def _strip_row(self, track: Track) -> StripRow:
        person = track.person
        return StripRow(
            person,
            self._document.name_of(person),
            track.colour_rgb,
            self._columns[person],
            person in self._document.now.hidden,
            person == self.chosen,
        )

    def _lanes_below(self, track: Track) -> list[StripRow]:
        """What is wanted of the chosen person's movements and head."""
        if self.measures is None or track.person != self.chosen:
            return []
        strip = replace(self._strip_row(track), chosen=False)
        return [
            replace(strip, title=self.measures.title_of(key), measure=key, values=self.measures.of(track, key))
            for key in self.measures.wanted
        ]

    def show_measures(self, measures: MeasureLanes) -> None:
        """From now on with the rows that ``measures`` wants."""
        self.measures = measures
        measures.changed.connect(self.refresh)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        if event is not None:
            self.rows_wanted.emit(event.globalPos())

    def _fit_rows(self) -> None:
        """All rows where they stay readable; else as many as do, round the chosen one."""
        count = max(1, len(self._strips.rows))
        self._share_height(count)
        least_px = self._line_px
        room = max(1, int(self._boxes[1].height() // least_px)) if self._boxes[1].height() > 1 else count
        shown = min(count, room)
        position = next((at for at, row in enumerate(self._strips.rows) if row.chosen), 0)
        low, high = self._boxes[1].viewRange()[1]
        top = round(low) if round(high - low) == shown and low <= position < high else position - shown // 2
        top = min(max(0, top), count - shown)
        self._boxes[1].setYRange(top, top + shown, padding=0)

    @property
    def _line_px(self) -> float:
        """Of the lowest strip whose name can be read."""
        return QFontMetricsF(self.font()).height() + (2 if self._is_low else 6)

    @property
    def _flags_px(self) -> float:
        return QFontMetricsF(self.font()).height() + (4 if self._is_low else 10)

    def _share_height(self, people: int) -> None:
        """In a low timeline the strips get the curves' room."""
        clock_px = self._clock.height()
        line_px = QFontMetricsF(self.font()).height() + 6
        wanted = (1 + min(people, _STRIPS_BEFORE_CURVES) + _CURVES_LINES) * line_px
        has_curves = self.height() - clock_px >= wanted
        if has_curves != self._is_low:
            return
        self._is_low = not has_curves
        # Its axis stays: it keeps the clock below the strips.
        self._boxes[2].setVisible(has_curves)
        self._name_curves()
        layout = self.ci.layout
        layout.setRowMinimumHeight(2, 0 if has_curves else clock_px)
        layout.setRowMaximumHeight(2, _ANY_PX if has_curves else clock_px)
        layout.setRowFixedHeight(0, self._flags_px)

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_strips"):
            self._fit_rows()
            self._draw_curves()

    def _show_curves(self) -> None:
        self._name_curves()
        self._curves.show_person(self.chosen)
        self._draw_curves()

    def _name_curves(self) -> None:
        person = None if self._is_low else self.chosen
        self._curve_axis.set_title("" if person is None else plain(self._document.name_of(person)))

    def _draw_curves(self) -> None:
        self._curves.draw(*self.visible)

    def _range_changed(self) -> None:
        self._draw_curves()
        self.flags.place(*self.visible)

    def _clicked(self, time_s: float) -> None:
        self.setFocus()
        self.sought.emit(min(max(0.0, time_s), self._document.duration_s))

    def _strip_clicked(self, time_s: float, row: float) -> None:
        position = math.floor(row)
        if 0 <= position < len(self._strips.rows):
            self.person_chosen.emit(self._strips.rows[position].person)
        self._clicked(time_s)

    def _describe(self) -> None:
        self.setAccessibleDescription(strips_words([row for row in self._strips.rows if not row.measure]))

    def _words_at(self, scene: QPointF) -> str:
        for box in self._boxes[1:]:
            if box.sceneBoundingRect().contains(scene):
                place = box.mapSceneToView(scene)
                if box is self._boxes[2]:
                    return shares_words(self._document, self.chosen, place.x())
                position = math.floor(place.y())
                if 0 <= position < len(self._strips.rows):
                    row = self._strips.rows[position]
                    if row.values is not None:
                        return lane_words(row, place.x())
                    return strip_words(row, self._strips.label_at(position, place.x()), place.x())
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draws a focus ring for the keyboard alone."""
        super().focusInEvent(event)
        self._show_ring(event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring(False)

    def _show_ring(self, shown: bool) -> None:
        colour = self._theme.accent if shown else "transparent"
        self.setStyleSheet(f"QGraphicsView {{ border: 2px solid {colour}; }}")

    def viewportEvent(self, event: QEvent) -> bool:
        """Shows as a tooltip who showed what at the mouse's position."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._words_at(QPointF(self.mapToScene(event.pos())))
            if words:
                QToolTip.showText(event.globalPos(), words)
            else:
                QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))
