"""A list with its buttons below. In a low window all but the first fold into a menu, so that rows stay in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QSize
from PyQt5.QtGui import QKeySequence, QResizeEvent
from PyQt5.QtWidgets import QAction, QGridLayout, QMenu, QSizePolicy, QTreeWidget, QVBoxLayout, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.inputs import PanelButton

#: So many rows of the list are worth more than the buttons beside the first one.
_ROWS_BEFORE_BUTTONS = 4
_LEAST_ROWS = 2
_SPACING_PX = 4


class ActionButton(PanelButton):
    """Does what an action of the menus does, in shorter words."""

    def __init__(self) -> None:
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def follow(self, action: QAction, short: str) -> None:
        """Takes the action; once."""
        whole = action.text().replace("&", "")
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(short)
        self.setToolTip(f"{whole} ({key})" if key else whole)
        self.setAccessibleName(whole)
        self.setEnabled(action.isEnabled())
        action.changed.connect(lambda: self.setEnabled(action.isEnabled()))
        self.clicked.connect(action.trigger)


class ListPage(QWidget):
    """Called only from the GUI thread. ``adopt`` once.

    Args:
        names: of the buttons' actions; the first is the one that is used most.

    Attributes:
        buttons: by the names of their actions.
        more: opens the menu of the folded buttons.
    """

    def __init__(self, shown: QTreeWidget, names: Sequence[str]) -> None:
        super().__init__()
        self._shown = shown
        self.buttons = {name: ActionButton() for name in names}
        self.more = ActionButton()
        self.more.setText(translate("Review", "More"))
        self.more.setAccessibleName(translate("Review", "More commands for this list"))
        self.more.setToolTip(self.more.accessibleName())
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _SPACING_PX)
        column.setSpacing(_SPACING_PX)
        column.addWidget(shown, 1)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(6, 0, 6, 0)
        self._grid.setSpacing(_SPACING_PX)
        column.addLayout(self._grid)
        for button in (*self.buttons.values(), self.more):
            # Also one that is folded away has its place in the window's tab order.
            button.setParent(self)
        self._is_folded: bool | None = None
        self._fold()

    @property
    def in_tab_order(self) -> tuple[QWidget, ...]:
        return (self._shown, *self.buttons.values(), self.more)

    def adopt(self, actions: Mapping[str, QAction], short_titles: Mapping[str, str]) -> None:
        for at, (name, button) in enumerate(self.buttons.items()):
            button.follow(actions[name], short_titles[name])
            if at:
                self.menu.addAction(actions[name])
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Of the folded page: an unfolded one would keep the window from becoming lower."""
        return QSize(super().minimumSizeHint().width(), self._list_px(_LEAST_ROWS) + self._rows_px(1))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fold()

    def _list_px(self, rows: int) -> int:
        header = self._shown.header()
        above = 0 if header is None else header.sizeHint().height()
        row = max(self._shown.sizeHintForRow(0), self._shown.fontMetrics().height() + 2)
        return above + rows * row + 2 * self._shown.frameWidth()

    def _rows_px(self, rows: int) -> int:
        """Of rows of buttons, with the space round them."""
        return rows * (self.more.sizeHint().height() + _SPACING_PX) + _SPACING_PX

    def _fold(self) -> None:
        rows = (len(self.buttons) + 1) // 2
        folds = rows > 1 and self.height() < self._list_px(_ROWS_BEFORE_BUTTONS) + self._rows_px(rows)
        if folds == self._is_folded:
            return
        self._is_folded = folds
        for at, button in enumerate(self.buttons.values()):
            self._grid.removeWidget(button)
            if not folds or not at:
                self._grid.addWidget(button, at // 2, at % 2)
            button.setVisible(not folds or not at)
        self._grid.removeWidget(self.more)
        if folds:
            self._grid.addWidget(self.more, 0, 1)
        self.more.setVisible(folds)


def short_titles() -> dict[str, str]:
    """Of the buttons."""
    return {
        "name": translate("Review", "Name…"),
        "merge": translate("Review", "Merge…"),
        "split": translate("Review", "Split here"),
        "hide": translate("Review", "Hide / show"),
        "separate": translate("Review", "Separate…"),
        "marker": translate("Review", "Add"),
        "note": translate("Review", "Edit note"),
        "move_marker": translate("Review", "Move here"),
        "delete_marker": translate("Review", "Delete"),
        "span_start": translate("Review", "Begins here"),
        "span_end": translate("Review", "Ends here"),
        "exclude": translate("Review", "Exclude"),
        "include": translate("Review", "Include"),
    }
