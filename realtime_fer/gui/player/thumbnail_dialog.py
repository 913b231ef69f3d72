"""All pictures of a folder, small, to choose one. They are read as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QColor, QImage, QPainter, QPen, QPixmap
from PyQt5.QtWidgets import QAbstractItemView, QDialog, QLabel, QListView, QVBoxLayout, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.player.position import picture_words
from realtime_fer.gui.player.thumbnail_loader import ReadThumbnail, ThumbnailLoader
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

#: The longer side of a thumbnail, in pixels of the interface at its usual font.
_SIDE_PX = 128

#: Kept in memory, 64 KB each at usual size; others are read again when they come back into view.
_MOST_KEPT = 600


class ThumbnailModel(QAbstractListModel):
    """The pictures by their numbers. Called only from the GUI thread."""

    def __init__(self, names: tuple[str, ...], side: QSize, loader: ThumbnailLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._names, self._side, self._loader = names, side, loader
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._unreadable: set[int] = set()
        self._coming, self._broken = _placeholder(side, crossed=False), _placeholder(side, crossed=True)
        loader.loaded.connect(self._take)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not 0 <= row < len(self._names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(Path(self._names[row]).name)
        if role == Qt.ItemDataRole.ToolTipRole:
            said = plain_tip(self._names[row])
            if row in self._unreadable:
                said += "\n" + translate("ThumbnailDialog", "This picture cannot be read.")
            return said
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{picture_words(row, len(self._names))}: {plain(self._names[row])}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(row)
        return None

    def _picture(self, row: int) -> QPixmap:
        """Asked for each picture in view when it is painted."""
        picture = self._kept.get(row)
        if picture is not None:
            self._kept.move_to_end(row)
            return picture
        if row in self._unreadable:
            return self._broken
        self._loader.ask(row)
        return self._coming

    def _take(self, row: int, image: QImage) -> None:
        if image.isNull():
            self._unreadable.add(row)
        else:
            self._kept[row] = _in_square(image, self._side)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        place = self.index(row)
        self.dataChanged.emit(place, place, [Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole])


def _in_square(image: QImage, side: QSize) -> QPixmap:
    """``image`` as large as fits, in the middle: names stand in one line, and a folder of small crops is seen too."""
    square = QPixmap(side)
    square.fill(Qt.GlobalColor.transparent)
    fitted = image.scaled(side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(square)
    painter.drawImage((side.width() - fitted.width()) // 2, (side.height() - fitted.height()) // 2, fitted)
    painter.end()
    return square


def _placeholder(side: QSize, crossed: bool) -> QPixmap:
    """An empty frame for a picture that is still to be read; ``crossed``, for one that cannot be."""
    picture = QPixmap(side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(QColor(128, 128, 128, 130), 1.5, Qt.PenStyle.DashLine if not crossed else Qt.PenStyle.SolidLine)
    )
    frame = QRectF(picture.rect()).adjusted(8, 8, -8, -8)
    painter.drawRoundedRect(frame, 6, 6)
    if crossed:
        middle = QRectF(0, 0, side.width() / 4, side.width() / 4)
        middle.moveCenter(frame.center())
        painter.setPen(QPen(QColor(128, 128, 128, 200), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(middle.topLeft(), middle.bottomRight())
        painter.drawLine(middle.topRight(), middle.bottomLeft())
    painter.end()
    return picture


class ThumbnailDialog(QDialog):
    """Not modal: it stays open beside the picture. Called only from the GUI thread.

    Attributes:
        chosen: signal with the number of a picture, by click or Enter.
    """

    chosen = pyqtSignal(int)

    def __init__(self, parent: QWidget, folder: Path, names: tuple[str, ...], read: ReadThumbnail) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("ThumbnailDialog", "Pictures of the folder"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        line = self.fontMetrics().height()
        side = max(_SIDE_PX, round(line * 7.5))
        self._loader = ThumbnailLoader(folder, names, side, read, self)
        self.list = QListView()
        self.list.setAccessibleName(translate("ThumbnailDialog", "Pictures"))
        self.list.setModel(ThumbnailModel(names, QSize(side, side), self._loader, self.list))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(side, side))
        self.list.setGridSize(QSize(side + line, side + 2 * line))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.count = QLabel(translate("ThumbnailDialog", "{count} pictures").format(count=len(names)))
        self.count.setObjectName("quiet")
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addWidget(self.count)
        room = parent.size()
        # Beside the thumbnails: scroll bar, frame and margins.
        wanted = QSize(5 * (side + line) + 4 * line, 3 * (side + 2 * line) + 3 * line)
        self.resize(wanted.boundedTo(QSize(round(room.width() * 0.9), round(room.height() * 0.9))))

    def show_current(self, row: int) -> None:
        """Marks the picture that is on screen."""
        model = self.list.model()
        if model is None or self.list.currentIndex().row() == row:
            return
        place = model.index(row, 0)
        self.list.setCurrentIndex(place)
        self.list.scrollTo(place)

    def _choose(self, place: QModelIndex) -> None:
        self.chosen.emit(place.row())

    def done(self, result: int) -> None:
        self._loader.stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        self._loader.stop()
        super().closeEvent(event)
