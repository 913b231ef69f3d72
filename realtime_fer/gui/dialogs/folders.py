"""Shows a folder in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QUrl
from PyQt5.QtGui import QDesktopServices

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.notice import Notice, Severity


def open_folder(folder: Path) -> Notice | None:
    """Opens ``folder``; returns None, or a notice saying where it is or that there is nothing yet."""
    if not folder.is_dir():
        nothing = translate("Folders", "Nothing has been recorded yet; recordings are saved in {folder}.").format(
            folder=folder
        )
        return Notice("folder", Severity.INFO, nothing)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return None
    by_hand = translate("Folders", "No file manager could be opened; the folder is {folder}.")
    return Notice("folder", Severity.WARNING, by_hand.format(folder=folder))
