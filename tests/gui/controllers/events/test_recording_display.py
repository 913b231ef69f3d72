from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QFont, QFontMetrics

from realtime_fer.core.enums import Film, Privacy
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.gui.view.view_overlays import _broken, _wrapped
from realtime_fer.gui.widgets.titles import kept_words
from realtime_fer.runtime import events
from realtime_fer.runtime.rates import EngineStats

FOLDER = Path("/videos/2025-01-02_03-04-05")


@pytest.mark.parametrize(
    ("film", "privacy", "words"),
    [
        (Film.ANNOTATED, Privacy.OFF, "Annotated video, faces shown"),
        (Film.BOTH, Privacy.COVER, "Both videos, faces covered"),
        (Film.NONE, Privacy.OFF, "Table only, no video"),
    ],
)
def test_what_is_kept_is_said(film: Film, privacy: Privacy, words: str) -> None:
    assert kept_words(film, privacy) == words


def test_a_recording_is_said_in_the_title_and_in_the_picture_with_what_it_keeps(
    make_stage: Callable[..., Any], qtbot: Any
) -> None:
    stage = make_stage(Settings(model="a", film=Film.BOTH, privacy=Privacy.BLUR))
    stage.begin()
    window = stage.window
    stage.say(events.SourceOpened(request_of("demo"), "Demo", False))
    stage.engine.next_stats = EngineStats(recording_s=0.0)
    stage.say(events.RecordingStarted(FOLDER))
    assert window.windowTitle() == "● REC 00:00 – Demo – Realtime FER"
    stage.engine.next_stats = EngineStats(recording_s=61.0)
    qtbot.waitUntil(lambda: window.windowTitle() == "● REC 01:01 – Demo – Realtime FER")
    assert "Both videos, faces blurred" in window.view.accessibleDescription()
    stage.say(events.SourceOpened(request_of("0"), "Desk", True))
    assert window.windowTitle() == "● REC 01:01 – Desk – Realtime FER"
    stage.say(events.RecordingStopped(FOLDER, 61.0, 100, 0))
    assert window.windowTitle() == "Desk – Realtime FER"
    assert "Recording" not in window.view.accessibleDescription()


def test_what_a_video_shows_is_settled_while_it_is_made_and_hiding_faces_is_not(stage: Any) -> None:
    panel = stage.window.panel
    stage.engine.next_stats = EngineStats(recording_s=1.0)
    stage.say(events.RecordingStarted(FOLDER))
    assert not panel.film.isEnabled()
    stage.press(Qt.Key_B)
    assert panel.privacy.key == Privacy.BLUR
    stage.window.recording.show(1.0)
    assert "faces blurred" in stage.window.view.accessibleDescription()
    stage.say(events.RecordingStopped(FOLDER, 61.0, 100, 0))
    assert panel.film.isEnabled()


def test_the_choices_are_kept_for_the_next_run(stage: Any) -> None:
    panel = stage.window.panel
    panel.film.choose_next()
    for expected in (*list(Privacy)[1:], Privacy.OFF, Privacy.BLUR):
        stage.press(Qt.Key_B)
        assert panel.privacy.key == expected
    settings = stage.window.current_settings()
    assert (settings.film, settings.privacy) == (Film.CLEAN, Privacy.BLUR)


def test_on_a_narrow_picture_what_is_kept_takes_two_lines_and_loses_no_word(stage: Any) -> None:
    metrics = stage.window.fontMetrics()
    words = "Annotated video, faces shown"
    assert _wrapped(words, metrics, 4000) == [words]
    assert _wrapped(words, metrics, metrics.horizontalAdvance(words) - 1) == ["Annotated video", "faces shown"]
    assert _wrapped("", metrics, 100) == []


def test_while_no_picture_comes_the_time_goes_on_and_the_plate_says_so(stage: Any, qtbot: Any) -> None:
    window = stage.window
    stage.show(result_with_room())
    stage.say(events.RecordingStarted(FOLDER))
    stage.engine.next_stats = EngineStats(recording_s=61.0)
    qtbot.waitUntil(lambda: window.panel.record.text().endswith("01:01"))
    without = window.view.grab().toImage()
    stage.engine.next_stats = EngineStats(recording_s=61.0, gap_s=5.2)
    qtbot.waitUntil(lambda: window.view._gap == "No new frame for 00:05")
    assert window.view.grab().toImage() != without, "it is drawn"
    stage.engine.next_stats = EngineStats(recording_s=63.0)
    qtbot.waitUntil(lambda: window.view._gap == "")


def result_with_room() -> FrameResult:
    image = np.full((480, 640, 3), 90, np.uint8)
    return FrameResult(Frame(image, 0, 0.0), Faces.empty(), ())


def test_whose_sound_is_kept_is_said_and_a_lost_microphone_too(stage: Any, qtbot: Any) -> None:
    view = stage.window.view
    stage.engine.next_stats = EngineStats(recording_s=1.0, sound_level=0.1)
    stage.say(events.RecordingStarted(FOLDER, "USB Microphone"))
    qtbot.waitUntil(lambda: "With sound from USB Microphone" in view.accessibleDescription())
    stage.engine.next_stats = EngineStats(recording_s=2.0)
    stage.say(events.RecordingSoundLost("The microphone “USB Microphone” stopped delivering sound."))
    qtbot.waitUntil(lambda: "No sound: the microphone was lost" in view.accessibleDescription())
    said = " ".join(notice.text for notice in stage.window.notices.notices)
    assert "stopped delivering sound. The recording goes on without sound." in said


def test_the_sounds_name_breaks_between_words(qtbot: Any) -> None:
    metrics = QFontMetrics(QFont())
    text = "With sound from a microphone"
    assert _broken(text, metrics, 10_000) == [text]
    width = metrics.horizontalAdvance("With sound from a") + 4
    assert " ".join(_broken(text, metrics, width)) == text
    assert len(_broken(text, metrics, width)) == 2
    assert _broken("", metrics, width) == []
