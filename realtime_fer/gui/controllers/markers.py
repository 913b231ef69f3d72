"""Marks a moment: at once, or with a note typed while the video runs on."""

from __future__ import annotations

from PyQt5.QtCore import QObject, QPoint, Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.recording.markers import LONGEST_TEXT


class NoteDialog(QDialog):
    """A one-line note. Not modal and low over its window, so that the faces stay visible while typing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add marker with note"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_TEXT)
        self.field.setMinimumWidth(420)
        self.field.setMinimumHeight(30)
        self.field.setPlaceholderText(self.tr("What is happening?"))
        label = QLabel(self.tr("&Note"))
        label.setBuddy(self.field)
        hint = QLabel(self.tr("The marker belongs to the moment this dialog opened. Without a note it gets a number."))
        hint.setObjectName("quiet")
        buttons = QDialogButtonBox()
        put = QPushButton(self.tr("Add marker"))
        put.setDefault(True)
        buttons.addButton(put, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(8)
        for widget in (label, self.field, hint):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(buttons)

    def open_low(self, window: QWidget) -> None:
        """Shows it in the lower part of ``window``."""
        self.adjustSize()
        corner = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, window.height() - self.height() - 70))
        self.move(corner)
        self.show()
        self.field.setFocus()


class MarkerControl(QObject):
    """What the keys for markers do. Called only from the GUI thread."""

    def __init__(self, engine: Engine, window: QWidget) -> None:
        super().__init__(window)
        self._engine = engine
        self._window = window
        self._dialog: NoteDialog | None = None

    def add(self) -> None:
        """Marks the newest frame with a number."""
        self._engine.add_marker()

    def add_with_note(self) -> None:
        """Marks the current newest frame with the note typed next; Cancel marks nothing."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        moment_s = self._engine.newest_s
        if moment_s is None:
            self._engine.add_marker()  # It says that there is nothing to mark.
            return
        dialog = self._dialog = NoteDialog(self._window)
        dialog.accepted.connect(lambda: self._engine.add_marker(dialog.field.text(), moment_s))
        dialog.finished.connect(self._forget)
        dialog.open_low(self._window)

    def _forget(self) -> None:
        self._dialog = None
