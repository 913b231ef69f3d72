"""The span that a person chose in the timeline, with edges to drag."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtGui import QColor

from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph


class ChosenSpan:
    """Drawn into a box of the timeline; called only from the GUI thread.

    Args:
        changed: called after each change.

    Attributes:
        span: from and to in seconds; None where none is chosen.
    """

    def __init__(self, document: ReviewDocument, box: pyqtgraph.ViewBox, changed: Callable[[], None]) -> None:
        self._document, self._changed = document, changed
        self.span: tuple[float, float] | None = None
        self._region = pyqtgraph.LinearRegionItem(movable=True)
        self._region.setZValue(10)
        self._region.hide()
        self._region.sigRegionChanged.connect(self._dragged)
        box.addItem(self._region, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        tint = QColor(theme.accent)
        tint.setAlpha(60)
        self._region.setBrush(tint)
        self._region.setHoverBrush(tint)
        for edge in self._region.lines:
            edge.setPen(pyqtgraph.mkPen(theme.accent, width=2))
            edge.setHoverPen(pyqtgraph.mkPen(theme.accent, width=5))

    def set_bounds(self) -> None:
        """After the recording became longer."""
        self._region.setBounds((0.0, self._document.duration_s))

    def choose(self, span: tuple[float, float] | None) -> None:
        """``span``: in either order, and cut to the recording; None for none."""
        if span is not None:
            low, high = sorted(min(max(0.0, time_s), self._document.duration_s) for time_s in span)
            span = (low, high)
        self.span = span
        self._region.setVisible(span is not None)
        if span is not None:
            self._region.blockSignals(True)
            self._region.setRegion(span)
            self._region.blockSignals(False)
        self._changed()

    def _dragged(self) -> None:
        low, high = self._region.getRegion()
        self.span = (float(low), float(high))
        self._changed()
