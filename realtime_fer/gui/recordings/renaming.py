"""Gives a recording's folder another name, and says why a name will not do."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from realtime_fer.core.errors import reason_of
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.widgets.plain_text import plain

#: Windows and its shares refuse them; a recording may go there.
_ODD = '\\/:*?"<>|'
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
#: The program's own folder of single snapshots.
_OWN = "snapshots"
#: Of UTF-8; most file systems end at 255, and the recording's files are named in it.
_MOST_BYTES = 200


def name_fault(folder: Path, name: str) -> str:
    """Why ``folder`` cannot have ``name``, as a sentence; '' if it can."""
    told = _odd_name(name)
    if told or name == folder.name:
        return told
    place = folder.parent / name
    if os.path.lexists(place) and not _is_same(folder, place):
        return translate("Recordings", "“{name}” exists already.").format(name=plain(name))
    return ""


def _odd_name(name: str) -> str:
    if not name.strip():
        return translate("Recordings", "A recording needs a name.")
    for letter in name:
        if letter in _ODD:
            return translate("Recordings", "A name cannot contain “{letter}”.").format(letter=letter)
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return translate("Recordings", "A name cannot contain characters that are not visible.")
    if name != name.strip() or name.endswith("."):
        return translate("Recordings", "A name cannot begin or end with a blank, or end with a full stop.")
    if name.startswith("."):
        return translate("Recordings", "A name cannot begin with a full stop: the folder would be hidden.")
    if name.casefold().partition(".")[0] in _RESERVED or name.casefold() == _OWN:
        return translate("Recordings", "This name is taken by the system or the program; choose another one.")
    if len(name.encode("utf-8")) > _MOST_BYTES:
        return translate("Recordings", "This name is too long.")
    return ""


def _is_same(folder: Path, place: Path) -> bool:
    """Whether only letters' case differs, on a disk that does not tell them apart."""
    try:
        return folder.name.casefold() == place.name.casefold() and os.path.samefile(folder, place)
    except OSError:
        return False


def rename_folder(folder: Path, name: str) -> tuple[Path, str]:
    """The folder's new place and '', or its old one and why it could not be renamed. Nothing is ever replaced."""
    told = name_fault(folder, name)
    if told:
        return folder, told
    place = folder.parent / name
    try:
        folder.rename(place)
    except (OSError, ValueError) as error:
        words = translate("Recordings", "“{name}” could not be renamed: {reason}.")
        return folder, words.format(name=plain(folder.name), reason=said(reason_of(error)))
    return place, ""


class RenameDialog(QDialog):
    """Asks for the name; accepts only one that the folder can have."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle(translate("Recordings", "Rename recording"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(folder.name)
        self.field.selectAll()
        label = QLabel(
            translate("Recordings", "&New name of “{name}”").format(name=plain(folder.name).replace("&", "&&"))
        )
        label.setBuddy(self.field)
        self.fault = QLabel()
        self.fault.setObjectName("quiet")
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.rename_button = QPushButton(translate("Recordings", "Rename"))
        self.rename_button.setDefault(True)
        buttons.addButton(self.rename_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(translate("Recordings", "Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        for widget in (label, self.field, self.fault):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(buttons)
        metrics = self.fontMetrics()
        self.field.setMinimumWidth(metrics.averageCharWidth() * 46)
        # Room for a sentence of two lines, so that the dialog does not jump.
        self.fault.setMinimumHeight(2 * metrics.lineSpacing())
        self.field.textChanged.connect(self._check)
        self._check()

    @property
    def name(self) -> str:
        return unicodedata.normalize("NFC", self.field.text().strip())

    def _check(self) -> None:
        told = name_fault(self._folder, self.name)
        self.fault.setText(told)
        self.rename_button.setEnabled(not told and self.name != self._folder.name)
