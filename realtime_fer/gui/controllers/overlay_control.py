"""What is painted over faces, and how large: a submenu and keys; the settings dialog has the same choices."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QActionGroup, QMenu

from realtime_fer.core.enums import Overlay, OverlaySize
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.settings import Settings
from realtime_fer.gui.controllers.choices import Choices
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.titles import choice_titles, setting_help

_Word = TypeVar("_Word", bound=StrEnum)

#: Commands that switch what is painted of the points of faces, by their settings.
_SWITCHES = {
    "overlay_contours": "contours",
    "overlay_mesh": "mesh",
    "overlay_axes": "axes",
    "overlay_movements": "movements",
}


class OverlayControl(QObject):
    """Keeps view and menu at the settings' choice. Called only from the GUI thread."""

    def __init__(self, view: VideoView, choices: Choices, actions: WindowActions) -> None:
        super().__init__(view)
        self._view, self._choices, self._actions = view, choices, actions
        self._groups: list[QActionGroup] = []
        own = ("overlay", "overlay_size", *_SWITCHES.values())
        actions.add_submenu(self.tr("&Overlay"), "overlay", self._fill, takes=own)
        for name, command in _SWITCHES.items():
            actions[command].setToolTip(setting_help(name))
        choices.published.connect(self._show)
        self._show(choices.current())

    def show_next_parts(self) -> None:
        self._choices.keep_settings(overlay=_next(self._style.parts))

    def show_next_size(self) -> None:
        self._choices.keep_settings(overlay_size=_next(self._style.size))

    def toggle(self, name: str) -> None:
        """Switches one of the settings that are on or off."""
        self._choices.keep_settings(**{name: not getattr(self._choices.current(), name)})

    def _show(self, settings: Settings) -> None:
        self._style = OverlayStyle.of(settings)
        self._view.set_overlay_style(self._style)
        for name, command in _SWITCHES.items():
            self._actions[command].setChecked(getattr(settings, name))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        self._groups.clear()
        for name, chosen in (("overlay", self._style.parts), ("overlay_size", self._style.size)):
            group = QActionGroup(None)
            self._groups.append(group)
            for key, title in choice_titles(name).items():
                self._add(menu, group, title, key == chosen, partial(self._choose, name, key))
            menu.addSeparator()
        for command in _SWITCHES.values():
            menu.addAction(self._actions[command])
        menu.addSeparator()
        menu.addAction(self._actions["overlay"])
        menu.addAction(self._actions["overlay_size"])

    @staticmethod
    def _add(menu: QMenu, group: QActionGroup, title: str, checked: bool, choose: Callable[[], None]) -> None:
        action = menu.addAction(title)
        if action is not None:
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(checked)
            action.triggered.connect(lambda _checked=False: choose())

    def _choose(self, name: str, key: str) -> None:
        self._choices.keep_settings(**{name: {"overlay": Overlay, "overlay_size": OverlaySize}[name](key)})


def _next(word: _Word) -> _Word:
    words = list(type(word))
    return words[(words.index(word) + 1) % len(words)]
