"""The middle of the timeline's header: what the timeline says of itself, and the legend beside it."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QSize
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dock_header import QuietLine
from realtime_fer.gui.widgets.legend import LegendLine

_SPACING_PX = 10
#: The hint is cut to this many letters before the legend loses an entry; its tooltip and the panel say the rest.
_LEAST_HINT = 16


class HintAndLegend(QWidget):
    """The legend keeps its entries while the hint has room for its first words; else it goes, and the hint has all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._whole = False
        self.hint = QuietLine()
        self.legend = LegendLine(theme)
        for child in (self.hint, self.legend):
            child.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, hint: str, whole: bool = False) -> None:
        """``whole``: it is cut for no entry of the legend."""
        if (hint, whole) != (self.hint.text(), self._whole):
            self._whole = whole
            self.hint.setText(hint)
            self._share_room()

    def sizeHint(self) -> QSize:
        return QSize(0, self.legend.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._share_room()

    def _share_room(self) -> None:
        metrics = self.hint.fontMetrics()
        # Parts of pixels count when a text is elided.
        least = metrics.horizontalAdvance(self.hint.text()) + 2
        if not self._whole:
            least = min(least, _LEAST_HINT * metrics.averageCharWidth())
        room = self.legend.fitting_width(self.width() - least - _SPACING_PX)
        self.legend.setVisible(room > 0)
        self.legend.setGeometry(self.width() - room, 0, max(1, room), self.height())
        self.hint.setGeometry(0, 0, self.width() - (room + _SPACING_PX if room else 0), self.height())
