"""Asks before a video that plays is recorded, since that loses frames."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QCheckBox, QMessageBox, QWidget

from realtime_fer.core.text.translation import translate


class RecordQuestion(QMessageBox):
    """Blocks the window but not the video, which plays on.

    Args:
        analyse, record: called for the person's answer; Cancel calls neither.
        stop_asking: called first where the person does not want to be asked again.
    """

    def __init__(
        self,
        window: QWidget,
        analyse: Callable[[], None],
        record: Callable[[], None],
        stop_asking: Callable[[], None],
    ) -> None:
        super().__init__(
            QMessageBox.Icon.NoIcon,
            translate("RecordQuestion", "Record"),
            translate("RecordQuestion", "Recording a video while it plays skips frames; Analyse keeps every frame."),
            QMessageBox.StandardButton.NoButton,
            window,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setInformativeText(
            translate(
                "RecordQuestion",
                "Analyse works through the file in the background, as fast as this computer can, and makes the "
                "same kind of recording.",
            )
        )
        self.analyse = self.addButton(translate("RecordQuestion", "&Analyse…"), QMessageBox.ButtonRole.AcceptRole)
        self.record = self.addButton(
            translate("RecordQuestion", "&Record anyway"), QMessageBox.ButtonRole.DestructiveRole
        )
        self.cancel = self.addButton(translate("RecordQuestion", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.analyse)
        self.setEscapeButton(self.cancel)
        self.do_not_ask = QCheckBox(translate("RecordQuestion", "Do &not ask again"))
        self.setCheckBox(self.do_not_ask)
        self._answers = {self.analyse: analyse, self.record: record}
        self._stop_asking = stop_asking
        self.buttonClicked.connect(self._answered)

    def _answered(self, button: object) -> None:
        answer = self._answers.get(button)  # type: ignore[call-overload]
        if answer is None:
            return
        if self.do_not_ask.isChecked():
            self._stop_asking()
        answer()
