"""Where the side panel stands: beside picture and docks, or in a narrow window beside the picture alone."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QObject, QTimer
from PyQt5.QtWidgets import QApplication, QHBoxLayout, QWidget

from realtime_fer.gui.widgets.dock_header import LiveDock

#: Between two docks.
_SEPARATOR_PX = 8
#: Notices above the picture are read well from this width on.
_LEAST_LETTERS = 45


class PanelPlace(QObject):
    """Gives the panel the window's full height as long as docks and notices beside it have room for what they say.

    Called only from the GUI thread.

    Args:
        centre: all between menus and status bar.
        beside_all, beside_picture: the layouts that the panel ends, one at a time.
    """

    def __init__(self, centre: QWidget, panel: QWidget, beside_all: QHBoxLayout, beside_picture: QHBoxLayout) -> None:
        super().__init__(centre)
        self._centre, self._panel = centre, panel
        self._beside_all, self._beside_picture = beside_all, beside_picture
        self._docks: Sequence[LiveDock] = ()
        self._stopped = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.arrange)
        for watched in (centre, panel):
            watched.installEventFilter(self)

    def watch(self, docks: Sequence[LiveDock]) -> None:
        self._docks = docks
        for dock in docks:
            dock.installEventFilter(self)

    @property
    def has_full_height(self) -> bool:
        return self._beside_all.indexOf(self._panel) >= 0

    def arrange(self) -> None:
        """Moves the panel where the widths of now want it; it keeps the focus. A hidden one stays where it is."""
        if self._panel.isHidden():
            return
        needed = [dock.good_width for dock in self._docks if not dock.isHidden()]
        room = self._centre.width() - self._panel.minimumWidth()
        least = _LEAST_LETTERS * self._centre.fontMetrics().averageCharWidth()
        full = max(sum(needed) + _SEPARATOR_PX * (len(needed) - 1), least) <= room
        if full == self.has_full_height:
            return
        focused = QApplication.focusWidget()
        (self._beside_all if full else self._beside_picture).addWidget(self._panel)
        self._panel.show()
        if focused is not None and self._panel.isAncestorOf(focused):
            focused.setFocus()

    def stop(self) -> None:
        """Leaves the panel where it is from now on."""
        self._stopped = True
        self._soon.stop()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)
        if event is not None and event.type() in kinds and not self._stopped:
            # Not at once: Qt is still laying out.
            self._soon.start()
        return super().eventFilter(watched, event)
