"""Asks before the window closes while a recording runs."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QWidget

from realtime_fer.core.text.translation import translate


class QuitQuestion(QMessageBox):
    """Blocks the window but not the program: the recording and the picture go on until the answer.

    Args:
        finish: called where the person wants to finish the recording and quit.
    """

    def __init__(self, window: QWidget, finish: Callable[[], None]) -> None:
        super().__init__(
            QMessageBox.Icon.Question,
            translate("QuitQuestion", "Quit"),
            translate("QuitQuestion", "A recording is running. Finish it and quit?"),
            QMessageBox.StandardButton.NoButton,
            window,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finish = self.addButton(translate("QuitQuestion", "Finish and quit"), QMessageBox.ButtonRole.AcceptRole)
        self.keep = self.addButton(translate("QuitQuestion", "Keep recording"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.keep)
        self.setEscapeButton(self.keep)
        self.accepted.connect(finish)
