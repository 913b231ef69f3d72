"""The control of the setting "Microphone": the list, the level of the one that is chosen, and what is the matter."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QHideEvent, QShowEvent
from PyQt5.QtWidgets import QComboBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from realtime_fer.core.sound import SYSTEM_MICROPHONE, SoundDevices
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.sound.microphone_test import MicrophoneTest
from realtime_fer.gui.widgets.inputs import KeyedChoice
from realtime_fer.gui.widgets.titles import setting_help, setting_label

#: The meter's lowest level, in decibels below full scale: a quiet room.
FLOOR_DB = -60

#: A longer name would make the dialog wider than a small screen.
MOST_LETTERS = 34

_TICK_MS = 50

#: How long a recording may wait until the microphone is free.
_LEAVE_S = 0.5


def microphone_title(name: str) -> str:
    """For people; '' is none."""
    if not name:
        return translate("Sound", "None")
    if name == SYSTEM_MICROPHONE:
        return translate("Sound", "System default")
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


def decibels(level: float) -> int:
    """A sample's amount, 0 to 1 -> ``FLOOR_DB`` to 0."""
    return max(FLOOR_DB, min(0, round(20 * math.log10(level)))) if level > 0 else FLOOR_DB


class LevelMeter(QProgressBar):
    """How loud a microphone is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("level")
        self.setRange(FLOOR_DB, 0)
        self.setTextVisible(False)
        self.setAccessibleName(translate("Sound", "Microphone level"))
        self.show_level(0.0)

    def show_level(self, level: float) -> None:
        """``level``: the loudest sample, 0 to 1."""
        value = decibels(level)
        is_loud = value > -3
        if value != self.value():
            self.setValue(value)
        if self.property("loud") != is_loud:
            self.setProperty("loud", is_loud)
            style = self.style()
            if style is not None:
                style.unpolish(self)
                style.polish(self)


class MicrophoneInput(QWidget):
    """Listens while it is visible.

    Args:
        recorded_level: how loud the running recording's microphone is, 0 to 1; None where none is recorded. Meanwhile
            the recording's microphone is left alone.
    """

    changed = pyqtSignal(str)

    def __init__(self, devices: SoundDevices, recorded_level: Callable[[], float | None] = lambda: None) -> None:
        super().__init__()
        self._recorded_level = recorded_level
        self._names: list[str] = []
        self._heard = ""
        title = setting_label("microphone").replace("&", "")
        self.box = KeyedChoice(title, {"": microphone_title("")}, setting_help("microphone"))
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.chosen.connect(self._choose)
        self.meter = LevelMeter()
        self.notice = QLabel()
        self.notice.setObjectName("quiet")
        self.notice.setWordWrap(True)
        self.notice.hide()
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.box, self.meter, self.notice):
            column.addWidget(part)
        self.test = MicrophoneTest(devices, self)
        self.test.listed.connect(self._list)
        self.test.told.connect(self._tell)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def key(self) -> str:
        """The name of the one that is chosen; '' is none."""
        return self.box.key

    def set_key(self, name: str) -> None:
        self._show(self._names, name)

    def _list(self, names: Sequence[str]) -> None:
        self._names = list(names)
        self._show(self._names, self.box.key)
        if not names:
            self._tell(translate("Sound", "No microphone is connected."))

    def _show(self, names: Sequence[str], chosen: str) -> None:
        titles = {name: microphone_title(name) for name in ("", *names)}
        if chosen not in titles:
            # One that is unplugged stays chosen.
            titles[chosen] = microphone_title(chosen)
        self.box.set_titles(titles)
        self.box.set_key(chosen)

    def _choose(self, name: str) -> None:
        self.changed.emit(name)

    def _tell(self, sentence: str) -> None:
        self.notice.setText(said(sentence))
        self.notice.setVisible(bool(sentence))

    def _tick(self) -> None:
        recorded = self._recorded_level()
        wanted = self.box.key if recorded is None else ""
        if wanted != self._heard:
            self._heard = wanted
            if not wanted:
                self._tell("")
            self.test.listen_to(wanted)
        self.meter.setEnabled(bool(wanted) or recorded is not None)
        self.meter.show_level(self.test.level if recorded is None else recorded)

    def leave(self) -> None:
        """A recording is about to listen: some systems let only one program at a time do so."""
        if self.isVisible():
            self.test.join(_LEAVE_S)
            self._heard = ""
            self.test.start()

    def showEvent(self, event: QShowEvent | None) -> None:
        self._heard = ""
        self.test.start()
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent | None) -> None:
        self._timer.stop()
        self.test.stop()
        self.meter.show_level(0.0)
        super().hideEvent(event)
