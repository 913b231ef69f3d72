"""The list of recordings: its rows have room for what is said of each."""

from __future__ import annotations

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QResizeEvent
from PyQt5.QtWidgets import QAbstractItemView, QFrame, QListView

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.recordings.row_delegate import RecordingDelegate
from realtime_fer.gui.recordings.rows import SortedRows
from realtime_fer.gui.style.theme import Theme


class RecordingList(QListView):
    """Return opens; a letter goes to the next recording that begins with it. Called only from the GUI thread."""

    opened = pyqtSignal()
    selection_changed = pyqtSignal()

    def __init__(self, rows: SortedRows, theme: Theme) -> None:
        super().__init__()
        self.setModel(rows)
        self.setAccessibleName(translate("Recordings", "Recordings"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.delegate = RecordingDelegate(self, theme)
        self.setItemDelegate(self.delegate)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        chosen = self.selectionModel()
        if chosen is not None:
            chosen.selectionChanged.connect(lambda *_: self.selection_changed.emit())
        # Rows come in dozens.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fit)
        for signal in (rows.rowsInserted, rows.rowsRemoved, rows.dataChanged, rows.modelReset):
            signal.connect(lambda *_: self._timer.start())

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self._fit(changed=True)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, changed: bool = False) -> None:
        """Gives every row a line more where some state would not fit into one; all rows have one height."""
        model, viewport = self.model(), self.viewport()
        if model is None or viewport is None:
            return
        indexes = (model.index(row, 0) for row in range(model.rowCount()))
        needs_two = any(self.delegate.is_long(index, self.font(), viewport.width()) for index in indexes)
        if changed or needs_two != (self.delegate.state_lines == 2):
            self.delegate.state_lines = 2 if needs_two else 1
            self.doItemsLayout()
            viewport.update()
