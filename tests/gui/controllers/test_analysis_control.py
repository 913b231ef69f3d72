"""A second model and resting faces, as asked for and shown in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import Qt

from realtime_fer.core.settings import Settings
from realtime_fer.gui.view.video_view import ViewState
from realtime_fer.runtime.events import (
    ComparisonAdopted,
    ComparisonRefused,
    EngineEvent,
    RestingFacesEnded,
    RestingFacesFailed,
    RestingFacesLearning,
    RestingFacesLearnt,
)


def tell(stage: Any, qtbot: Any, event: EngineEvent) -> None:
    with qtbot.waitSignal(stage.bridge.event_arrived):
        stage.bridge.event(event)


def choose(stage: Any, model_id: str) -> None:
    compare = stage.window.panel.compare
    compare.set_key(model_id)
    compare.activated.emit(compare.currentIndex())


def test_the_second_model_is_none_at_first_and_is_asked_for_by_the_dropdown(stage: Any) -> None:
    compare = stage.window.panel.compare
    assert [compare.itemData(row) for row in range(compare.count())] == ["", "a", "b"]
    assert compare.key == ""
    choose(stage, "b")
    assert stage.engine.calls[-1] == ("load_comparison", "b")
    assert stage.window.current_settings().compare_model == "b"
    choose(stage, "")
    assert stage.engine.calls[-1] == ("load_comparison", "")


def test_it_is_kept_between_runs_and_an_unknown_one_is_none(make_stage: Callable[..., Any]) -> None:
    for wanted, begun in (("b", "b"), ("gone", "")):
        stage = make_stage(Settings(source="demo", model="a", compare_model=wanted))
        stage.window.begin()
        (start,) = [call for call in stage.engine.calls if call[0] == "start"]
        assert start[-1] == begun


def test_a_refused_second_model_gives_way_to_the_one_that_goes_on(stage: Any, qtbot: Any) -> None:
    tell(stage, qtbot, ComparisonAdopted("a", ("happy",)))
    assert stage.window.panel.compare.key == "a"
    choose(stage, "b")
    tell(stage, qtbot, ComparisonRefused("b", "The model file b.tflite is damaged.", "a"))
    assert stage.window.panel.compare.key == "a"
    texts = [notice.text for notice in stage.window.notices.notices]
    assert any("is damaged" in text and "keeps running" in text for text in texts)


def test_keys_learn_and_forget_resting_faces(stage: Any, qtbot: Any) -> None:
    view, analysis = stage.window.view, stage.window.analysis
    view.set_state(ViewState.LIVE)
    qtbot.keyClick(stage.window, Qt.Key_C)
    (notice,) = stage.window.notices.notices
    why_what_and_how = ("look sad or angry", "three seconds", "without smiling", "count less", "Shift+C")
    assert all(words in notice.text for words in why_what_and_how)
    for seconds in (3, 2, 1):
        assert f"Get ready to look at the camera with a relaxed face: {seconds}" in view.accessibleDescription()
        tell(stage, qtbot, RestingFacesLearning(2, 1))  # Of one that was still under way.
        assert "learn_resting_faces" not in [call[0] for call in stage.engine.calls]
        analysis._count_down()
    assert stage.engine.calls[-1] == ("learn_resting_faces",)
    qtbot.keyClick(stage.window, Qt.Key_C, Qt.ShiftModifier)
    assert stage.engine.calls[-1] == ("forget_resting_faces",)
    (notice,) = stage.window.notices.notices
    assert "Resting faces are no longer used" in notice.text


def test_forgetting_stops_the_countdown_and_people_in_a_file_are_not_asked(
    make_stage: Callable[..., Any], qtbot: Any
) -> None:
    stage = make_stage(Settings(model="a"))
    stage.begin()
    view, analysis = stage.window.view, stage.window.analysis
    view.set_state(ViewState.LIVE)
    analysis.learn_resting_faces()
    analysis.forget_resting_faces()
    assert "Get ready" not in view.accessibleDescription()
    assert not analysis._timer.isActive()
    analysis._can_get_ready = lambda: False
    analysis.learn_resting_faces()
    assert stage.engine.calls[-1] == ("learn_resting_faces",)
    (notice,) = stage.window.notices.notices
    assert "next three seconds" in notice.text


def test_while_it_runs_the_view_says_what_to_do_and_for_how_long(stage: Any, qtbot: Any) -> None:
    view = stage.window.view
    view.set_state(ViewState.LIVE)
    tell(stage, qtbot, RestingFacesLearning(3, 1))
    assert "relaxed face" in view.accessibleDescription()
    assert "3 s" in view.accessibleDescription()
    tell(stage, qtbot, RestingFacesLearning(2, 0))
    assert "no face is in view" in view.accessibleDescription()
    tell(stage, qtbot, RestingFacesEnded())
    assert "2 s" not in view.accessibleDescription()


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (RestingFacesLearnt((1, 2)), ("#1, #2", "±", "Shift+C")),
        (RestingFacesLearnt((1,), "Not seen well or long enough: #2."), ("#1", "Not seen well or long enough: #2.")),
        (RestingFacesFailed("No face was in view."), ("No face was in view.", "nothing has changed", "Press C")),
    ],
)
def test_its_end_is_said(stage: Any, qtbot: Any, event: EngineEvent, words: tuple[str, ...]) -> None:
    stage.window.view.set_state(ViewState.LIVE)
    tell(stage, qtbot, RestingFacesLearning(1, 1))
    tell(stage, qtbot, event)
    (notice,) = stage.window.notices.notices
    assert all(word in notice.text for word in words)
    assert "1 s" not in stage.window.view.accessibleDescription()


def test_the_load_is_lowered_only_where_that_is_wished(make_stage: Callable[..., Any]) -> None:
    for wished in (True, False):
        stage = make_stage(Settings(model="a", adapt_load=wished))
        stage.begin()
        assert stage.engine.may_degrade is wished
