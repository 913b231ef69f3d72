"""Asks before the window closes while a recording or an analysis runs."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QWidget

from realtime_fer.core.text.translation import translate


class QuitQuestion(QMessageBox):
    """Blocks the window but not the program: all goes on until the answer.

    Args:
        finish: called where the person wants to finish what runs and quit.
        recording, analysing: which of them run; one at least.
        waiting: analyses that wait, and will not be done.
    """

    def __init__(
        self,
        window: QWidget,
        finish: Callable[[], None],
        *,
        recording: bool = True,
        analysing: bool = False,
        waiting: int = 0,
    ) -> None:
        super().__init__(
            QMessageBox.Icon.NoIcon,
            translate("QuitQuestion", "Quit"),
            _question(recording, analysing),
            QMessageBox.StandardButton.NoButton,
            window,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if waiting:
            forgotten = translate("QuitQuestion", "Waiting analyses that will not be done: {count}.")
            self.setInformativeText(forgotten.format(count=waiting))
        keep = {
            (True, False): translate("QuitQuestion", "Keep recording"),
            (False, True): translate("QuitQuestion", "Keep analysing"),
        }.get((recording, analysing), translate("QuitQuestion", "Stay"))
        quit_now = (
            translate("QuitQuestion", "Finish and quit") if recording else translate("QuitQuestion", "Stop and quit")
        )
        self.finish = self.addButton(quit_now, QMessageBox.ButtonRole.AcceptRole)
        self.keep = self.addButton(keep, QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.keep)
        self.setEscapeButton(self.keep)
        self.accepted.connect(finish)


def _question(recording: bool, analysing: bool) -> str:
    if recording and analysing:
        return translate(
            "QuitQuestion",
            "A recording and an analysis are running. Finish the recording, stop the analysis, and quit?",
        )
    if analysing:
        return translate("QuitQuestion", "An analysis is running. Stop it, keep what is analysed, and quit?")
    return translate("QuitQuestion", "A recording is running. Finish it and quit?")
