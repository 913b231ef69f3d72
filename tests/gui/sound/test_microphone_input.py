from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PyQt5 import sip

from realtime_fer.core.errors import SourceError
from realtime_fer.core.sound import SoundBlock
from realtime_fer.gui.sound.microphone_input import FLOOR_DB, MicrophoneInput, decibels, microphone_title


class FakeMicrophone:
    def __init__(self, name: str, fault: str = "") -> None:
        self.name, self._fault = name, fault
        self.closed = threading.Event()
        self.hear: Callable[[SoundBlock], None] | None = None

    def open(self, on_block: Callable[[SoundBlock], None]) -> None:
        if self._fault:
            raise SourceError(self._fault)
        self.hear = on_block
        on_block(SoundBlock(np.full(480, 0.1, np.float32), 0.0, 48_000))

    def close(self) -> None:
        self.closed.set()


class FakeDevices:
    def __init__(self, *names: str, fault: str = "") -> None:
        self.names, self.fault = list(names), fault
        self.made: list[FakeMicrophone] = []

    def microphones(self) -> list[str]:
        if self.fault:
            raise SourceError(self.fault)
        return self.names

    def microphone(self, name: str) -> FakeMicrophone:
        made = FakeMicrophone(name, "" if name in self.names else "The microphone “Gone” is not connected.")
        self.made.append(made)
        return made


def shown(qtbot: Any, devices: FakeDevices, level: Callable[[], float | None] = lambda: None) -> MicrophoneInput:
    made = MicrophoneInput(devices, level)
    qtbot.addWidget(made)
    made.show()
    return made


def titles(made: MicrophoneInput) -> list[str]:
    return [made.box.itemText(row) for row in range(made.box.count())]


def choose(made: MicrophoneInput, name: str) -> None:
    made.box.set_key(name)
    made.box.chosen.emit(name)


def test_microphones_are_offered_by_name_and_the_chosen_one_is_heard(qtbot: Any) -> None:
    devices = FakeDevices("default", "USB Microphone", "A microphone with quite a long name on it")
    made = shown(qtbot, devices)
    qtbot.waitUntil(lambda: made.box.count() == 4)
    assert titles(made) == ["None", "System default", "USB Microphone", "A microphone with quite a long na…"]
    assert made.key == "", "none at first"
    assert not devices.made, "nothing is listened to before a person chooses"
    with qtbot.waitSignal(made.changed) as told:
        choose(made, "USB Microphone")
    assert told.args == ["USB Microphone"]
    qtbot.waitUntil(lambda: made.meter.value() == -20)
    choose(made, "default")
    qtbot.waitUntil(lambda: len(devices.made) == 2)
    assert devices.made[0].closed.wait(10)
    thread = made.test
    made.hide()
    assert devices.made[1].closed.wait(10), "a closed dialog listens to nothing"
    assert made.meter.value() == FLOOR_DB
    assert not thread.running


def test_one_that_is_unplugged_stays_chosen_and_says_so(qtbot: Any) -> None:
    made = MicrophoneInput(FakeDevices("default"))
    qtbot.addWidget(made)
    made.set_key("Gone")
    made.show()
    qtbot.waitUntil(lambda: made.notice.text() == "The microphone “Gone” is not connected.")
    assert titles(made) == ["None", "System default", "Gone"]
    assert made.key == "Gone"
    made.hide()


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        (FakeDevices(fault="The sound library is missing."), "The sound library is missing."),
        (FakeDevices(), "No microphone is connected."),
    ],
)
def test_what_is_missing_is_one_sentence(qtbot: Any, devices: FakeDevices, sentence: str) -> None:
    made = shown(qtbot, devices)
    qtbot.waitUntil(lambda: made.notice.text() == sentence)
    assert made.notice.isVisible()
    assert titles(made) == ["None"]
    made.hide()


def test_while_a_recording_listens_its_level_is_shown_and_the_device_is_left_alone(qtbot: Any) -> None:
    devices = FakeDevices("default")
    made = MicrophoneInput(devices, lambda: 0.5)
    qtbot.addWidget(made)
    made.set_key("default")
    made.show()
    qtbot.waitUntil(lambda: made.meter.value() == -6)
    assert not devices.made
    assert made.meter.property("loud") is False
    made.hide()


def test_a_recording_that_begins_finds_the_microphone_free(qtbot: Any) -> None:
    devices, level = FakeDevices("default"), list[float | None]([None])
    made = shown(qtbot, devices, lambda: level[0])
    qtbot.waitUntil(lambda: made.box.count() == 2)
    choose(made, "default")
    qtbot.waitUntil(lambda: len(devices.made) == 1)
    made.leave()
    assert devices.made[0].closed.is_set()
    level[0] = 0.5
    qtbot.waitUntil(lambda: made.meter.value() == -6)
    assert len(devices.made) == 1
    level[0] = None
    qtbot.waitUntil(lambda: len(devices.made) == 2)
    made.hide()
    assert devices.made[1].closed.wait(10)


@pytest.mark.parametrize(("level", "value"), [(0.0, FLOOR_DB), (0.0001, FLOOR_DB), (0.1, -20), (1.0, 0), (2.0, 0)])
def test_decibels(level: float, value: int) -> None:
    assert decibels(level) == value


def test_titles() -> None:
    assert [microphone_title(name) for name in ("", "default", "USB")] == ["None", "System default", "USB"]


class SlowDevices(FakeDevices):
    """Lists its microphones once it is let."""

    def __init__(self) -> None:
        super().__init__("USB Microphone")
        self.asked, self.let = threading.Event(), threading.Event()

    def microphones(self) -> list[str]:
        self.asked.set()
        assert self.let.wait(10)
        return self.names


@pytest.mark.parametrize("hidden", [True, False])
def test_nothing_is_told_to_a_page_that_qt_has_deleted(
    qtbot: Any, caplog: pytest.LogCaptureFixture, hidden: bool
) -> None:
    devices = SlowDevices()
    made = MicrophoneInput(devices)
    made.show()
    assert devices.asked.wait(10)
    thread = next(thread for thread in threading.enumerate() if thread.name == "microphone-test")
    told = []
    made.test.listed.connect(told.append)
    if hidden:
        made.hide()
    sip.delete(made)
    devices.let.set()
    thread.join(10)
    assert not thread.is_alive()
    assert told == []
    assert not caplog.records, "neither is it tried"
