"""The appearance of the running application: the system's theme or the chosen one, and the chosen scale."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from PyQt5.QtCore import QObject
from PyQt5.QtGui import QFont, QPalette
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.core.enums import ThemeChoice
from realtime_fer.core.settings import Settings
from realtime_fer.gui.style.theme import DARK, LIGHT, Theme, apply_theme, asked_theme, system_prefers_dark


@runtime_checkable
class Themed(Protocol):
    """A widget that keeps colours or sizes of the theme; all others follow the palette and the style sheet."""

    def set_theme(self, theme: Theme) -> None: ...


class Appearance(QObject):
    """Called only from the GUI thread.

    Args:
        application: gets its font and style now and at every change.
        scale_percent: of fonts and everything drawn or laid out, a value of ``Settings.scale_percent``.
        dark: None goes by ``choice``.
        choice: what the person chose; REALTIME_FER_THEME wins over it at the start.
    """

    def __init__(
        self,
        application: QApplication,
        scale_percent: int = Settings.scale_percent,
        dark: bool | None = None,
        choice: ThemeChoice = Settings.theme,
    ) -> None:
        super().__init__(application)
        self._application = application
        self._font = QFont(application.font())
        self._fixed = dark is not None
        self._choice = choice
        # Later the palette is the program's own.
        self._system_palette = QPalette(application.palette())
        if dark is None and choice is not ThemeChoice.SYSTEM and not asked_theme():
            dark = choice is ThemeChoice.DARK
        is_dark = system_prefers_dark() if dark is None else dark
        self.theme = (DARK if is_dark else LIGHT).scaled(scale_percent)
        self._apply()

    def set_scale(self, scale_percent: int) -> None:
        self._adopt(self.theme.scaled(scale_percent))

    def set_choice(self, choice: ThemeChoice) -> None:
        """The system's theme from now on, or a fixed one."""
        if choice is not self._choice:
            self._choice = choice
            follows = choice is ThemeChoice.SYSTEM
            self._change(system_prefers_dark(self._system_palette) if follows else choice is ThemeChoice.DARK)

    def follow_palette(self) -> None:
        """Call when the palette has changed: colours other than the program's own come from the system."""
        window = self._application.palette().color(QPalette.ColorRole.Window)
        if not self._is_settled and window.name() != self.theme.window:
            self._change(window.lightness() < 128, always=True)

    def follow_system(self) -> None:
        """Call when the system's theme may have changed; does nothing where it has not."""
        if not self._is_settled and (dark := system_prefers_dark()) != self.theme.is_dark:
            self._change(dark)

    @property
    def _is_settled(self) -> bool:
        return self._fixed or self._choice is not ThemeChoice.SYSTEM or bool(asked_theme())

    def _change(self, dark: bool, always: bool = False) -> None:
        self._adopt((DARK if dark else LIGHT).scaled(self.theme.scale_percent), always)

    def _adopt(self, theme: Theme, always: bool = False) -> None:
        if theme == self.theme and not always:
            return
        self.theme = theme
        self._apply()
        for window in self._application.topLevelWidgets():
            broadcast_theme(window, theme)

    def _apply(self) -> None:
        font = QFont(self._font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * self.theme.scale_percent / 100)
        else:
            font.setPixelSize(self.theme.px(font.pixelSize()))
        with nothing_collected():
            self._application.setFont(font)
            apply_theme(self._application, self.theme)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """While Qt goes through its list of all widgets, their handlers run Python, whose collector may delete others."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def broadcast_theme(window: QWidget, theme: Theme) -> None:
    """Gives ``window`` and every widget in it the new theme."""
    for widget in (window, *window.findChildren(QWidget)):
        if isinstance(widget, Themed):
            widget.set_theme(theme)
