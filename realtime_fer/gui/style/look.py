"""The look of the whole application while it runs: it follows the system's theme and the scale a person chose."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PyQt5.QtCore import QObject
from PyQt5.QtGui import QFont, QPalette
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.gui.style.theme import DARK, LIGHT, Theme, asked_theme, dress, system_prefers_dark


@runtime_checkable
class Themed(Protocol):
    """A widget that holds colours or sizes of the theme itself; all others follow palette and style sheet."""

    def set_theme(self, theme: Theme) -> None: ...


class Look(QObject):
    """Called only from the GUI thread.

    Args:
        application: dressed at once and at every change.
        scale_percent: of fonts and of everything that is drawn or laid out beside them, 100 to 200.
        dark: None asks the system.
    """

    def __init__(self, application: QApplication, scale_percent: int = 100, dark: bool | None = None) -> None:
        super().__init__(application)
        self._application = application
        self._font = QFont(application.font())
        self._fixed = dark is not None
        is_dark = system_prefers_dark() if dark is None else dark
        self.theme = (DARK if is_dark else LIGHT).scaled(scale_percent)
        self._dress()

    def set_scale(self, scale_percent: int) -> None:
        self._adopt(self.theme.scaled(scale_percent))

    def follow_palette(self) -> None:
        """To be called when the palette changed: colours that are not the program's own are the system's."""
        window = self._application.palette().color(QPalette.ColorRole.Window)
        if not self._is_settled and window.name() != self.theme.window:
            self._change(window.lightness() < 128, always=True)

    def follow_system(self) -> None:
        """To be called when the system's theme may have changed; without a difference it does nothing."""
        if not self._is_settled and (dark := system_prefers_dark()) != self.theme.is_dark:
            self._change(dark)

    @property
    def _is_settled(self) -> bool:
        return self._fixed or bool(asked_theme())

    def _change(self, dark: bool, always: bool = False) -> None:
        self._adopt((DARK if dark else LIGHT).scaled(self.theme.scale_percent), always)

    def _adopt(self, theme: Theme, always: bool = False) -> None:
        if theme == self.theme and not always:
            return
        self.theme = theme
        self._dress()
        for window in self._application.topLevelWidgets():
            spread(window, theme)

    def _dress(self) -> None:
        font = QFont(self._font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * self.theme.scale_percent / 100)
        else:
            font.setPixelSize(self.theme.px(font.pixelSize()))
        self._application.setFont(font)
        dress(self._application, self.theme)


def spread(window: QWidget, theme: Theme) -> None:
    """Tells ``window`` and all in it of another theme."""
    for widget in (window, *window.findChildren(QWidget)):
        if isinstance(widget, Themed):
            widget.set_theme(theme)
