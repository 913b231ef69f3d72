"""The list of people under review: names to edit in place, and a check for who is left in."""

from __future__ import annotations

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.review.lists.times import EDIT_TRIGGERS
from realtime_fer.gui.review.review_document import ReviewDocument, Track
from realtime_fer.gui.review.row_words import label_title
from realtime_fer.gui.review.timeline.label_columns import LabelColumns
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.check_marks import CheckMarkDelegate
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

NAME, IN_VIEW, MOSTLY = range(3)
_PERSON = int(Qt.ItemDataRole.UserRole)


class PeopleList(QTreeWidget):
    """Called only from the GUI thread. ``show_people`` after each change."""

    person_chosen = pyqtSignal(int)
    renamed = pyqtSignal(int, str)
    #: The person, and whether to hide them.
    hidden = pyqtSignal(int, bool)

    def __init__(self, document: ReviewDocument, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._filling = False
        self.setHeaderLabels([self.tr("Person"), self.tr("In view"), self.tr("Mostly")])
        self.setRootIsDecorated(False)
        self.setItemDelegate(CheckMarkDelegate(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(EDIT_TRIGGERS)
        self.setAccessibleName(self.tr("People in the recording"))
        self.setToolTip(
            self.tr("Double-click a name to change it. People who are not ticked are left out of report and exports.")
        )
        header = self.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
            for column in (IN_VIEW, MOSTLY):
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._choose)
        self.itemChanged.connect(self._edited)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setIconSize(QSize(theme.px(12), theme.px(12)))

    def show_people(self, columns: dict[int, LabelColumns], chosen: int | None) -> None:
        """``columns``: of each person."""
        if self.state() == QAbstractItemView.State.EditingState:
            return
        self._filling = True
        tracks = self._document.tracks
        if [self._person(at) for at in range(self.topLevelItemCount())] != [track.person for track in tracks]:
            self.clear()
            self.addTopLevelItems([QTreeWidgetItem() for _ in tracks])
        for at, track in enumerate(tracks):
            item = self.topLevelItem(at)
            if item is not None:
                self._fill(item, track, columns[track.person])
                if track.person == chosen and item is not self.currentItem():
                    self.setCurrentItem(item)
        self._filling = False

    def edit_name(self) -> None:
        item = self.currentItem()
        if item is not None and self._document.is_writable:
            self.editItem(item, NAME)

    def choose_next(self, step: int) -> None:
        """The next person of the list, or the one before."""
        count = self.topLevelItemCount()
        if count:
            current = self.currentItem()
            at = self.indexOfTopLevelItem(current) if current is not None else 0
            self.setCurrentItem(self.topLevelItem((at + step) % count))

    def _fill(self, item: QTreeWidgetItem, track: Track, columns: LabelColumns) -> None:
        document, person = self._document, track.person
        item.setData(NAME, _PERSON, person)
        item.setText(NAME, plain(document.name_of(person)))
        item.setText(IN_VIEW, time_words(columns.in_view_s, tenths=False))
        item.setTextAlignment(IN_VIEW, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        item.setText(MOSTLY, label_title(columns.longest))
        item.setIcon(NAME, _dot(track.colour_rgb, self._theme))
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if document.is_writable:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags)  # type: ignore[arg-type]
        is_hidden = person in document.now.hidden
        item.setCheckState(NAME, Qt.CheckState.Unchecked if is_hidden else Qt.CheckState.Checked)
        quiet = QColor(self._theme.quiet if is_hidden else self._theme.text)
        for column in (NAME, IN_VIEW, MOSTLY):
            item.setForeground(column, quiet)
        tip = translate("Review", "Number {number}").format(number=person)
        if len(track.numbers) > 1:
            others = ", ".join(str(number) for number in track.numbers[1:])
            tip += " · " + translate("Review", "merged with {numbers}").format(numbers=others)
        item.setToolTip(NAME, plain_tip(tip))

    def _person(self, at: int) -> int | None:
        item = self.topLevelItem(at)
        return None if item is None else item.data(NAME, _PERSON)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.person_chosen.emit(int(item.data(NAME, _PERSON)))

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != NAME:
            return
        person = int(item.data(NAME, _PERSON))
        is_hidden = item.checkState(NAME) == Qt.CheckState.Unchecked
        if is_hidden != (person in self._document.now.hidden):
            self.hidden.emit(person, is_hidden)
        name = " ".join(item.text(NAME).split())
        if name != plain(self._document.name_of(person)):
            self.renamed.emit(person, name)


def _dot(colour_rgb: tuple[int, int, int], theme: Theme) -> QIcon:
    """In the chosen row it has a ring: a person's blue is much like that of the row."""
    icon = QIcon()
    for mode, ring in ((QIcon.Mode.Normal, None), (QIcon.Mode.Selected, theme.on_accent)):
        picture = QPixmap(32, 32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ring), 4) if ring else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*colour_rgb))
        painter.drawEllipse(3, 3, 26, 26)
        painter.end()
        icon.addPixmap(picture, mode)
    return icon
