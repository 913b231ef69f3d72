"""The choice of the rows that a timeline shows below each person's expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PyQt5.QtCore import QPoint, QSize, Qt
from PyQt5.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PyQt5.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.measures import GAZE_MEASURES, MEASURE_KEYS, measure_title
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.plain_text import plain

#: As one text in the settings.
_BETWEEN = " "


def rows_of(text: str) -> tuple[str, ...]:
    """The known ones of a setting's text, in the order of ``MEASURE_KEYS``, and those of own expressions."""
    wanted = dict.fromkeys(text.split(_BETWEEN))
    own = (key for key in wanted if key.startswith(OWN_PREFIX))
    return (*(key for key in MEASURE_KEYS if key in wanted), *own)


def text_of(keys: Sequence[str]) -> str:
    return _BETWEEN.join(keys)


def rows_tip() -> str:
    """What the rows are, in a sentence."""
    return translate(
        "Timeline",
        "Rows below each person’s expressions: what eyes, brows, nose and mouth do, and where the head is turned. "
        "Up to four faces that are followed by their points have them; a row is empty where nothing is known.",
    )


def gaze_tip() -> str:
    """What it takes to have rows of the gaze, in a sentence."""
    return translate("Timeline", "Coarse, and only if “Estimate gaze direction” is on in the settings.")


class RowsButton(QToolButton):
    """Says what it opens, or where the dock is narrow only that it opens something."""

    def __init__(self) -> None:
        super().__init__()
        self._words = translate("Timeline", "Rows…")
        self.setText(self._words)
        self.setAccessibleName(self._words)
        self.setToolTip(rows_tip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _width(self, words: str) -> int:
        metrics, hint = self.fontMetrics(), super().sizeHint()
        return hint.width() - metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(words)

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._words), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width("…"), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.setText(self._words if self.width() >= self._width(self._words) else "…")


class RowsMenu(QMenu):
    """Stays open while rows are switched, by mouse or with Space. Called only from the GUI thread.

    Args:
        chosen: the rows shown now.
        choose: called with the rows after each change.
        own: names of the own expressions that rows can be of, by their columns' names.
    """

    def __init__(
        self,
        chosen: Sequence[str],
        choose: Callable[[tuple[str, ...]], None],
        parent: QWidget,
        own: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        # Own expressions that are not taught now stay chosen.
        self._chosen, self._choose, self._own = dict.fromkeys(chosen), choose, own or {}
        self.setToolTipsVisible(True)
        for keys in (MOVEMENT_COLUMNS, POSE_KEYS, GAZE_MEASURES, tuple(self._own)):
            for key in keys:
                title = plain(self._own[key]).replace("&", "&&") if key in self._own else measure_title(key)
                action = self.addAction(title)
                if action is not None:
                    action.setCheckable(True)
                    action.setChecked(key in self._chosen)
                    action.setData(key)
                    if key in GAZE_MEASURES:
                        action.setToolTip(gaze_tip())
                    action.toggled.connect(lambda on, key=key: self._switch(key, on))
            self.addSeparator()
        none = self.addAction(translate("Timeline", "&None"))
        if none is not None:
            none.triggered.connect(lambda _checked=False: self._choose_none())

    def open_at(self, place: QPoint) -> None:
        """``place``: of the screen."""
        self.popup(place)
        self.setActiveAction(self.actions()[0])

    def _switch(self, key: str, on: bool) -> None:
        if on:
            self._chosen[key] = None
        else:
            self._chosen.pop(key, None)
        self._choose(rows_of(text_of(tuple(self._chosen))))

    def _choose_none(self) -> None:
        self._chosen.clear()
        self._choose(())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        action = self.activeAction()
        if event is not None and action is not None and action.isCheckable():
            action.trigger()
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        action = self.activeAction()
        if event is not None and event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
            event.accept()
        else:
            super().keyPressEvent(event)
