"""Letters for a system that has none: without any font installed, every word of a window is invisible."""

from __future__ import annotations

from importlib import resources

from PyQt5.QtGui import QFont, QFontDatabase, QFontMetrics
from PyQt5.QtWidgets import QApplication

FONT_FILE = "DejaVuSans.ttf"


def provide_letters(application: QApplication) -> bool:
    """Takes the font that comes with the program where the system's own lacks even an A; whether it did.

    Called once, before any widget is made.
    """
    font = QFont(application.font())
    if QFontMetrics(font).inFont("A"):
        return False
    content = (resources.files("realtime_fer.assets") / FONT_FILE).read_bytes()
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFontFromData(content))
    if not families:
        return False
    font.setFamily(families[0])
    application.setFont(font)
    return True
