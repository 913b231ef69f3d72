"""The lists of markers and of excluded spans."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from realtime_fer.core.corrections.annotations import Span
from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.widgets.plain_text import plain

_TIME, _TEXT = range(2)

#: F2, and a double click.
EDIT_TRIGGERS = QAbstractItemView.EditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
EDIT_TRIGGERS |= QAbstractItemView.EditTrigger.EditKeyPressed


class _TimesList(QTreeWidget):
    """A list whose rows are times. A person's choice of one emits ``sought``."""

    sought = pyqtSignal(float)

    def __init__(self, document: ReviewDocument, time_of: Callable[[int], float]) -> None:
        """``time_of``: of the row at a position, seconds."""
        super().__init__()
        self._document, self._time_of = document, time_of
        self._filling = False
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        header = self.header()
        if header is not None:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._seek)
        self.itemActivated.connect(self._seek)

    @property
    def chosen(self) -> int | None:
        """Position of the current row."""
        item = self.currentItem()
        return self.indexOfTopLevelItem(item) if item is not None else None

    def choose(self, position: int) -> None:
        if 0 <= position < self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(position))

    def _fill(self, rows: list[list[str]], editable: bool) -> None:
        self._filling = True
        chosen = self.chosen
        while self.topLevelItemCount() > len(rows):
            self.takeTopLevelItem(self.topLevelItemCount() - 1)
        while self.topLevelItemCount() < len(rows):
            self.addTopLevelItem(QTreeWidgetItem())
        for at, texts in enumerate(rows):
            item = self.topLevelItem(at)
            if item is None:
                continue
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            item.setFlags((flags | Qt.ItemFlag.ItemIsEditable) if editable else flags)  # type: ignore[arg-type]
            for column, text in enumerate(texts):
                item.setText(column, text)
        if chosen is not None and rows:
            self.choose(min(chosen, len(rows) - 1))
        self._filling = False

    def _seek(self, item: QTreeWidgetItem) -> None:
        self.sought.emit(self._time_of(self.indexOfTopLevelItem(item)))


class MarkersList(_TimesList):
    """Called only from the GUI thread. ``show_markers`` after each change."""

    #: Position in ``document.markers``, and the new text.
    edited = pyqtSignal(int, str)

    def __init__(self, document: ReviewDocument) -> None:
        super().__init__(document, lambda position: document.markers[position].time_s)
        self.setHeaderLabels([self.tr("Time"), self.tr("Note")])
        self.setEditTriggers(EDIT_TRIGGERS)
        self.setAccessibleName(self.tr("Markers"))
        self.setToolTip(self.tr("Double-click a note to change it. Move markers in the timeline."))
        self.itemChanged.connect(self._changed)

    def show_markers(self) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            rows = [[time_words(marker.time_s), plain(marker.text)] for marker in self._document.markers]
            self._fill(rows, self._document.is_writable)

    def edit_note(self, position: int) -> None:
        item = self.topLevelItem(position)
        if item is not None and self._document.is_writable:
            self.setCurrentItem(item)
            self.editItem(item, _TEXT)

    def edit(self, index, trigger=None, event=None):  # type: ignore[no-untyped-def]
        """Only the note can be edited."""
        if trigger is None:
            return super().edit(index)
        return super().edit(index, trigger, event) if index.column() == _TEXT else False

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == _TEXT:
            self.edited.emit(self.indexOfTopLevelItem(item), item.text(_TEXT))


class SpansList(_TimesList):
    """The excluded spans. Called only from the GUI thread. ``show_spans`` after each change."""

    def __init__(self, document: ReviewDocument) -> None:
        super().__init__(document, lambda position: document.now.excluded[position].start_s)
        self.setHeaderLabels([self.tr("From"), self.tr("To"), self.tr("Length")])
        self.setAccessibleName(self.tr("Excluded spans"))
        self.setToolTip(self.tr("Times that are left out of report and exports."))

    def show_spans(self) -> None:
        rows = [
            [
                time_words(span.start_s),
                time_words(min(span.end_s, self._document.duration_s)),
                time_words(span.end_s - span.start_s),
            ]
            for span in self._document.now.excluded
        ]
        self._fill(rows, editable=False)

    @property
    def chosen_span(self) -> Span | None:
        at = self.chosen
        spans = self._document.now.excluded
        return spans[at] if at is not None and at < len(spans) else None
