"""The markers' flags in the timeline, which a person drags, clicks and double-clicks."""

from __future__ import annotations

from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtGui import QFont

from realtime_fer.core.corrections.annotations import ReviewMarker
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.timeline.axes import TimeBox
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from realtime_fer.gui.widgets.plain_text import plain

#: Flags that can be dragged; the lines of all markers are drawn.
MOST_FLAGS = 150
_LONGEST_TEXT = 24


class _FlagText(pyqtgraph.InfLineLabel):  # type: ignore[misc]
    """Takes the mouse for its line, which is only three pixels wide."""

    def mouseDragEvent(self, event: object) -> None:
        event.currentItem = self.line  # type: ignore[attr-defined]
        self.line.mouseDragEvent(event)

    def mouseClickEvent(self, event: object) -> None:
        self.line.mouseClickEvent(event)

    def hoverEvent(self, event: object) -> None:
        self.line.hoverEvent(event)


class MarkerFlags(QObject):
    """Called only from the GUI thread. Positions are those in ``document.markers``.

    Attributes:
        flags: those in view.
    """

    moved = pyqtSignal(int, float)
    chosen = pyqtSignal(int)
    edited = pyqtSignal(int)

    def __init__(self, document: ReviewDocument, box: TimeBox, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._box = document, box
        self._shown: tuple[tuple[int, ReviewMarker], ...] | None = None
        self.flags: list[pyqtgraph.InfiniteLine] = []

    def set_theme(self, theme: Theme, font: QFont) -> None:
        self._theme, self._font = theme, font
        self._shown = None

    def place(self, start_s: float, end_s: float) -> None:
        """Flags of the markers in this stretch of time."""
        wanted = tuple(
            (at, marker) for at, marker in enumerate(self._document.markers) if start_s <= marker.time_s <= end_s
        )[:MOST_FLAGS]
        if wanted != self._shown:
            self._shown = wanted
            for flag in self.flags:
                self._box.removeItem(flag)
            self.flags = [self._flag(at, marker) for at, marker in wanted]

    def _flag(self, position: int, marker: ReviewMarker) -> pyqtgraph.InfiniteLine:
        text = plain(marker.text) or "·"
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        theme = self._theme
        flag = pyqtgraph.InfiniteLine(
            marker.time_s,
            angle=90,
            movable=self._document.is_writable,
            bounds=(0.0, self._document.duration_s),
            pen=pyqtgraph.mkPen(theme.accent, width=3),
            hoverPen=pyqtgraph.mkPen(theme.accent, width=6),
        )
        flag.label = _FlagText(
            flag,
            # pyqtgraph formats it with the line's value.
            text=text.replace("{", "{{").replace("}", "}}"),
            position=0.5,
            color=theme.on_accent,
            fill=theme.accent,
            anchors=[(0, 0.5), (1, 0.5)],
        )
        flag.label.textItem.setFont(self._font)
        if self._document.is_writable:
            flag.setCursor(Qt.CursorShape.SizeHorCursor)

        def click(_flag: object, event: object) -> None:
            # The box behind would go to where the mouse is, which is beside the marker.
            event.accept()  # type: ignore[attr-defined]
            (self.edited if event.double() else self.chosen).emit(position)  # type: ignore[attr-defined]

        flag.sigPositionChangeFinished.connect(lambda flag: self.moved.emit(position, float(flag.value())))
        flag.sigClicked.connect(click)
        self._box.addItem(flag, ignoreBounds=True)
        return flag
