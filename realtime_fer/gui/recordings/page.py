"""The page of all recordings: a window with their list and what can be done with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAction,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.sessions.recordings import RecordingEntry
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.recordings.list_view import RecordingList
from realtime_fer.gui.recordings.rows import ENTRY_ROLE, Order, RecordingRows, SortedRows
from realtime_fer.gui.recordings.words import count_words, size_words
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import KeyedChoice
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain

_FIRST_SIZE_PX = (860, 600)


@dataclass(frozen=True)
class PageAction:
    """One thing to do with a recording: its name, its title with mnemonic, and its key."""

    name: str
    title: str
    key: str


def page_actions() -> tuple[PageAction, ...]:
    return (
        PageAction("open", translate("Recordings", "&Open"), "Return"),
        PageAction("play", translate("Recordings", "&Play video"), "Ctrl+P"),
        PageAction("report", translate("Recordings", "Repo&rt"), "Ctrl+R"),
        PageAction("rename", translate("Recordings", "Re&name…"), "F2"),
        PageAction("show", translate("Recordings", "Show in &folder"), "Ctrl+E"),
        PageAction("delete", translate("Recordings", "&Delete…"), "Del"),
    )


class RecordingsPage(QDialog):
    """Shows the list and says what a person wants; does nothing of it itself. Not modal.

    Args:
        rows: all recordings.
        notices: shown above the list.
    """

    #: Name of a ``PageAction`` that is wanted of ``selected``.
    wanted = pyqtSignal(str)
    refresh_wanted = pyqtSignal()
    other_folder_wanted = pyqtSignal()
    selection_changed = pyqtSignal()

    def __init__(self, rows: RecordingRows, notices: NoticeBar, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._reading = True
        self.setWindowTitle(translate("Recordings", "Recordings"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.setSizeGripEnabled(True)
        self.rows, self.sorted_rows = rows, SortedRows(rows, self)
        self._gone_at = 0
        self.sorted_rows.rowsAboutToBeRemoved.connect(self._remember_place)
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Recordings", "Search by name"))
        self.search.setAccessibleName(translate("Recordings", "Search by name"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(30)
        self.search.textChanged.connect(self._search)
        tip = translate("Recordings", "How the recordings are sorted")
        self.order = KeyedChoice(tip, _order_titles(), tip)
        self.order.setSizeAdjustPolicy(KeyedChoice.SizeAdjustPolicy.AdjustToContents)
        self.order.chosen.connect(lambda key: self._sort(Order(key)))
        other = QPushButton(translate("Recordings", "Other folder…"))
        other.setToolTip(translate("Recordings", "Lists the recordings of another folder"))
        other.setAutoDefault(False)
        other.clicked.connect(lambda: self.other_folder_wanted.emit())
        self.list = RecordingList(self.sorted_rows, theme)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.opened.connect(lambda: self.wanted.emit("open"))
        self.list.selection_changed.connect(self.selection_changed)
        self.empty = QLabel()
        self.empty.setObjectName("quiet")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(20)
        self.total = QLabel()
        self.total.setObjectName("quiet")
        self.total.setTextFormat(Qt.TextFormat.PlainText)
        # A long path must not widen the window.
        self.total.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.actions_by_name: dict[str, QAction] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out(notices, other)
        self._add_keys()
        for signal in (rows.rowsInserted, rows.rowsRemoved, rows.dataChanged, rows.modelReset):
            signal.connect(lambda *_: self._show_total())
        self._theme = theme
        self.set_theme(theme)
        self.setMinimumSize(QSize(420, 320).boundedTo(self._free()))
        self.resize(QSize(*(theme.px(side) for side in _FIRST_SIZE_PX)).boundedTo(self._free()))
        self.list.setFocus()

    def _lay_out(self, notices: NoticeBar, other: QPushButton) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.order)
        top.addWidget(other)
        shown = QWidget()
        self._stack = QStackedLayout(shown)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        side = QVBoxLayout()
        side.setSpacing(6)
        for action in page_actions():
            button = QPushButton(action.title)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, name=action.name: self.wanted.emit(name))
            self._buttons[action.name] = button
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(shown, 1)
        middle.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        for part in (notices, top, middle, self.total):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part, 1 if part is middle else 0)

    def _add_keys(self) -> None:
        for action in page_actions():
            made = QAction(action.title, self)
            if action.name != "open":
                # Return opens only in the list: elsewhere it presses what has the focus.
                made.setShortcut(QKeySequence(action.key))
            made.triggered.connect(lambda _checked=False, name=action.name: self.wanted.emit(name))
            self.addAction(made)
            self.actions_by_name[action.name] = made
            self._buttons[action.name].setToolTip(
                QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
            )
        for key, call in (("F5", self.refresh_wanted.emit), ("Ctrl+F", self.search.setFocus)):
            made = QAction(self)
            made.setShortcut(QKeySequence(key))
            made.triggered.connect(lambda _checked=False, call=call: call())
            self.addAction(made)

    @property
    def selected(self) -> tuple[RecordingEntry, ...]:
        """The selected recordings, top first."""
        chosen = self.list.selectionModel()
        indexes = chosen.selectedIndexes() if chosen is not None else []
        return tuple(index.data(ENTRY_ROLE) for index in sorted(indexes, key=lambda index: index.row()))

    def select(self, folder: Path) -> None:
        """Selects the row of ``folder`` alone and scrolls to it; does nothing if it is not shown."""
        for row in range(self.sorted_rows.rowCount()):
            index = self.sorted_rows.index(row, 0)
            if index.data(ENTRY_ROLE).folder == folder:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)

    def select_first(self) -> None:
        """Selects the first row, unless something is selected; of selected ones that are gone what stands there now."""
        count = self.sorted_rows.rowCount()
        if not self.selected and count:
            chosen = self.list.selectionModel()
            if chosen is not None:
                wanted = self.sorted_rows.index(min(self._gone_at, count - 1), 0)
                chosen.setCurrentIndex(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._gone_at = 0

    def _remember_place(self, _parent: QModelIndex, first: int, last: int) -> None:
        chosen = self.list.selectionModel()
        if chosen is not None and any(first <= index.row() <= last for index in chosen.selectedIndexes()):
            self._gone_at = first

    def allow(self, faults: dict[str, str]) -> None:
        """Enables each action without a fault; the fault is the tooltip of one that cannot be done."""
        for action in page_actions():
            fault = faults.get(action.name, "")
            self.actions_by_name[action.name].setEnabled(not fault)
            button = self._buttons[action.name]
            button.setEnabled(not fault)
            key = QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(fault or key)

    def show_reading(self, folder: Path, reading: bool) -> None:
        """Whether the list of ``folder`` is still being read; one that was read before is only looked at again."""
        self._reading = reading and (self._reading or folder != self._folder)
        self._folder = folder
        self._show_total()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.list.set_theme(theme)

    def changeEvent(self, event: QEvent | None) -> None:
        """Looks again when the person comes back to the window: other programs may have changed the folder."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh_wanted.emit()

    def _free(self) -> QSize:
        screen = self.screen()
        return (screen.availableGeometry().size() if screen is not None else QSize(1024, 600)) - QSize(40, 60)

    def _open_menu(self, place: QPoint) -> None:
        viewport = self.list.viewport()
        if viewport is None or not self.selected:
            return
        if not viewport.rect().contains(place):
            place = viewport.rect().center()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, action in self.actions_by_name.items():
            if name in ("rename", "delete"):
                menu.addSeparator()
            menu.addAction(action)
        menu.popup(viewport.mapToGlobal(place))

    def _search(self, text: str) -> None:
        self.sorted_rows.search(text)
        self._show_total()
        self.select_first()
        self.selection_changed.emit()

    def _sort(self, order: Order) -> None:
        self.sorted_rows.set_order(order)
        self.list.scrollToTop()

    def _show_total(self) -> None:
        entries = [entry for entry in self.rows.entries if entry.is_recording]
        if not self.rows.entries and self._reading:
            self.total.setText(translate("Recordings", "Reading {folder}…").format(folder=plain(str(self._folder))))
        else:
            count = len(entries)
            size = size_words(sum(entry.size_bytes for entry in entries))
            parts = (count_words(count), *([size] if count else []), plain(str(self._folder)))
            self.total.setText(" · ".join(parts))
        if self.sorted_rows.rowCount():
            self._stack.setCurrentWidget(self.list)
            return
        if self.rows.entries:
            self.empty.setText(
                translate("Recordings", "No name contains “{words}”.").format(words=plain(self.search.text().strip()))
            )
        elif self._reading:
            self.empty.setText("")
        else:
            self.empty.setText(
                translate(
                    "Recordings",
                    "Nothing has been recorded yet. Press R in the main window to record; recordings are saved in "
                    "{folder}.",
                ).format(folder=plain(str(self._folder)))
            )
        self._stack.setCurrentWidget(self.empty)


def _order_titles() -> dict[str, str]:
    return {
        Order.NEWEST.value: translate("Recordings", "Newest first"),
        Order.OLDEST.value: translate("Recordings", "Oldest first"),
        Order.NAME.value: translate("Recordings", "By name"),
        Order.LONGEST.value: translate("Recordings", "Longest first"),
        Order.PEOPLE.value: translate("Recordings", "Most people first"),
        Order.LARGEST.value: translate("Recordings", "Largest first"),
    }


def names_of(entries: Sequence[RecordingEntry]) -> str:
    """'“a”' in the language's quotation marks, or '3 recordings'."""
    if len(entries) == 1:
        return translate("Recordings", "“{name}”").format(name=plain(entries[0].name))
    return count_words(len(entries))
