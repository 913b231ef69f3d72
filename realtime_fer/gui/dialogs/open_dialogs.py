"""The dialogs that open a source or a model: file, folder and network stream."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.request import PICTURE_SUFFIXES, VIDEO_SUFFIXES, is_address
from realtime_fer.core.text.translation import translate


def choose_video(parent: QWidget, folder: str) -> str:
    """The path chosen, or ''."""
    title = translate("Dialogs", "Open video or picture")
    return QFileDialog.getOpenFileName(parent, title, folder, _video_filters())[0]


def choose_videos(parent: QWidget, folder: str) -> list[str]:
    """The paths chosen; none where the person cancels."""
    return QFileDialog.getOpenFileNames(parent, translate("Dialogs", "Choose videos"), folder, _video_filters())[0]


def _video_filters() -> str:
    videos, pictures = (
        " ".join(f"*{suffix}" for suffix in sorted(some)) for some in (VIDEO_SUFFIXES, PICTURE_SUFFIXES)
    )
    kinds = (
        (translate("Dialogs", "Videos and pictures"), f"{videos} {pictures}"),
        (translate("Dialogs", "Videos"), videos),
        (translate("Dialogs", "Pictures"), pictures),
        (translate("Dialogs", "All files"), "*"),
    )
    return ";;".join(f"{title} ({patterns})" for title, patterns in kinds)


def choose_model(parent: QWidget, folder: str) -> str:
    """The path chosen, or ''."""
    models, everything = translate("Dialogs", "Models and their cards"), translate("Dialogs", "All files")
    filters = f"{models} (*.tflite *.json);;{everything} (*)"
    return QFileDialog.getOpenFileName(parent, translate("Dialogs", "Load model"), folder, filters)[0]


def choose_folder(parent: QWidget, folder: str) -> str:
    """The path chosen, or ''."""
    return QFileDialog.getExistingDirectory(parent, translate("Dialogs", "Open folder of pictures"), folder)


def names_a_host(text: str) -> bool:
    """Whether ``text`` is an address with more than its scheme."""
    return is_address(text) and bool(text.partition("://")[2].strip("/ "))


class AddressDialog(QDialog):
    """Asks for the address of a network camera or stream; accepts only one that can be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Dialogs", "Open network stream"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.field = QLineEdit()
        self.field.setPlaceholderText("rtsp://192.168.1.20:554/stream")
        self.field.setMinimumWidth(420)
        self.field.setMinimumHeight(30)
        label = QLabel(translate("Dialogs", "&Address of a network camera or stream"))
        label.setBuddy(self.field)
        hint = QLabel(
            translate("Dialogs", "It starts with rtsp://, http:// or https://; rtmp:// and udp:// also work.")
        )
        hint.setObjectName("quiet")
        buttons = QDialogButtonBox()
        self.open_button = QPushButton(translate("Dialogs", "Open"))
        self.open_button.setDefault(True)
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(translate("Dialogs", "Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        for widget in (label, self.field, hint):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.field.textChanged.connect(self._check)
        self._check()

    @property
    def address(self) -> str:
        return self.field.text().strip()

    def _check(self) -> None:
        self.open_button.setEnabled(names_a_host(self.address))


def choose_address(parent: QWidget) -> str:
    """The address given, or ''."""
    dialog = AddressDialog(parent)
    accepted = dialog.exec_() == QDialog.DialogCode.Accepted
    address = dialog.address if accepted else ""
    dialog.deleteLater()
    return address


def start_folder(last: str) -> str:
    """The folder in which a file dialog opens: the last one, else the home folder."""
    return last if last and Path(last).is_dir() else str(Path.home())
