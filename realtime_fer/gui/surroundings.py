"""What surrounds the picture: side panel, docks and bars, as a person wants them, and full screen without them."""

from __future__ import annotations

from PyQt5.QtWidgets import QMainWindow, QStatusBar, QWidget

from realtime_fer.gui.controllers.live_docks import LiveDocks
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.window_place import WindowPlace


class Surroundings:
    """Called only from the GUI thread.

    Attributes:
        panel_wanted: whether the person wants the panel; full screen hides it without its being unwanted.
    """

    def __init__(
        self,
        window: QMainWindow,
        place: WindowPlace,
        panel: QWidget,
        status: QStatusBar,
        docks: LiveDocks,
        player: PlayerControl,
        actions: WindowActions,
        panel_wanted: bool,
    ) -> None:
        self._window, self._place, self._panel, self._status = window, place, panel, status
        self._docks, self._player, self._actions = docks, player, actions
        self.panel_wanted = panel_wanted
        panel.setVisible(panel_wanted)
        actions["panel"].setChecked(panel_wanted)

    def toggle_panel(self) -> None:
        self._panel.setVisible(not self._panel.isVisible())
        self.panel_wanted = self._panel.isVisible() if not self._window.isFullScreen() else self.panel_wanted
        self._actions["panel"].setChecked(self._panel.isVisible())

    def toggle_full_screen(self) -> None:
        """Full screen shows only the picture, its notices and, while they are needed, the player's controls."""
        bar = self._window.menuBar()
        hidden = [self._panel, self._status, *self._docks.widgets, *([bar] if bar is not None else [])]
        full = self._place.toggle_full_screen(hidden, self._docks.wants)
        self._actions["panel"].setChecked(self._panel.isVisible())
        self._actions["full_screen"].setChecked(full)
        self._player.area.set_full_screen(full)
