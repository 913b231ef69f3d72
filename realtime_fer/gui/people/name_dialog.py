"""Asks for a person's name."""

from __future__ import annotations

from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from realtime_fer.core.people import LONGEST_NAME
from realtime_fer.gui.widgets.plain_text import plain

#: Characters.
_WIDTH = 56


class NameDialog(QDialog):
    """One line, Enter or Escape. Not modal: the video runs on beside it.

    Args:
        label: the person's, as they are shown now.
        name: the one they have, or ''.
    """

    def __init__(self, parent: QWidget, label: str, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Name a person"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(name)
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setMinimumHeight(30)
        self.field.setPlaceholderText(self.tr("No name"))
        self.field.selectAll()
        title = QLabel(self.tr("&Name of {person}").format(person=plain(label).replace("&", "&&")))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setBuddy(self.field)
        hint = QLabel(
            self.tr(
                "The name lasts until another source is opened or the window closes. Nobody is recognised by it "
                "later. A recording keeps it in its folder. Leave it empty to remove the name."
            )
        )
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox()
        accept = QPushButton(self.tr("OK"))
        accept.setDefault(True)
        buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(8)
        for widget in (title, self.field, hint):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(_WIDTH * self.fontMetrics().averageCharWidth())

    def open_at(self, place: QPoint) -> None:
        """Shows it at ``place`` of the screen, or as near as it fits."""
        column, width = self.layout(), self.minimumWidth()
        # The wrapped hint needs less height at this width than Qt takes for it by itself.
        self.resize(width, column.totalHeightForWidth(width) if column is not None else self.sizeHint().height())
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        if screen is not None:
            room = screen.availableGeometry()
            left = max(room.left(), min(place.x(), room.right() - self.width()))
            top = max(room.top(), min(place.y(), room.bottom() - self.height() - 40))
            self.move(left, top)
        self.show()
        self.activateWindow()
        self.field.setFocus()
