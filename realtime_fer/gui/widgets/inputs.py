"""Inputs of panel and dialogs, usable by keyboard beside single-letter shortcuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QWheelEvent
from PyQt5.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QSizePolicy, QSlider, QWidget

from realtime_fer.core.text.numbers import decimal, percent
from realtime_fer.core.text.translation import translate


class ChoiceBox(QComboBox):
    """A dropdown that does not change by accident.

    Up, Down, Home and End open the list instead of switching the camera or model at every step; the wheel scrolls the
    panel; a click does not take the focus, so that Space still pauses.
    """

    #: The list is about to be shown.
    opening = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(30)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp)
        if event.key() in (*keys, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()


class KeyedChoice(ChoiceBox):
    """A dropdown of titles, each with a key; only the person's choice emits ``chosen``."""

    chosen = pyqtSignal(str)

    def __init__(self, name: str, titles: Mapping[str, str], tip: str) -> None:
        super().__init__()
        self.setMinimumContentsLength(8)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self.set_titles(titles)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def set_titles(self, titles: Mapping[str, str]) -> None:
        """Replaces the entries; keeps the choice where it is still offered, else takes the first."""
        key = self.currentData()
        self.clear()
        for entry, title in titles.items():
            self.addItem(title, str(entry))
        self.setCurrentIndex(max(0, self.findData(key)))

    @property
    def key(self) -> str:
        return str(self.currentData())

    def set_key(self, key: str) -> None:
        self.setCurrentIndex(self.findData(str(key)))

    def choose_next(self) -> None:
        """Chooses the next entry, after the last the first, as if the person had chosen it."""
        self.setCurrentIndex((self.currentIndex() + 1) % self.count())
        self.chosen.emit(self.key)


class ScaleChoice(KeyedChoice):
    """A size of the interface in percent: the usual ones, and another that a key or the settings' file chose."""

    def __init__(self, name: str, usual: Sequence[int]) -> None:
        super().__init__(name, {str(percent): f"{percent} %" for percent in usual}, "")

    @property
    def percent(self) -> int:
        return int(self.key)

    def set_percent(self, percent: int) -> None:
        if self.findData(str(percent)) < 0:
            smaller = sum(int(self.itemData(row)) < percent for row in range(self.count()))
            self.insertItem(smaller, f"{percent} %", str(percent))
        self.set_key(str(percent))


class PanelButton(QPushButton):
    """A button that Enter presses as well as Space, and that does not take the focus when clicked."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class _QuietSlider(QSlider):
    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()


class NumberSlider(QWidget):
    """A titled slider with its number beside the title; 0 reads "off".

    Args:
        step: what one step of the slider is worth.
        highest: in the number's unit; the lowest is 0.
        unit: '%' shows hundredths as percent, 's' shows seconds.
    """

    value_changed = pyqtSignal(float)

    def __init__(self, title: str, *, step: float, highest: float, unit: str, tip: str) -> None:
        super().__init__()
        self._step, self._unit = step, unit
        self.slider = _QuietSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round(highest / step))
        self.slider.setPageStep(max(1, round(highest / step / 10)))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setMinimumHeight(22)
        name = QLabel(title)
        name.setBuddy(self.slider)
        self.number = QLabel()
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider.setAccessibleName(title.replace("&", ""))
        self.slider.setAccessibleDescription(tip)
        for widget in (self, name, self.slider):
            widget.setToolTip(tip)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.addWidget(name, 0, 0)
        layout.addWidget(self.number, 0, 1)
        layout.addWidget(self.slider, 1, 0, 1, 2)
        self.slider.valueChanged.connect(self._changed)
        self._show_number()

    @property
    def value(self) -> float:
        return round(self.slider.value() * self._step, 4)

    def set_value(self, value: float) -> None:
        self.slider.setValue(round(value / self._step))

    def _changed(self) -> None:
        self._show_number()
        self.value_changed.emit(self.value)

    def _show_number(self) -> None:
        if self.slider.value() == 0:
            self.number.setText(translate("NumberSlider", "off"))
        elif self._unit == "%":
            self.number.setText(percent(self.value))
        else:
            self.number.setText(f"{decimal(self.value)} {self._unit}")
