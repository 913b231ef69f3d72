"""The window's layout and its Qt events: keys that are no shortcuts, drops, and a change of theme."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, Qt, QTimer
from PyQt5.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.gui.dialogs.welcome import WelcomePage
from realtime_fer.gui.panel_place import PanelPlace
from realtime_fer.gui.player.seek_slider import SeekSlider
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.view.video_view import VideoView

#: QEvent::ThemeChange, which PyQt5 does not name.
THEME_CHANGE = 210

#: Widgets that these keys move, or move within.
_MOVED_BY_KEYS = (QAbstractSlider, QComboBox, QAbstractItemView, QAbstractScrollArea, QTabBar, QAbstractSpinBox)
_MOVING_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


def _row(first: QWidget | QLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    if isinstance(first, QWidget):
        row.addWidget(first, 1)
    else:
        row.addLayout(first, 1)
    return row


class WindowFrame(QMainWindow):
    """Called only from the GUI thread.

    Attributes:
        view: the picture, which drops anywhere on the window are meant for.
        dock_area: holds picture and docks, so that the panel beside them keeps its height.
    """

    view: VideoView

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance: Appearance | None = appearance
        # Qt lays out docks in a main window alone, and this one may be a part of another.
        self.dock_area = QMainWindow()
        self.dock_area.setWindowFlags(Qt.WindowType.Widget)
        self.dock_area.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def place_widgets(self, notices: QWidget, picture: QWidget, panel: QWidget) -> WelcomePage:
        """Lays out notices above picture and docks, and the panel right of them.

        Returns:
            The welcome page, which covers all but the notices.
        """
        beside_picture = _row(picture)
        middle = QWidget()
        middle.setLayout(beside_picture)
        self.dock_area.setCentralWidget(middle)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(notices)
        left.addWidget(self.dock_area, 1)
        centre = QWidget()
        row = _row(left)
        row.addWidget(panel)
        centre.setLayout(row)
        self.setCentralWidget(centre)
        self.panel_place = PanelPlace(centre, panel, row, beside_picture)
        self.setMinimumSize(720, 460)
        self.setAcceptDrops(True)
        return WelcomePage(centre, notices)

    def leave_theme_alone(self) -> None:
        """Stops following the theme, since the window is closing."""
        self._appearance = None

    def event(self, event: QEvent | None) -> bool:
        """Leaves a focused control its own keys, which are shortcuts elsewhere: Space, arrows, Home and End."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            focused = self.focusWidget()
            presses = event.key() == Qt.Key.Key_Space and isinstance(focused, (QAbstractButton, QComboBox))
            moves = event.key() in _MOVING_KEYS and isinstance(focused, _MOVED_BY_KEYS)
            # The player's own slider goes by the player's keys.
            if presses or (moves and not isinstance(focused, SeekSlider)):
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is None or self._appearance is None:
            return
        # Not at once: Qt is still telling all widgets of it.
        if event.type() == QEvent.Type.PaletteChange:
            QTimer.singleShot(0, self._appearance.follow_palette)
        elif event.type() == THEME_CHANGE or (event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()):
            # Not every desktop announces a change of theme: check when the person returns to the window.
            QTimer.singleShot(0, self._appearance.follow_system)

    # What is dropped beside the picture is meant for it too.

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        self.view.dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent | None) -> None:
        self.view.dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:
        self.view.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent | None) -> None:
        self.view.dropEvent(event)
