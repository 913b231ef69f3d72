"""Shows a command whole before a trigger may run it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QFontDatabase
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from realtime_fer.core.triggers.targets import command_words
from realtime_fer.gui.widgets.plain_text import plain


class CommandQuestion(QDialog):
    """Blocks the dialog that it belongs to, but not the video. Without an answer nothing is confirmed.

    Args:
        command: one that ``command_words`` takes.
        confirmed: called for yes.
    """

    def __init__(self, parent: QWidget, command: str, confirmed: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Run a command"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QLabel(self.tr("May this command run each time the trigger fires?"))
        title.setWordWrap(True)
        title.setObjectName("section")
        words = command_words(command)
        program = shutil.which(os.path.expanduser(words[0]))
        self.command = QPlainTextEdit(plain(command))
        self.command.setReadOnly(True)
        self.command.setTabChangesFocus(True)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.command.setAccessibleName(self.tr("Command"))
        lines = [
            self.tr("Program: {program}").format(program=plain(program))
            if program is not None
            else self.tr("There is no program “{program}” on this computer now.").format(program=plain(words[0]))
        ]
        lines += [
            self.tr("Argument {number}: {argument}").format(number=number, argument=plain(word))
            for number, word in enumerate(words[1:], 1)
        ]
        self.command.appendPlainText("")
        self.command.appendPlainText("\n".join(lines))
        self.command.moveCursor(self.command.textCursor().Start)
        hint = QLabel(
            self.tr(
                "It runs with your rights, without a shell, for at most half a minute. Confirm it only if you "
                "wrote it yourself or know what it does."
            )
        )
        hint.setWordWrap(True)
        hint.setObjectName("quiet")
        self.yes = QPushButton(self.tr("&Run it when the trigger fires"))
        self.yes.setAutoDefault(False)
        self.no = QPushButton(self.tr("&Do not run it"))
        self.no.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.no, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(8)
        for widget in (title, self.command, hint, buttons):
            column.addWidget(widget)
        across = self.fontMetrics().averageCharWidth()
        self.resize(64 * across, 22 * self.fontMetrics().height())
        self.no.setFocus()
