"""Asks whether two numbers with one name are one person."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.plain_text import plain


class SameNameQuestion(QMessageBox):
    """The video runs on until the answer. Escape changes nothing.

    Args:
        name: the one that is to be given to ``label``.
        merge, keep_apart: what the two answers do.
    """

    def __init__(
        self, window: QWidget, name: str, label: str, merge: Callable[[], None], keep_apart: Callable[[], None]
    ) -> None:
        super().__init__(
            QMessageBox.Icon.NoIcon,
            translate("SameNameQuestion", "The same name"),
            translate("SameNameQuestion", "Somebody is called “{name}” already. Is {person} the same person?").format(
                name=plain(name), person=plain(label)
            ),
            QMessageBox.StandardButton.NoButton,
            window,
        )
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        role = QMessageBox.ButtonRole
        self.merge = self.addButton(translate("SameNameQuestion", "The &same person: merge"), role.AcceptRole)
        self.apart = self.addButton(translate("SameNameQuestion", "&Two people"), role.AcceptRole)
        cancel = self.addButton(translate("SameNameQuestion", "Cancel"), role.RejectRole)
        self.setDefaultButton(self.merge)
        self.setEscapeButton(cancel)
        if self.merge is not None and self.apart is not None:
            self.merge.clicked.connect(merge)
            self.apart.clicked.connect(keep_apart)
