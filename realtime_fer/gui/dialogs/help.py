"""The dialogs of the help menu: keyboard shortcuts, and about the program."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QIcon, QKeySequence
from PyQt5.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from realtime_fer import __version__
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.menus import key_rows
from realtime_fer.gui.style.icons import window_icon

#: Keys, and what they do.
KeyRow = tuple[tuple[str, ...], str]


def about_text() -> tuple[str, ...]:
    return (
        translate(
            "Dialogs",
            "Shows live, on this computer, which facial expression is visible on each face.",
        ),
        translate(
            "Dialogs",
            "The words name what a face looks like, not what a person feels: people smile without joy and are sad "
            "without showing it. The model is often wrong, and more often for some faces than for others; its card "
            "says how often it was right on which pictures. Do not use it to judge anyone.",
        ),
        translate(
            "Dialogs",
            "Everyone in view should know about it. In the European Union, inferring people’s emotions from their "
            "faces at work or in education is prohibited (AI Act, Article 5).",
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
    """A scroll area as large as ``content``, or as the screen allows."""
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


def _keys_grid(rows: Sequence[KeyRow], columns: int) -> QWidget:
    area = QWidget()
    grid = QGridLayout(area)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(7)
    in_column = -(-len(rows) // columns)
    for position, (keys, help_text) in enumerate(rows):
        line, side = position % in_column, 3 * (position // in_column)
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in keys:
            caps.addWidget(QLabel("…") if key == "…" else _keycap(key), 0, Qt.AlignmentFlag.AlignVCenter)
        caps.addStretch(1)
        grid.addLayout(caps, line, side)
        said = QLabel(help_text)
        said.setWordWrap(columns == 1)
        grid.addWidget(said, line, side + 1)
    grid.setColumnStretch(1, 1)
    if columns > 1:
        grid.setColumnMinimumWidth(2, 24)
    for child in area.findChildren(QWidget):
        child.ensurePolished()
    return area


def keys_dialog(parent: QWidget | None, rows: Sequence[KeyRow] | None = None) -> QDialog:
    """All shortcuts, in two columns where they fit. Not modal: it may stay open beside the picture.

    Args:
        rows: keys and what they do; None for those of the main window.
    """
    rows = key_rows() if rows is None else rows
    dialog, column = _dialog(parent, translate("Dialogs", "Keyboard shortcuts"))
    headline = QLabel(translate("Dialogs", "Keyboard shortcuts"))
    headline.setObjectName("headline")
    column.addWidget(headline)
    keys_area = _keys_grid(rows, 2)
    screen = dialog.screen()
    if screen is not None and keys_area.sizeHint().width() > screen.availableGeometry().width() - 110:
        keys_area = _keys_grid(rows, 1)
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
