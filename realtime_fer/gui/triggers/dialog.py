"""The list of triggers: on and off, add, edit, remove, and what each would have done in the last minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QPoint, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.triggers.trigger import MOST_TRIGGERS, Trigger
from realtime_fer.core.triggers.words import trigger_sentence
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.check_marks import CheckMarkDelegate
from realtime_fer.gui.widgets.plain_text import plain

_WIDTH_PX, _HEIGHT_PX = 560, 420


@dataclass(frozen=True)
class TriggerRow:
    """A trigger and what is to be said of it: when it fired last, or why it fails."""

    trigger: Trigger
    status: str = ""


class _List(QListWidget):
    """Enter edits, Delete removes."""

    edit_wanted = pyqtSignal()
    remove_wanted = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event is not None and event.matches(QKeySequence.StandardKey.Delete):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class TriggersDialog(QDialog):
    """Not modal: the video plays on beside it. It changes nothing by itself.

    Args:
        try_out: what a trigger would have done in the last minute, as a sentence.
    """

    add_wanted = pyqtSignal()
    #: Row.
    edit_wanted = pyqtSignal(int)
    remove_wanted = pyqtSignal(int)
    #: Row, and whether the trigger is to be on.
    switched = pyqtSignal(int, bool)

    def __init__(self, try_out: Callable[[Trigger], str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._try_out = try_out
        self._rows: Sequence[TriggerRow] = ()
        self.setWindowTitle(self.tr("Triggers"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        about = QLabel(
            self.tr(
                "A trigger fires when somebody holds an expression for a while. It follows the label over the "
                "face, not single frames, and ignores uncertain faces. For an expression of your own, it follows "
                "the value."
            )
        )
        about.setObjectName("quiet")
        about.setWordWrap(True)
        self.empty = QLabel(self.tr("There is no trigger yet. Add one, such as a marker whenever anyone is happy."))
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = _List()
        self.list.setAccessibleName(self.tr("Triggers"))
        self.list.setItemDelegate(CheckMarkDelegate(self.list))
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.add = QPushButton(self.tr("&Add…"))
        self.edit = QPushButton(self.tr("&Edit…"))
        self.remove = QPushButton(self.tr("&Remove"))
        self.try_out = QPushButton(self.tr("&Try on the last minute"))
        self.tried = QLabel()
        self.tried.setTextFormat(Qt.TextFormat.PlainText)
        self.tried.setWordWrap(True)
        self.tried.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add, self.edit, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        trying = QHBoxLayout()
        trying.setSpacing(12)
        trying.addWidget(self.try_out, 0, Qt.AlignmentFlag.AlignTop)
        trying.addWidget(self.tried, 1)
        close = QDialogButtonBox()
        self.close_button = QPushButton(self.tr("&Close"))
        close.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        for button in (self.add, self.edit, self.remove, self.try_out, self.close_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(8)
        column.addWidget(about)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(buttons)
        column.addLayout(trying)
        column.addWidget(close)
        self.add.clicked.connect(lambda _: self.add_wanted.emit())
        self.edit.clicked.connect(lambda _: self._ask_edit())
        self.remove.clicked.connect(lambda _: self._ask_remove())
        self.list.edit_wanted.connect(self._ask_edit)
        self.list.remove_wanted.connect(self._ask_remove)
        self.list.itemDoubleClicked.connect(lambda _: self._ask_edit())
        self.list.itemChanged.connect(self._item_changed)
        self.list.currentRowChanged.connect(lambda _: self._row_chosen())
        self.try_out.clicked.connect(lambda _: self._try())
        self.show_rows(())
        self.set_theme(theme)

    def show_rows(self, rows: Sequence[TriggerRow], choose: int | None = None) -> None:
        """Shows these; ``choose`` is the row to choose, None for the one that was chosen."""
        if choose is None and rows == self._rows:
            return
        row = self.list.currentRow() if choose is None else choose
        before, self._rows = self._rows, rows
        self.list.blockSignals(True)
        if [one.trigger for one in before] != [one.trigger for one in rows]:
            self.list.clear()
            for one in rows:
                item = QListWidgetItem(self.list)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if one.trigger.is_on else Qt.CheckState.Unchecked)
        for at, one in enumerate(rows):
            told = self.list.item(at)
            text = plain("\n".join(line for line in (trigger_sentence(one.trigger), one.status) if line))
            if told is not None and told.text() != text:
                told.setText(text)
        self.list.setCurrentRow(max(0, min(row, len(rows) - 1)))
        self.list.blockSignals(False)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.add.setEnabled(len(rows) < MOST_TRIGGERS)
        for button in (self.edit, self.remove, self.try_out):
            button.setEnabled(bool(rows))
        if choose is not None:
            self.tried.clear()
            (self.list if rows else self.add).setFocus()

    def open_beside(self, window: QWidget) -> None:
        """At the right of ``window``, so that the picture stays in sight, and wholly on the screen."""
        corner = window.mapToGlobal(QPoint(window.width() - self.width() - 20, 50))
        if (screen := self.screen()) is not None:
            free = screen.availableGeometry()
            corner.setX(max(free.left(), min(corner.x(), free.right() - self.width() - 4)))
            corner.setY(max(free.top() + 30, min(corner.y(), free.bottom() - self.height() - 10)))
        self.move(corner)
        self.show()

    def uncheck(self, row: int) -> None:
        """Shows a trigger as off that the person has just tried to switch on."""
        item = self.list.item(row)
        if item is not None:
            self.list.blockSignals(True)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.blockSignals(False)

    def _item_changed(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        on = item.checkState() == Qt.CheckState.Checked
        if 0 <= row < len(self._rows) and on != self._rows[row].trigger.is_on:
            # Not at once: the list is still telling of the change, and may be filled anew.
            QTimer.singleShot(0, lambda: self.switched.emit(row, on))

    def _row_chosen(self) -> None:
        self.tried.clear()

    def _ask_edit(self) -> None:
        if self._rows:
            self.edit_wanted.emit(self.list.currentRow())

    def _ask_remove(self) -> None:
        if self._rows:
            self.remove_wanted.emit(self.list.currentRow())

    def _try(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._rows):
            self.tried.setText(self._try_out(self._rows[row].trigger))

    def set_theme(self, theme: Theme) -> None:
        """Resizes the dialog to this scale, at most to the screen."""
        screen = self.screen()
        if screen is None:
            return
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        self.tried.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        free = screen.availableGeometry().size()
        width = max(theme.px(_WIDTH_PX), self.minimumSizeHint().width())
        self.resize(min(width, free.width() - 40), min(theme.px(_HEIGHT_PX), free.height() - 70))
