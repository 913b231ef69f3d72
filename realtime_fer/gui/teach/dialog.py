"""Where a person teaches own expressions: shows what it is told, says what the person wants, and does nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.own_expressions.taught import LONGEST_NAME
from realtime_fer.core.text.numbers import percent
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dialog_scroll import dialog_scroll, fit_to_screen, polish_children
from realtime_fer.gui.widgets.inputs import KeyedChoice
from realtime_fer.gui.widgets.plain_text import plain_tip

_WIDTH_PX = 540
_STEPS = 1000
_NAME, _FOUND, _NOW = range(3)

#: Of the face, where only one is in view.
ONLY_FACE = ""


class TeachDialog(QDialog):
    """Not modal: the picture runs on beside it.

    Attributes:
        name: of the expression that is to be taught.
    """

    #: A name that the person gave, and wants to show now.
    teach_wanted = pyqtSignal(str)
    #: A name, or '' for the neutral face.
    again_wanted = pyqtSignal(str)
    #: The old name and the new one.
    rename_wanted = pyqtSignal(str, str)
    delete_wanted = pyqtSignal(str)
    undo_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()
    import_wanted = pyqtSignal()
    export_wanted = pyqtSignal()
    shown_changed = pyqtSignal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taking = False
        self._names: tuple[str, ...] = ()
        self.setWindowTitle(self.tr("Teach own expressions"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("such as Skeptical"))
        self.name.setMinimumHeight(30)
        self.teach = QPushButton(self.tr("&Teach"))
        self.face = KeyedChoice(self.tr("Whose face"), {ONLY_FACE: self.tr("The only face in view")}, "")
        self.face.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._whose = QLabel(self.tr("&Whose face"))
        self._whose.setBuddy(self.face)
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.list = self._list()
        self.again = QPushButton(self.tr("Take &again"))
        self.rename = QPushButton(self.tr("&Rename"))
        self.delete = QPushButton(self.tr("&Delete"))
        self.undo = QPushButton(self.tr("&Undo"))
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.shown = QCheckBox(self.tr("&Show them beside each face"))
        self.take_in = QPushButton(self.tr("&Import…"))
        self.export = QPushButton(self.tr("&Export…"))
        self.finish = QPushButton(self.tr("Close"))
        self._lay_out(theme)
        self._connect()
        self.show_taking(None)
        self.say("")
        self.set_theme(theme)
        self.name.setFocus()

    def _list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setColumnCount(3)
        tree.setHeaderLabels([self.tr("Expression"), self.tr("Found"), self.tr("Now")])
        tree.setAccessibleName(self.tr("Own expressions"))
        head = tree.headerItem()
        if head is not None:
            head.setToolTip(
                _FOUND, plain_tip(self.tr("How many of the frames left out of learning are recognised correctly"))
            )
            head.setToolTip(_NOW, plain_tip(self.tr("How much the face in view looks like it now")))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setEditTriggers(
            QAbstractItemView.EditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        header = tree.header()
        if header is not None:
            header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
            header.setStretchLastSection(False)
            for column in (_FOUND, _NOW):
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _lay_out(self, theme: Theme) -> None:
        content = QWidget()
        content.setObjectName("dialogContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 8)
        column.setSpacing(8)
        what = QLabel(
            self.tr(
                "Name an expression, press Teach, and hold it for five seconds while you turn your head and talk "
                "a little. The first time, the program asks for your neutral face before that."
            )
        )
        what.setWordWrap(True)
        column.addWidget(what)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        label = QLabel(self.tr("&Name"))
        label.setBuddy(self.name)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.teach, 0, 2)
        grid.addWidget(self._whose, 1, 0)
        grid.addWidget(self.face, 1, 1, 1, 2)
        column.addLayout(grid)
        column.addWidget(self.progress)
        column.addWidget(self.status)
        beside = QHBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(self.list, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        for button in (self.again, self.rename, self.delete, self.undo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        beside.addLayout(buttons)
        column.addLayout(beside, 1)
        column.addWidget(self.summary)
        column.addWidget(self.shown)
        honest = QLabel(
            self.tr(
                "Learned from one face; for others it is a guess. Kept on this computer as numbers, without a picture."
            )
        )
        honest.setObjectName("quiet")
        honest.setWordWrap(True)
        column.addWidget(honest)
        self._scroll = dialog_scroll(content)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(self.take_in)
        foot.addWidget(self.export)
        foot.addStretch(1)
        foot.addWidget(self.finish)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(foot)
        for button in (self.again, self.rename, self.delete, self.undo, self.take_in, self.export, self.finish):
            button.setAutoDefault(False)
        self.teach.setDefault(True)

    def _connect(self) -> None:
        self.teach.clicked.connect(lambda _: self._teach_or_cancel())
        self.again.clicked.connect(lambda _: self.again_wanted.emit(self.selected))
        self.rename.clicked.connect(lambda _: self._edit())
        self.delete.clicked.connect(lambda _: self.delete_wanted.emit(self.selected))
        self.undo.clicked.connect(lambda _: self.undo_wanted.emit())
        self.take_in.clicked.connect(lambda _: self.import_wanted.emit())
        self.export.clicked.connect(lambda _: self.export_wanted.emit())
        self.finish.clicked.connect(lambda _: self.reject())
        self.shown.toggled.connect(self.shown_changed.emit)
        self.name.textChanged.connect(lambda _: self._enable())
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemChanged.connect(self._renamed)

    def _teach_or_cancel(self) -> None:
        if self._taking:
            self.cancel_wanted.emit()
        elif self.name.text().strip():
            self.teach_wanted.emit(self.name.text())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Escape ends the taking of samples first, and closes only then. Delete deletes what is selected."""
        if event is not None and event.key() == Qt.Key.Key_Escape and self._taking:
            self.cancel_wanted.emit()
        elif (
            event is not None and event.key() == Qt.Key.Key_Delete and self.delete.isEnabled() and self.list.hasFocus()
        ):
            self.delete_wanted.emit(self.selected)
        else:
            super().keyPressEvent(event)

    # What it shows

    @property
    def selected(self) -> str:
        """The name that is selected; '' for the neutral face or none."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_NAME, Qt.ItemDataRole.UserRole))

    def select(self, name: str) -> None:
        """In the list: what was taught just now, with what comes of it."""
        self.list.setCurrentItem(self.list.topLevelItem(1 + self._names.index(name)))

    @property
    def identity(self) -> int | None:
        """Whose face; None for the only one."""
        return int(self.face.key) if self.face.key != ONLY_FACE else None

    def show_faces(self, titles: Mapping[int, str]) -> None:
        """Who is in view: a choice where there are several."""
        several = len(titles) > 1
        entries = {str(number): title for number, title in titles.items()} if several else {}
        entries = entries or {ONLY_FACE: self.tr("The only face in view")}
        now = {self.face.itemData(row): self.face.itemText(row) for row in range(self.face.count())}
        if now != entries and not self._taking:
            self.face.set_titles(entries)
        for widget in (self._whose, self.face):
            widget.setVisible(several)

    def show_taught(
        self, names: Sequence[str], found: Sequence[float] | None, summary: str, *, has_neutral: bool, can_undo: bool
    ) -> None:
        """Lists the neutral face and the own expressions.

        Args:
            found: share of left-out frames of each that were found, neutral face first; None where nothing is learned.
        """
        current = self.list.currentItem()
        at = self.list.indexOfTopLevelItem(current) if current is not None else -1
        self._names = tuple(names)
        self.list.blockSignals(True)
        self.list.clear()
        if has_neutral:
            self._add(self.tr("Neutral face"), "", found[0] if found else None, editable=False)
        for row, name in enumerate(names):
            self._add(name, name, found[row + 1] if found else None, editable=True)
        if at >= 0:
            self.list.setCurrentItem(self.list.topLevelItem(min(at, self.list.topLevelItemCount() - 1)))
        self.list.blockSignals(False)
        self.summary.setText(summary)
        self.summary.setVisible(bool(summary))
        self._can_undo = can_undo
        self._enable()

    def _add(self, title: str, name: str, found: float | None, *, editable: bool) -> None:
        item = QTreeWidgetItem([title, "–" if found is None else percent(found), ""])
        item.setData(_NAME, Qt.ItemDataRole.UserRole, name)
        flags = Qt.ItemFlags(Qt.ItemFlag.ItemIsSelectable) | Qt.ItemFlag.ItemIsEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if editable else flags)
        for column in (_FOUND, _NOW):
            item.setTextAlignment(column, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        self.list.addTopLevelItem(item)

    def show_values(self, values: Mapping[str, float]) -> None:
        """How much the face looks like each own expression now; those that are not known are left out."""
        self.list.blockSignals(True)
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and (name := item.data(_NAME, Qt.ItemDataRole.UserRole)):
                item.setText(_NOW, percent(values[name]) if name in values else "–")
        self.list.blockSignals(False)

    def show_taking(self, words: str | None, share: float = 0.0) -> None:
        """What the person is to do, and how much of it is done, 0 to 1; None where nothing is taken."""
        self._taking = words is not None
        self.progress.setVisible(self._taking)
        self.progress.setValue(round(share * _STEPS))
        self.teach.setText(translate("TeachDialog", "Cancel") if self._taking else translate("TeachDialog", "&Teach"))
        if words is not None:
            self._say(words, "task")
        self._enable()

    def say(self, sentence: str, *, is_refusal: bool = False) -> None:
        """What came of it."""
        self._say(sentence, "refusal" if is_refusal else "")

    def _say(self, words: str, kind: str) -> None:
        self.status.setText(words)
        self.status.setVisible(bool(words))
        font = self.status.font()
        font.setBold(bool(kind))
        self.status.setFont(font)
        if self.status.property("kind") != kind:
            self.status.setProperty("kind", kind)
            style = self.status.style()
            if style is not None:
                # The style sheet goes by the property.
                style.polish(self.status)

    def _enable(self) -> None:
        free, item = not self._taking, self.list.currentItem()
        self.teach.setEnabled(self._taking or bool(self.name.text().strip()))
        self.name.setEnabled(free)
        self.face.setEnabled(free)
        self.again.setEnabled(free and item is not None)
        for button in (self.rename, self.delete):
            button.setEnabled(free and bool(self.selected))
        self.undo.setEnabled(free and getattr(self, "_can_undo", False))
        self.list.setEnabled(free)
        self.take_in.setEnabled(free)
        self.export.setEnabled(free and bool(self._names))

    def _edit(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.setFocus()
            self.list.editItem(item, _NAME)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        old = str(item.data(_NAME, Qt.ItemDataRole.UserRole))
        if column == _NAME and old and item.text(_NAME) != old:
            self.rename_wanted.emit(old, item.text(_NAME))

    def open_beside(self, window: QWidget) -> None:
        """At the right of ``window``, so that the face stays in sight."""
        corner = window.mapToGlobal(QPoint(window.width() - self.width() - 20, 50))
        screen = self.screen()
        if screen is not None:
            free = screen.availableGeometry()
            corner.setX(max(free.left(), min(corner.x(), free.right() - self.width() - 4)))
            corner.setY(max(free.top() + 30, min(corner.y(), free.bottom() - self.height() - 10)))
        self.move(corner)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Resizes the dialog to its contents at this scale, at most to the screen."""
        polish_children(self)
        self.list.setMinimumHeight(theme.px(84))
        fit_to_screen(self, self._scroll, theme, _WIDTH_PX, 96)
