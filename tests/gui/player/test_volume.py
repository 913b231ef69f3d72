from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QObject, Qt
from PyQt5.QtWidgets import QAction

from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.gui.player.transport_bar import TransportBar
from realtime_fer.gui.player.volume import VolumeControl
from realtime_fer.gui.style.theme import DARK


class FakePlayed:
    def __init__(self, path: Path, on_ready: Callable[[str | None], None], volume: float) -> None:
        self.path, self.on_ready, self.volume = path, on_ready, volume
        self.closed = self.joined = False

    def close(self) -> None:
        self.closed = True

    def join(self, timeout_s: float) -> None:
        self.joined = True


class FakeLoudspeaker:
    def __init__(self) -> None:
        self.played: list[FakePlayed] = []

    def play_file(
        self, path: Path, position: Callable[[], float | None], on_ready: Callable[[str | None], None], volume: float
    ) -> FakePlayed:
        self.played.append(FakePlayed(path, on_ready, volume))
        return self.played[-1]


class Stage:
    def __init__(self, qtbot: Any) -> None:
        self.loudspeaker, self.parent = FakeLoudspeaker(), QObject()
        self.bar, self.mute = TransportBar(DARK), QAction("Mute")
        self.mute.setCheckable(True)
        self.control = VolumeControl(
            self.bar,
            lambda: None,
            self.loudspeaker,  # type: ignore[arg-type]
            80,
            False,
            DARK,
            self.parent,
        )
        self.mute.triggered.connect(lambda _checked: self.control.toggle_mute())
        self.control.adopt(self.mute)
        qtbot.addWidget(self.bar)
        qtbot.addWidget(self.control.widget)

    def open(self, tmp_path: Path, why: str | None = "") -> FakePlayed:
        clip = tmp_path / "clip.mp4"
        clip.touch()
        self.control.source_opened(request_of(str(clip)))
        made = self.loudspeaker.played[-1]
        made.on_ready(why)
        return made

    @property
    def is_offered(self) -> bool:
        return self.bar.sound_row.count() == 1 and self.mute.isEnabled()


@pytest.fixture
def stage(qtbot: Any) -> Stage:
    return Stage(qtbot)


def test_a_file_with_sound_is_heard_and_has_a_control(stage: Stage, tmp_path: Path) -> None:
    assert not stage.is_offered
    played = stage.open(tmp_path)
    assert stage.is_offered
    assert played.volume == 0.8
    stage.control.source_opening(request_of("demo"))
    assert played.closed
    assert not stage.is_offered
    played.on_ready("")
    assert not stage.is_offered, "what an earlier file tells too late is not heeded"


@pytest.mark.parametrize("why", [None, "No loudspeaker can be opened (no device)."])
def test_without_sound_or_loudspeaker_there_is_no_control(stage: Stage, tmp_path: Path, why: str | None) -> None:
    stage.open(tmp_path, why)
    assert not stage.is_offered


@pytest.mark.parametrize("source", ["demo", "0", "rtsp://host/stream"])
def test_only_files_are_heard(stage: Stage, source: str) -> None:
    request: SourceRequest = request_of(source)
    stage.control.source_opened(request)
    assert not stage.loudspeaker.played


def test_mute_and_volume_are_told_and_the_slider_ends_a_mute(stage: Stage, tmp_path: Path, qtbot: Any) -> None:
    played = stage.open(tmp_path)
    with qtbot.waitSignal(stage.control.changed) as told:
        stage.control.widget.button.click()
    assert told.args == [80, True]
    assert stage.mute.isChecked()
    assert played.volume == 0.0
    assert stage.control.widget.button.accessibleName() == "Unmute"
    with qtbot.waitSignal(stage.control.changed) as told:
        stage.control.widget.slider.setValue(40)
    assert told.args == [40, False]
    assert not stage.mute.isChecked()
    assert played.volume == 0.4


def test_a_bar_without_room_has_mute_and_volume_in_its_menu(stage: Stage, tmp_path: Path, qtbot: Any) -> None:
    played = stage.open(tmp_path)
    stage.bar.adopt(
        {name: QAction(name, stage.bar) for name in ("pause", "previous_frame", "next_frame", "loop", "pictures")}
        | {name: QAction(name, stage.bar) for name in ("slower", "faster")}
    )
    stage.bar.show()
    stage.bar.resize(1200, stage.bar.sizeHint().height())
    stage.bar.more_menu.aboutToShow.emit()
    entry = stage.control.widget.entry
    assert entry not in stage.bar.more_menu.actions()
    stage.bar.resize(190, stage.bar.sizeHint().height())
    stage.bar.more_menu.aboutToShow.emit()
    assert not stage.control.widget.isVisible()
    assert [action for action in stage.bar.more_menu.actions() if action in (stage.mute, entry)] == [stage.mute, entry]
    entry.slider.setFocus()
    qtbot.keyClick(entry.slider, Qt.Key_Left)
    assert played.volume == pytest.approx(0.75)
    assert stage.control.widget.slider.value() == 75


def test_at_another_speed_it_is_said_that_nothing_is_heard(stage: Stage, tmp_path: Path) -> None:
    stage.open(tmp_path)
    stage.control.set_speed(2.0)
    assert not stage.control.widget.isEnabled()
    assert stage.control.widget.button.toolTip() == "Sound plays at normal speed only"
    stage.control.set_speed(1.0)
    assert stage.control.widget.isEnabled()


def test_the_end_waits_for_the_thread(stage: Stage, tmp_path: Path) -> None:
    played = stage.open(tmp_path)
    stage.control.stop()
    assert played.closed
    assert played.joined
