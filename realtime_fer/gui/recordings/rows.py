"""The recordings as Qt's models: all of them, and those that a search leaves, in the order chosen."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, QSortFilterProxyModel, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QPixmap

from realtime_fer.core.sessions.recordings import RecordingEntry, RecordingState
from realtime_fer.gui.recordings.words import facts_words, state_words
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
#: The two lines below the name, and whether the second one warns.
FACTS_ROLE = Qt.ItemDataRole.UserRole + 2
STATE_ROLE = Qt.ItemDataRole.UserRole + 3
ODD_ROLE = Qt.ItemDataRole.UserRole + 4

#: Pictures kept, about 130 kB each.
_MOST_PICTURES = 256


class Order(Enum):
    """How the recordings are sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    LONGEST = "longest"
    PEOPLE = "people"
    LARGEST = "largest"


class RecordingRows(QAbstractListModel):
    """One row a folder. Called only from the GUI thread.

    Args:
        busy: what the program is doing with a folder just now, in words; ''.
    """

    picture_wanted = pyqtSignal(object)

    def __init__(self, busy: Callable[[RecordingEntry], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._busy = busy
        self._entries: list[RecordingEntry] = []
        #: Null where a recording has none. Bound: the oldest goes, and is made again when it is painted.
        self._pictures: OrderedDict[Path, QPixmap] = OrderedDict()

    @property
    def entries(self) -> tuple[RecordingEntry, ...]:
        return tuple(self._entries)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(entry.name)
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(entry)
        if role == FACTS_ROLE:
            return facts_words(entry)
        if role == STATE_ROLE:
            return state_words(entry, self._busy(entry))
        if role == ODD_ROLE:
            return entry.is_recording and entry.state is not RecordingState.COMPLETE and not self._busy(entry)
        lines = (plain(entry.name), facts_words(entry), state_words(entry, self._busy(entry)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(lines))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(lines)
        return None

    def add(self, entries: Iterable[RecordingEntry]) -> None:
        """Adds folders, and replaces those that are there."""
        at = {entry.folder: row for row, entry in enumerate(self._entries)}
        new = []
        for entry in entries:
            row = at.get(entry.folder)
            if row is None:
                new.append(entry)
            else:
                self._replace(row, entry)
        if new:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._entries += new
            self.endInsertRows()

    def _replace(self, row: int, entry: RecordingEntry) -> None:
        old = self._entries[row]
        if old.changed_s == entry.changed_s:
            # A new list does not know yet what was counted.
            people = old.people if entry.people is None else entry.people
            duration_s = old.duration_s if entry.duration_s is None else entry.duration_s
            entry = replace(entry, people=people, duration_s=duration_s)
        elif (picture := self._pictures.get(entry.folder)) is not None and picture.isNull():
            del self._pictures[entry.folder]
        if entry != old:
            self._entries[row] = entry
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def keep(self, folders: set[Path]) -> None:
        """Removes all others."""
        for row in reversed(range(len(self._entries))):
            if self._entries[row].folder not in folders:
                self._pictures.pop(self._entries[row].folder, None)
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()

    def clear(self) -> None:
        self.beginResetModel()
        self._entries = []
        self._pictures.clear()
        self.endResetModel()

    def show_picture(self, folder: Path, picture: QImage) -> None:
        self._pictures[folder] = QPixmap() if picture.isNull() else QPixmap.fromImage(picture)
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        for row, entry in enumerate(self._entries):
            if entry.folder == folder:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def move(self, folder: Path, place: Path) -> None:
        """A folder was renamed: its row and picture stay."""
        for row, entry in enumerate(self._entries):
            if entry.folder == folder:
                video = entry.video and place / entry.video.name
                self._entries[row] = replace(entry, folder=place, video=video)
                if (picture := self._pictures.pop(folder, None)) is not None:
                    self._pictures[place] = picture
                self.dataChanged.emit(self.index(row), self.index(row))

    def show_busy(self) -> None:
        """What the program does with some recording has changed."""
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def _picture(self, entry: RecordingEntry) -> QPixmap:
        found = self._pictures.get(entry.folder)
        if found is None:
            # Only rows that are painted are asked for their picture.
            self.picture_wanted.emit(entry)
            return QPixmap()
        self._pictures.move_to_end(entry.folder)
        return found


class SortedRows(QSortFilterProxyModel):
    """What a search leaves, in the order chosen. Folders that are no recordings come last in any order."""

    def __init__(self, rows: RecordingRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = Order.NEWEST
        self._wanted = ""
        self.setSourceModel(rows)
        self.sort(0)

    def set_order(self, order: Order) -> None:
        self._order = order
        self.invalidate()

    def search(self, text: str) -> None:
        """Leaves the names that hold every word of ``text``."""
        self._wanted = text
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        model = self.sourceModel()
        name = str(model.index(row, 0).data() or "").casefold() if model is not None else ""
        return all(word in name for word in self._wanted.casefold().split())

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:
        return bool(self._key(left.data(ENTRY_ROLE)) < self._key(right.data(ENTRY_ROLE)))

    def _key(self, entry: RecordingEntry) -> tuple[Any, ...]:
        newest = -entry.started.timestamp()
        first: Any = {
            Order.NEWEST: newest,
            Order.OLDEST: -newest,
            Order.NAME: natural(entry.name),
            Order.LONGEST: -(entry.duration_s or 0.0),
            Order.PEOPLE: -(entry.people or 0),
            Order.LARGEST: -entry.size_bytes,
        }[self._order]
        return not entry.is_recording, first, newest, entry.name


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key by which 'take 2' comes before 'take 10'."""
    parts = re.split(r"([0-9]{1,18})", name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (2, 0, part) for part in parts if part]
