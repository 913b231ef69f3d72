"""While another source is chosen and does not open, title and picture say so and are not the one's before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import request_of
from realtime_fer.gui.view.video_view import ViewState
from realtime_fer.runtime import events

ResultOf = Callable[..., FrameResult]


@pytest.fixture
def running(stage: Any, result_of: ResultOf) -> Any:
    stage.say(events.SourceOpened(request_of("0"), "Desk Camera", True))
    stage.show(result_of(colour=200))
    assert stage.window.windowTitle() == "Desk Camera – Realtime FER"
    return stage


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ("/videos/missing.mp4", "missing.mp4"),
        ("2", "Other Camera"),
        ("rtsp://me:secret@10.0.0.9/yard", "10.0.0.9"),
        ("demo", "demo"),
    ],
)
def test_the_title_is_about_the_source_that_was_chosen(running: Any, request_: str, name: str) -> None:
    window = running.window
    window.sources.open(request_)
    assert window.windowTitle() == f"Opening {name}… – Realtime FER"
    running.say(events.SourceLost(request_of(request_), "It cannot be opened.", 0.5))
    assert window.windowTitle() == f"{name}: no picture – Realtime FER"
    running.say(events.SourceOpened(request_of(request_), "Now", True))
    assert window.windowTitle() == "Now – Realtime FER"


def test_another_sources_people_do_not_stay_behind_the_error(running: Any, result_of: ResultOf) -> None:
    view = running.window.view
    running.window.sources.open("/videos/missing.mp4")
    assert view.has_frame()
    running.say(events.SourceLost(request_of("/videos/missing.mp4"), "There is no such file.", None))
    assert view.state is ViewState.RETRYABLE
    assert not view.has_frame()
    running.show(result_of(generation=1))
    assert view.has_frame()


def test_a_camera_that_was_lost_keeps_its_own_last_picture_under_the_words(running: Any) -> None:
    running.say(events.SourceLost(request_of("0"), "The camera was unplugged.", 0.5))
    assert running.window.windowTitle() == "Desk Camera: no picture – Realtime FER"
    assert running.window.view.has_frame()


def test_the_recordings_clock_stays_in_the_title(running: Any) -> None:
    running.say(events.RecordingStarted(running.window.current_recordings_folder()))
    running.window.sources.open("/videos/missing.mp4")
    running.say(events.SourceLost(request_of("/videos/missing.mp4"), "There is no such file.", None))
    assert running.window.windowTitle() == "● REC 00:00 – missing.mp4: no picture – Realtime FER"
