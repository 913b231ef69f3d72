"""The docks under the picture, timeline, pleasantness, latency: passes results on, and keeps whether they are open."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QObject, Qt, QTimer
from PyQt5.QtWidgets import QAction, QMainWindow, QWidget

from realtime_fer.core.frame import FrameResult
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.panel.latency_panel import LatencyDock
from realtime_fer.gui.pleasantness.dock import PleasantnessDock
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.dock import TimelineDock
from realtime_fer.gui.timeline.expression_history import ExpressionHistory
from realtime_fer.gui.timeline.rows_menu import rows_of, text_of
from realtime_fer.gui.widgets.dock_header import LiveDock
from realtime_fer.runtime.events import PeopleChanged
from realtime_fer.runtime.rates import EngineStats

_SEPARATOR_PX = 8


class LiveDocks(QObject):
    """Called only from the GUI thread.

    Args:
        window: as wide as the docks can become.
        area: holds them.

    Attributes:
        timeline_wanted: whether the person has opened it; full screen hides a dock without closing it.
    """

    def __init__(self, window: QWidget, area: QMainWindow, theme: Theme) -> None:
        super().__init__(area)
        self._window = window
        self.history = ExpressionHistory()
        self.timeline = TimelineDock(self.history, theme, area)
        self.pleasantness = PleasantnessDock(self.history, theme, area)
        self.latency = LatencyDock(theme, area)
        self._newest: FrameResult | None = None
        self._actions: dict[LiveDock, QAction] = {}
        for dock in self.all:
            dock.hide()
            area.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
            dock.header.close_pressed.connect(lambda dock=dock: self._set_open(dock, False))
        area.splitDockWidget(self.timeline, self.pleasantness, Qt.Orientation.Horizontal)
        area.splitDockWidget(self.pleasantness, self.latency, Qt.Orientation.Horizontal)
        self.timeline_wanted = False

    @property
    def timeline_rows(self) -> str:
        """For the settings."""
        return text_of(self.timeline.measures)

    @property
    def all(self) -> Sequence[LiveDock]:
        return (self.timeline, self.pleasantness, self.latency)

    @property
    def widgets(self) -> Sequence[QWidget]:
        """The docks, which full screen hides."""
        return self.all

    def wants(self, widget: QWidget) -> bool:
        """Whether ``widget`` comes back after full screen: not a dock that the person has closed."""
        action = self._actions.get(widget) if isinstance(widget, LiveDock) else None
        return action is None or action.isChecked()

    def begin(self, actions: WindowActions, timeline_open: bool, timeline_rows: str = "") -> None:
        """Opens the docks that were open; call it after the window's layout is restored.

        Args:
            actions: the menu entries by their commands, checked while their dock is open.
            timeline_rows: as the setting has them.
        """
        self.timeline.show_measures(rows_of(timeline_rows))
        self._actions = {dock: actions[dock.objectName()] for dock in self.all}
        self._set_open(self.timeline, timeline_open)
        for dock in (self.pleasantness, self.latency):
            self._set_open(dock, not dock.isHidden())

    def toggle_timeline(self) -> None:
        self._set_open(self.timeline, self.timeline.isHidden())

    def choose_timeline_rows(self) -> None:
        """Opens the timeline, and the choice of its rows."""
        if self.timeline.isHidden():
            self._set_open(self.timeline, True)
        # Its button has no place before Qt has laid the dock out.
        QTimer.singleShot(0, self.timeline.open_rows_menu)

    def toggle_pleasantness(self) -> None:
        self._set_open(self.pleasantness, self.pleasantness.isHidden())
        if self._newest is not None:
            # A still picture may bring no other.
            self.pleasantness.take(self._newest)

    def toggle_latency(self) -> None:
        self._set_open(self.latency, self.latency.isHidden())

    def take(self, result: FrameResult) -> None:
        """Takes a displayed result, also while the timeline is closed, so that it opens with the last minute."""
        self.history.add(result)
        self.timeline.follow_source(result.frame.source_generation)
        before, self._newest = self._newest, result
        if before is not None and before.frame.source_generation != result.frame.source_generation:
            self.pleasantness.forget_choice()
        self.pleasantness.take(result)

    def follow_people(self, event: PeopleChanged) -> None:
        self.history.follow_people(event.people, event.forgotten)

    def show_stats(self, stats: EngineStats) -> None:
        if self.latency.isVisible():
            self.latency.panel.show_stats(stats)

    def stop(self) -> None:
        """Stops drawing."""
        self.timeline.stop()

    def _set_open(self, dock: LiveDock, is_open: bool) -> None:
        dock.setVisible(is_open)
        if dock is self.timeline:
            self.timeline_wanted = is_open
        self._actions[dock].setChecked(is_open)
        if is_open:
            self._share_room(dock)

    def _share_room(self, opened: LiveDock) -> None:
        """Where the window is too narrow for what stands in all, those that were open give way, the last first."""
        for other in reversed(self.all):
            shown = [dock for dock in self.all if not dock.isHidden()]
            needed = sum(dock.minimumSizeHint().width() for dock in shown) + _SEPARATOR_PX * (len(shown) - 1)
            if needed <= self._window.width():
                return
            if other is not opened and not other.isHidden():
                self._set_open(other, False)
