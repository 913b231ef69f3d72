"""The row under the video: what is drawn over it, what the colours mean, and where it is."""

from __future__ import annotations

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QAction, QActionGroup, QCheckBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.review.film_view import Drawn
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import KeyedChoice
from realtime_fer.gui.widgets.legend import LegendLine
from realtime_fer.gui.widgets.plain_text import plain


class SwitchesRow(QWidget):
    """Called only from the GUI thread. What has no room is left to the menus.

    Attributes:
        place: the text on the right.
        menu: what is drawn over the video, as a menu.
    """

    changed = pyqtSignal()

    def __init__(self, drawn: Drawn, is_drawn: bool, second_model: str, theme: Theme) -> None:
        super().__init__()
        self.choice = KeyedChoice(self.tr("Over the video"), drawn_titles(is_drawn), "")
        self.choice.set_key(drawn.value)
        self.choice.setMinimumContentsLength(14)
        self.choice.setSizeAdjustPolicy(KeyedChoice.SizeAdjustPolicy.AdjustToContents)
        self.choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.cover = QCheckBox(self.tr("Cover faces"))
        self.second = QCheckBox(self.tr("Second model"))
        self.second.setChecked(bool(second_model))
        self.second.setToolTip(plain(second_model))
        self._has_second = bool(second_model)
        self.place = QLabel()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(14)
        for widget in (self.choice, self.cover, self.second):
            row.addWidget(widget)
        row.addWidget(LegendLine(theme), 1)
        row.addWidget(self.place)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.chosen.connect(lambda _key: self.changed.emit())
        self.menu = self._menu_of_choice(drawn_titles(is_drawn))
        self.cover.toggled.connect(lambda _on: self.changed.emit())
        self.second.toggled.connect(lambda _on: self.changed.emit())

    def _menu_of_choice(self, titles: dict[str, str]) -> QMenu:
        """The same choice for the menus."""
        menu, group = QMenu(self.tr("&Over the video"), self), QActionGroup(self)
        for key, title in titles.items():
            action = QAction(title, group)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: self.choose(key))
            menu.addAction(action)
            menu.aboutToShow.connect(lambda key=key, action=action: action.setChecked(key == self.choice.key))
        return menu

    def choose(self, key: str) -> None:
        """``key``: of a ``Drawn``."""
        self.choice.set_key(key)
        self.changed.emit()

    @property
    def drawn(self) -> Drawn:
        return Drawn(self.choice.key)

    def adopt(self, cover: QAction, second: QAction) -> None:
        """The same switches in the menus."""
        second.setEnabled(self._has_second)
        for box, action in ((self.cover, cover), (self.second, second)):
            action.setChecked(box.isChecked())
            box.toggled.connect(action.setChecked)
            action.toggled.connect(box.setChecked)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def set_place(self, words: str) -> None:
        self.place.setText(words)
        self._fold()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        free = self.width() - 16 - self.choice.sizeHint().width() - self.place.sizeHint().width() - 2 * 14
        for box, wanted in ((self.cover, True), (self.second, self._has_second)):
            free -= box.sizeHint().width() + 14 if wanted else 0
            box.setVisible(wanted and free >= 0)


def drawn_titles(is_drawn: bool) -> dict[str, str]:
    """What can be drawn over the video. One that has boxes already gets none by default."""
    titles = {
        Drawn.BARS.value: translate("Review", "Boxes, labels and bars"),
        Drawn.LABEL.value: translate("Review", "Boxes and labels"),
        Drawn.BOX.value: translate("Review", "Boxes"),
        Drawn.NAMES.value: translate("Review", "Only corrections"),
        Drawn.NOTHING.value: translate("Review", "Nothing"),
    }
    return dict(sorted(titles.items(), key=lambda entry: entry[0] != Drawn.NAMES.value)) if is_drawn else titles
