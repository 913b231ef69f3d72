"""The windows beside the window: keys, about, and the three questions for a source."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QIcon, QKeySequence
from PyQt5.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from realtime_fer import __version__
from realtime_fer.core.request import PICTURE_SUFFIXES, VIDEO_SUFFIXES, is_address
from realtime_fer.core.translation import translate
from realtime_fer.gui.icons import window_icon
from realtime_fer.gui.menus import key_rows


def about_text() -> tuple[str, ...]:
    return (
        translate(
            "Dialogs",
            "Shows, live and on this computer, which facial expression is visible on each face in the picture.",
        ),
        translate(
            "Dialogs",
            "The words name what a face looks like, not what a person feels: people smile without joy and are sad "
            "without showing it. The model is often wrong, and more often for some faces than for others; its card "
            "says how often it was right on which pictures. It is no basis for judging anybody.",
        ),
        translate(
            "Dialogs",
            "Whoever is in view should know of it. In the European Union, inferring emotions of people at work or in "
            "education from their faces is forbidden (AI Act, Article 5).",
        ),
        translate(
            "Dialogs",
            "Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later), without any "
            "warranty.",
        ),
    )


def _keycap(key: str) -> QLabel:
    label = QLabel(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))
    label.setObjectName("keycap")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def _close_row(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    if close is not None:
        close.setText(translate("Dialogs", "Close"))
        close.setIcon(QIcon())
        close.setDefault(True)
    return buttons


def _dialog(parent: QWidget | None, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 18)
    column.setSpacing(12)
    return dialog, column


def _scrolling(content: QWidget, dialog: QDialog) -> QScrollArea:
    """``content`` as large as it wants to be, or as the screen lets it; then it scrolls."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setObjectName("dialogScroll")
    content.setObjectName("dialogContent")
    area.setWidget(content)
    wanted = content.sizeHint()
    screen = dialog.screen()
    if screen is not None:
        free = screen.availableGeometry().size()
        wanted = wanted.boundedTo(QSize(free.width() - 110, free.height() - 260))
    bar = area.verticalScrollBar()
    area.setMinimumSize(wanted + QSize((bar.sizeHint().width() if bar is not None else 10) + 6, 6))
    return area


def _keys_grid(columns: int) -> QWidget:
    area = QWidget()
    grid = QGridLayout(area)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(7)
    rows = key_rows()
    in_column = -(-len(rows) // columns)
    for position, (keys, help_text) in enumerate(rows):
        line, side = position % in_column, 3 * (position // in_column)
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in keys:
            caps.addWidget(QLabel("…") if key == "…" else _keycap(key))
        caps.addStretch(1)
        grid.addLayout(caps, line, side)
        grid.addWidget(QLabel(help_text), line, side + 1)
    if columns > 1:
        grid.setColumnMinimumWidth(2, 24)
    for child in area.findChildren(QWidget):
        child.ensurePolished()
    return area


def keys_dialog(parent: QWidget | None) -> QDialog:
    """All keys in two columns. Not modal: it may stay open beside the picture."""
    dialog, column = _dialog(parent, translate("Dialogs", "Keys"))
    headline = QLabel(translate("Dialogs", "Keys"))
    headline.setObjectName("headline")
    column.addWidget(headline)
    keys_area = _keys_grid(2)
    screen = dialog.screen()
    if screen is not None and keys_area.sizeHint().width() > screen.availableGeometry().width() - 110:
        keys_area = _keys_grid(1)
    column.addWidget(_scrolling(keys_area, dialog), 1)
    column.addSpacing(4)
    column.addWidget(_close_row(dialog))
    return dialog


def about_dialog(parent: QWidget | None) -> QDialog:
    dialog, column = _dialog(parent, translate("Dialogs", "About Realtime FER"))
    head = QHBoxLayout()
    head.setSpacing(14)
    picture = QLabel()
    picture.setPixmap(window_icon().pixmap(48, 48))
    head.addWidget(picture)
    names = QVBoxLayout()
    names.setSpacing(0)
    headline = QLabel("Realtime FER")
    headline.setObjectName("headline")
    version = QLabel(translate("Dialogs", "Version {version}").format(version=__version__))
    version.setObjectName("quiet")
    names.addWidget(headline)
    names.addWidget(version)
    head.addLayout(names)
    head.addStretch(1)
    column.addLayout(head)
    for paragraph in about_text():
        label = QLabel(paragraph)
        label.setWordWrap(True)
        label.setMinimumWidth(460)
        column.addWidget(label)
    column.addWidget(_close_row(dialog))
    return dialog


def ask_video(parent: QWidget, folder: str) -> str:
    """The path chosen, or ''."""
    videos, pictures = (
        " ".join(f"*{suffix}" for suffix in sorted(some)) for some in (VIDEO_SUFFIXES, PICTURE_SUFFIXES)
    )
    kinds = (
        (translate("Dialogs", "Videos and pictures"), f"{videos} {pictures}"),
        (translate("Dialogs", "Videos"), videos),
        (translate("Dialogs", "Pictures"), pictures),
        (translate("Dialogs", "All files"), "*"),
    )
    filters = ";;".join(f"{title} ({patterns})" for title, patterns in kinds)
    return QFileDialog.getOpenFileName(parent, translate("Dialogs", "Open video or picture"), folder, filters)[0]


def ask_model(parent: QWidget, folder: str) -> str:
    """The path chosen, or ''."""
    models, everything = translate("Dialogs", "Models and their cards"), translate("Dialogs", "All files")
    filters = f"{models} (*.tflite *.json);;{everything} (*)"
    return QFileDialog.getOpenFileName(parent, translate("Dialogs", "Load model"), folder, filters)[0]


def ask_folder(parent: QWidget, folder: str) -> str:
    """The path chosen, or ''."""
    return QFileDialog.getExistingDirectory(parent, translate("Dialogs", "Open folder of pictures"), folder)


def names_a_host(text: str) -> bool:
    """Whether it is more of an address than its beginning."""
    return is_address(text) and bool(text.partition("://")[2].strip("/ "))


class AddressDialog(QDialog):
    """Asks for a network camera's or stream's address; only one that can be opened is accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Dialogs", "Open address"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.field = QLineEdit()
        self.field.setPlaceholderText("rtsp://192.168.1.20:554/stream")
        self.field.setMinimumWidth(420)
        self.field.setMinimumHeight(30)
        label = QLabel(translate("Dialogs", "&Address of a network camera or stream"))
        label.setBuddy(self.field)
        hint = QLabel(translate("Dialogs", "It begins with rtsp://, http:// or https://; rtmp:// and udp:// work too."))
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


def ask_address(parent: QWidget) -> str:
    """The address given, or ''."""
    dialog = AddressDialog(parent)
    accepted = dialog.exec_() == QDialog.DialogCode.Accepted
    address = dialog.address if accepted else ""
    dialog.deleteLater()
    return address


def start_folder(last: str) -> str:
    """Where a file dialog opens: where the last file was, else the home folder."""
    return last if last and Path(last).is_dir() else str(Path.home())
