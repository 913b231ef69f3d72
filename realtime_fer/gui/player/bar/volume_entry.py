"""The volume as an entry of a menu, for a bar that has no room for its slider."""

from __future__ import annotations

from PyQt5.QtCore import QObject, Qt
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget, QWidgetAction

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme


class _MenuSlider(QSlider):
    """Leaves Up and Down to the menu, which they go through."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class VolumeEntry(QWidgetAction):
    """Shows the value of another slider and changes it. Left and Right do so too while the menu stands on it."""

    def __init__(self, slider: QSlider, parent: QObject) -> None:
        super().__init__(parent)
        self._of = slider
        self.slider = _MenuSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(slider.minimum(), slider.maximum())
        self.slider.setSingleStep(slider.singleStep())
        self.slider.setPageStep(slider.pageStep())
        self.slider.setAccessibleName(slider.accessibleName())
        self._number = QLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        shown = QWidget()
        shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shown.setFocusProxy(self.slider)
        self._row = QHBoxLayout(shown)
        self._row.addWidget(QLabel(translate("VolumeWidget", "Volume")))
        self._row.addWidget(self.slider, 1)
        self._row.addWidget(self._number)
        self.setDefaultWidget(shown)
        self._show(slider.value())
        slider.valueChanged.connect(self._show)
        self.slider.valueChanged.connect(slider.setValue)

    def set_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(22), theme.px(4), theme.px(12), theme.px(4))
        self._row.setSpacing(theme.px(8))
        self.slider.setMinimumWidth(theme.px(110))
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("100 %"))

    def _show(self, value: int) -> None:
        self.slider.setValue(value)
        self._number.setText(translate("VolumeWidget", "{percent} %").format(percent=value))
