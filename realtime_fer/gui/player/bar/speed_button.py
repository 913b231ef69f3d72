"""The button that shows the speed and opens the menu of speeds."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QAction, QActionGroup, QMenu, QToolButton, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.player.position import SPEEDS, speed_title
from realtime_fer.gui.style.theme import Theme


class SpeedButton(QToolButton):
    """Called only from the GUI thread."""

    #: The factor that a person chose.
    chosen = pyqtSignal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.speeds = QMenu(translate("TransportBar", "&Speed"), parent)
        self._actions = self._list_speeds()
        self.setMenu(self.speeds)

    def show_speed(self, factor: float, keys: str) -> None:
        """``keys``: those that change it; ''."""
        self.setText(speed_title(factor))
        self.setAccessibleName(translate("TransportBar", "Speed: {factor}").format(factor=speed_title(factor)))
        if keys:
            self.setToolTip(translate("TransportBar", "Playback speed ({keys})").format(keys=keys))
        if factor in self._actions:
            self._actions[factor].setChecked(True)

    def measure(self, theme: Theme) -> None:
        """One width for all speeds, so that nothing beside it moves."""
        self.ensurePolished()
        widest = max(self.fontMetrics().horizontalAdvance(speed_title(factor)) for factor in SPEEDS)
        self.setMinimumWidth(widest + theme.px(16))

    def _list_speeds(self) -> dict[float, QAction]:
        group, listed = QActionGroup(self), {}
        for factor in SPEEDS:
            action = QAction(speed_title(factor), self)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, factor=factor: self.chosen.emit(factor))
            self.speeds.addAction(action)
            listed[factor] = action
        return listed
