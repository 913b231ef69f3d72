"""Where the window is, how large, and whether it fills the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QByteArray, QSize, Qt
from PyQt5.QtWidgets import QMainWindow, QWidget

DEFAULT_SIZE_PX = (1180, 820)


def bounded(window: QWidget, size: QSize) -> QSize:
    """``size``, small enough that the whole window with its frame fits the screen."""
    screen = window.screen()
    if screen is None or window.isMaximized():
        return size
    return size.boundedTo(screen.availableSize() - QSize(16, 48))


class WindowPlace:
    """Remembers a window's place for the next run, and takes it to full screen and back.

    Args:
        docks: the part of the window that holds its docks.
        geometry, layout: Qt's saved state of the last run, as hex; '' or a damaged one gives the default.
    """

    def __init__(self, window: QMainWindow, docks: QMainWindow, geometry: str, layout: str = "") -> None:
        self._window, self._docks = window, docks
        self._geometry, self._layout = geometry, layout
        self._hidden: list[QWidget] = []
        window.resize(bounded(window, QSize(*DEFAULT_SIZE_PX)))
        if window.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii", "ignore"))):
            # The last run may have had a larger screen.
            window.resize(bounded(window, window.size()))

        # The docks must exist by now: the state is theirs.
        docks.restoreState(QByteArray.fromHex(layout.encode("ascii", "ignore")))

    @property
    def geometry(self) -> str:
        """As of the last ``remember``, never full screen."""
        return self._geometry

    @property
    def layout(self) -> str:
        """Which docks are where, as of the last ``remember``."""
        return self._layout

    def remember(self) -> None:
        """Keeps geometry and layout as they are, unless the window is full screen."""
        if not self._window.isFullScreen():
            self._layout = bytes(self._docks.saveState().toHex()).decode("ascii")
            self._geometry = bytes(self._window.saveGeometry().toHex()).decode("ascii")

    def toggle_full_screen(self, surroundings: Sequence[QWidget], still_wanted: Callable[[QWidget], bool]) -> bool:
        """Full screen without the surroundings, or back with those that were there before. True for full screen.

        Args:
            still_wanted: whether one that was hidden is to come back: it may have been closed meanwhile.
        """
        if self._window.isFullScreen():
            self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
            for widget in filter(still_wanted, self._hidden):
                widget.show()
            self._hidden = []
            return False
        self.remember()
        self._hidden = [widget for widget in surroundings if widget.isVisible()]
        for widget in self._hidden:
            widget.hide()
        self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowFullScreen)
        return True
