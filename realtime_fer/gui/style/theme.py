"""The dark and the light theme: which one the system prefers, and their colours and shapes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace

from PyQt5.QtCore import QSettings
from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QApplication, QStyleFactory

THEME_VARIABLE = "REALTIME_FER_THEME"


@dataclass(frozen=True)
class Theme:
    """Colours as #rrggbb. Text on ``window`` and ``raised`` keeps a contrast of at least 4.5 to 1 (WCAG 2, AA).

    ``scale_percent`` scales the interface: the application's font already includes it, ``px`` applies it to all else.
    """

    is_dark: bool
    window: str
    raised: str
    field: str
    border: str
    text: str
    quiet: str
    disabled: str
    accent: str
    on_accent: str
    record: str
    info: str
    success: str
    warning: str
    error: str
    scale_percent: int = 100

    def px(self, pixels: float) -> int:
        """What ``pixels`` at 100 % are at this scale."""
        return round(pixels * self.scale_percent / 100)

    def scaled(self, scale_percent: int) -> Theme:
        return replace(self, scale_percent=scale_percent)


DARK = Theme(
    is_dark=True,
    window="#1b1e23",
    raised="#23272e",
    field="#2d323b",
    border="#424955",
    text="#e8eaed",
    quiet="#a9b0bb",
    disabled="#6b7380",
    accent="#4f9ef0",
    on_accent="#0d1420",
    record="#d92c2c",
    info="#4f9ef0",
    success="#3fb37f",
    warning="#e5a13a",
    error="#ef6a5e",
)

LIGHT = Theme(
    is_dark=False,
    window="#f3f4f6",
    raised="#fbfbfc",
    field="#ffffff",
    border="#c3c8d0",
    text="#1d2127",
    quiet="#565e6a",
    disabled="#9aa1ac",
    accent="#1666c0",
    on_accent="#ffffff",
    record="#c81e1e",
    info="#1666c0",
    success="#1c7a50",
    warning="#b36b00",
    error="#c0392b",
)

_STYLE = """
QMainWindow, QDialog {{ background: {window}; }}
QMenuBar {{ background: {window}; border-bottom: 1px solid {border}; padding: 2px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {field}; }}
QMenu {{ background: {raised}; border: 1px solid {border}; padding: 4px; menu-scrollable: 1; }}
QMenu::item {{ padding: 5px 26px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QStatusBar {{ background: {window}; border-top: 1px solid {border}; }}
QStatusBar::item {{ border: none; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: {indicator}px; height: {indicator}px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: 4px; }}
#panel, #panelContent, #panelScroll {{ background: {raised}; border: none; }}
#panel {{ border-left: 1px solid {border}; }}
#quiet {{ color: {quiet}; }}
QLabel[kind="refusal"] {{ color: {warning}; }}
QPushButton {{ background: {field}; border: 1px solid {border}; border-radius: 6px; padding: 6px 12px; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {border}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 5px 11px; }}
QPushButton:disabled {{ color: {disabled}; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton#record {{ font-weight: bold; padding: 9px 12px; border: 2px solid {record}; }}
QPushButton#record:focus {{ border: 2px solid {accent}; }}
QPushButton#snapshot {{ padding: 10px 10px; }}
QPushButton#snapshot:focus {{ padding: 9px 9px; }}
QPushButton#record[recording="true"] {{ background: {record}; color: white; }}
QPushButton#record[recording="true"]:focus {{ border: 2px solid {text}; }}
QPushButton:default:focus {{ border: 2px solid {text}; }}
QPushButton:default:disabled {{ background: {field}; color: {disabled}; border-color: {border}; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {border}; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }}
QToolButton:hover {{ background: {field}; border-color: {border}; }}
QToolButton:focus {{ padding: 3px; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {border}; border-radius: 4px; min-height: 24px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
#notice {{ background: {raised}; border-bottom: 1px solid {border}; }}
#headline {{ font-size: {headline_pt}pt; font-weight: bold; }}
#welcome {{ background: {raised}; border: 1px solid {border}; border-radius: 12px; }}
#welcomeText, #welcomeScroll, #dialogContent, #dialogScroll, #settingsContent,
#settingsScroll {{ background: transparent; }}
#welcomeScroll:focus {{ border: 2px solid {accent}; border-radius: 10px; }}
#section {{ font-weight: bold; }}
#level {{ background: {field}; border: 1px solid {border}; border-radius: 3px; max-height: {meter}px; }}
#level::chunk {{ background: {success}; border-radius: 2px; }}
QToolButton#live[others="true"] {{ background: {error}; color: #ffffff; border-radius: 3px; padding: 1px 6px; }}
#level[loud="true"]::chunk {{ background: {error}; }}
#keycap {{ background: {field}; border: 1px solid {border}; border-radius: 4px; padding: 2px 7px; }}
"""


def asked_theme() -> str:
    """'dark' or 'light' where a person named one for this run, else ''."""
    asked = os.environ.get(THEME_VARIABLE, "").strip().lower()
    return asked if asked in ("dark", "light") else ""


def system_prefers_dark(palette: QPalette | None = None) -> bool:
    """Whether dark is asked for: REALTIME_FER_THEME first, then the desktop's setting, then Qt's own palette.

    Args:
        palette: Qt's own; None is that of the application, which is Qt's own until a theme was applied.
    """
    asked = asked_theme()
    if asked:
        return asked == "dark"
    if sys.platform == "win32":
        personalize = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        registry = QSettings(personalize, QSettings.Format.NativeFormat)
        return str(registry.value("AppsUseLightTheme", 1)) == "0"
    if sys.platform.startswith("linux"):
        desktop = _gnome_colour_scheme()
        if desktop:
            return "dark" in desktop
    return (palette or QApplication.palette()).color(QPalette.ColorRole.Window).lightness() < 128


def _gnome_colour_scheme() -> str:
    """GNOME's and its relatives' choice, '' where it is not made or cannot be asked for quickly."""
    program = shutil.which("gsettings")
    if program is None:
        return ""
    for key in ("color-scheme", "gtk-theme"):
        try:
            answer = subprocess.run(
                [program, "get", "org.gnome.desktop.interface", key],
                capture_output=True,
                text=True,
                timeout=0.5,
                check=False,
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return ""
        value = answer.strip().strip("'").lower()
        if value and value != "default":
            return value
    return ""


def palette_of(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.field),
        (roles.AlternateBase, theme.raised),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.Text, theme.text),
        (roles.Button, theme.field),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.error),
        (roles.Link, theme.accent),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.PlaceholderText, theme.disabled),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return palette


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Sets the application's style, palette and style sheet; the caller sets the font."""
    style = application.style()
    if style is None or style.objectName().lower() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(palette_of(theme))
    words = {name: value for name, value in vars(theme).items() if isinstance(value, str)}
    sizes = {"headline_pt": theme.px(15), "indicator": theme.px(14), "bar": theme.px(10), "meter": theme.px(8)}
    application.setStyleSheet(_STYLE.format(**words, **sizes))
