"""The main window and what it tells the engine, beside an engine that only notes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt

from realtime_fer.core.enums import Privacy
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import Kind, SourceRequest, request_of
from realtime_fer.core.settings import Settings
from realtime_fer.gui.dialogs import folders, open_dialogs
from realtime_fer.gui.dialogs.quit_question import QuitQuestion
from realtime_fer.gui.model_card.window import CardWindow
from realtime_fer.gui.view.video_view import ViewState
from realtime_fer.runtime import events
from realtime_fer.runtime.rates import EngineStats

FOLDER = Path("/videos/2025-01-02_03-04-05")


def test_a_result_is_painted_and_told(stage: Any, result_of: Callable[..., FrameResult]) -> None:
    result = result_of()
    stage.show(result)
    assert stage.engine.painted_results[-1] is result
    assert stage.window.view.state is ViewState.LIVE


def test_numbers_reach_status_panel_and_view(stage: Any, qtbot: Any) -> None:
    stage.say(events.RecordingStarted(FOLDER))
    stage.engine.next_stats = EngineStats(shown_fps=30.0, faces=2, recording_s=61.0, size=(1280, 720))
    qtbot.waitUntil(lambda: stage.window.status.faces_label.text() == "Faces 2")
    assert stage.window.status.recording_label.text() == "● Recording 01:01"
    assert stage.window.panel.record.text().strip() == "Stop  01:01"
    assert "Recording" in stage.window.view.accessibleDescription()


def test_numbers_of_a_source_that_was_lost_fall_away(
    stage: Any, qtbot: Any, result_of: Callable[..., FrameResult]
) -> None:
    stage.engine.next_stats = EngineStats(latency_p95_ms=40.0, dropped=3)
    stage.show(result_of())
    qtbot.waitUntil(lambda: stage.window.status.dropped_label.text() == "Dropped 3")
    assert stage.window.status.latency_label.text() == "Latency 40 ms"
    stage.say(events.SourceLost(request_of("0"), "The camera was unplugged.", 1.0))
    qtbot.waitUntil(lambda: stage.window.status.dropped_label.text() == "Dropped –")
    assert stage.window.status.latency_label.text() == "Latency –"


def test_the_end_of_a_recording_is_not_overtaken_by_an_old_number(stage: Any, qtbot: Any) -> None:
    stage.say(events.RecordingStarted(FOLDER))
    stage.say(events.RecordingStopped(FOLDER, 61.0, 1800, 0))
    stage.engine.next_stats = EngineStats(faces=5, recording_s=61.0)
    qtbot.waitUntil(lambda: stage.window.status.faces_label.text() == "Faces 5")
    assert not stage.window.status.recording_label.isVisible()
    assert stage.window.panel.record.text().strip() == "Record"
    assert [notice.folder for notice in stage.window.notices.notices] == [FOLDER]


def test_a_new_recording_takes_the_last_ones_notice_away(stage: Any) -> None:
    stage.say(events.RecordingStopped(FOLDER, 61.0, 1800, 0, "The disk is full."))
    stage.press(Qt.Key_R)
    assert stage.window.notices.notices == ()


def test_a_lost_camera_says_what_happened_and_what_happens_next(
    stage: Any, result_of: Callable[..., FrameResult]
) -> None:
    view = stage.window.view
    stage.say(events.SourceOpened(request_of("0"), "Desk Camera", True))
    stage.show(result_of())
    stage.say(events.SourceLost(request_of("0"), "The camera was unplugged.", 2.0))
    assert view.state is ViewState.ERROR
    assert view.message == ("No picture", "The camera was unplugged. Retrying automatically every few seconds.")
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == []
    assert view.state is ViewState.ERROR
    stage.say(events.SourceOpened(request_of("0"), "Desk Camera", True))
    stage.show(result_of())
    assert view.state is ViewState.LIVE


def test_a_file_that_cannot_be_opened_can_be_tried_again(stage: Any) -> None:
    stage.say(events.SourceLost(request_of("/videos/a.mp4"), "There is no file a.mp4.", None))
    assert "press Space to retry" in stage.window.view.message[1]
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("replay",)]
    assert stage.window.view.state is ViewState.STARTING


def test_a_folder_that_was_shown_says_so_and_a_picture_stays_to_be_looked_at(
    stage: Any, tmp_path: Path, result_of: Callable[..., FrameResult]
) -> None:
    stage.show(result_of())
    stage.say(events.SourceEnded(SourceRequest(Kind.PICTURE, "/pictures/one.jfif")))
    assert stage.window.view.state is ViewState.LIVE
    stage.say(events.SourceEnded(request_of(str(tmp_path))))
    assert stage.window.view.message == ("All pictures have been shown", "Press Space to show them again.")


def test_no_camera_plays_the_demo_and_says_why(stage: Any) -> None:
    stage.say(events.SourceOpened(request_of("demo"), "Demo", False, "No camera was found, so the demo is playing."))
    assert [notice.text for notice in stage.window.notices.notices] == ["No camera was found, so the demo is playing."]
    assert stage.window.panel.source.choice.currentData() == "demo"
    assert stage.window.windowTitle() == "Demo – Realtime FER"
    stage.say(events.SourceOpened(request_of("0"), "Desk Camera", True))
    assert stage.window.notices.notices == ()
    assert stage.window.panel.source.choice.currentText() == "Desk Camera"


def test_a_refused_model_leaves_the_old_one_shown(stage: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.press(Qt.Key_2)
    assert stage.window.panel.model.choice.currentData() == "b"
    stage.say(events.ModelRefused("b", "The file is damaged.", "a"))
    assert stage.window.panel.model.choice.currentData() == "a"
    assert stage.window.notices.notices[0].text == "The file is damaged. Model A keeps running."
    assert stage.window.current_settings().model == "a"
    stage.press(Qt.Key_2)
    stage.say(events.ModelAdopted("b", ("happy",)))
    assert stage.window.notices.notices == ()
    assert stage.window.current_settings().model == "b"
    assert stage.engine.calls == [("load_model", "b"), ("load_model", "b")]


def test_a_late_refusal_of_a_model_or_detector_that_was_given_up_changes_nothing(stage: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.say(events.DetectorAdopted("haar"))
    stage.window.models.choose_model("gone")
    stage.window.models.choose_model("b")
    stage.say(events.ModelRefused("gone", "The file is damaged.", "a"))
    assert stage.window.panel.model.choice.currentData() == "b"
    stage.say(events.ModelAdopted("b", ("happy",)))
    assert stage.window.panel.model.choice.currentData() == "b"
    assert stage.window.current_settings().model == "b"
    stage.window.models.choose_detector("mediapipe-near")
    stage.window.models.choose_detector("mediapipe-far")
    stage.say(events.DetectorAdopted("mediapipe-near"))
    assert stage.window.panel.detector.currentData() == "mediapipe-far"
    stage.window.models.choose_detector("mediapipe")
    stage.say(events.DetectorRefused("mediapipe-far", "The file is not here.", "mediapipe-near"))
    assert stage.window.panel.detector.currentData() == "mediapipe"
    stage.say(events.DetectorAdopted("mediapipe"))
    assert stage.window.current_settings().detector == "mediapipe"


def test_a_model_that_stands_in_is_shown_but_not_kept_as_the_choice(make_stage: Any) -> None:
    stage = make_stage(Settings(source="demo", model="gone", welcomed=True))
    stage.say(events.ModelAdopted("a", ("happy",), 1.0, "There is no model 'gone'."))
    assert stage.window.panel.model.choice.currentData() == "a"
    assert stage.window.notices.notices[0].text == "There is no model 'gone'. Using Model A instead."
    assert stage.window.current_settings().model == "gone", "its folder may be there again the next time"
    stage.window.models.choose_model("b")
    stage.say(events.ModelAdopted("b", ("happy",)))
    assert stage.window.notices.notices == ()
    assert stage.window.current_settings().model == "b"


def test_a_model_that_could_not_go_on_may_be_chosen_again(stage: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.say(events.ModelRefused("a", "It gives no numbers.", ""))
    assert stage.window.panel.model.choice.currentData() is None
    stage.press(Qt.Key_1)
    assert stage.engine.calls == [("load_model", "a")]


def test_the_running_model_is_not_loaded_again(stage: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.press(Qt.Key_1)
    assert stage.engine.calls == []


def test_a_fallback_of_the_detector_is_shown_but_not_kept_as_the_choice(stage: Any) -> None:
    stage.say(events.DetectorAdopted("haar", "The file is not here. Run: realtime-fer fetch-detectors"))
    assert stage.window.panel.detector.currentData() == "haar"
    assert "Using Haar Cascade for now." in stage.window.notices.notices[0].text
    assert stage.window.current_settings().detector == "mediapipe"
    stage.window.models.choose_detector("mediapipe")
    assert stage.engine.calls == [("load_detector", "mediapipe")]
    stage.say(events.DetectorRefused("mediapipe", "The file is not here.", "haar"))
    assert stage.window.panel.detector.currentData() == "haar"
    assert stage.window.current_settings().detector == "mediapipe"


def test_a_detector_can_be_chosen(stage: Any) -> None:
    stage.say(events.DetectorAdopted("mediapipe"))
    stage.window.models.choose_detector("mediapipe")
    stage.window.models.choose_detector("haar")
    assert stage.engine.calls == [("load_detector", "haar")]
    assert stage.window.current_settings().detector == "haar"


def test_a_fault_of_the_program_stops_the_picture_visibly(stage: Any) -> None:
    stage.say(events.EngineFailed("The analysis stopped.", "Traceback (most recent call last): …"))
    assert stage.window.view.state is ViewState.ERROR
    assert "The analysis stopped." in stage.window.view.message[1]
    assert "Traceback" not in stage.window.view.message[1]


def test_opening_another_source_ends_the_pause(stage: Any) -> None:
    stage.press(Qt.Key_Space)

    def open_source(request: str) -> None:
        stage.engine.paused = False

    stage.engine.open_source = open_source
    stage.window.view.source_dropped.emit("/videos/video.mp4")
    assert "Paused" not in stage.window.view.accessibleDescription()
    assert stage.window.view.message[0] == "Opening…"


@pytest.mark.parametrize(
    ("name", "key", "modifier"),
    [
        ("choose_video", Qt.Key_O, Qt.ControlModifier),
        ("choose_folder", Qt.Key_O, Qt.ControlModifier | Qt.ShiftModifier),
        ("choose_address", Qt.Key_L, Qt.ControlModifier),
    ],
)
def test_the_questions_open_what_was_answered(
    stage: Any, monkeypatch: pytest.MonkeyPatch, name: str, key: int, modifier: Any
) -> None:
    answers = ["", "the answer"]
    monkeypatch.setattr(open_dialogs, name, lambda *_: answers.pop(0))
    stage.press(key, modifier)
    assert stage.engine.calls == []
    stage.press(key, modifier)
    assert stage.engine.calls[-1] == ("open_source", "the answer")


def test_cameras_that_were_plugged_in_are_found(stage: Any, qtbot: Any) -> None:
    stage.cameras = []
    with qtbot.waitSignal(stage.window.sources.finder.found):
        stage.press(Qt.Key_F5)
    assert stage.window.panel.source.choice.itemText(0) == "No camera found"


def test_listing_that_fails_leaves_no_camera(stage: Any, qtbot: Any, caplog: Any) -> None:
    def fail() -> list[Any]:
        raise OSError("driver")

    stage.window.sources.finder._list_cameras = fail
    with qtbot.waitSignal(stage.window.sources.finder.found):
        stage.press(Qt.Key_F5)
    assert stage.window.panel.source.choice.itemText(0) == "No camera found"
    assert "driver" in caplog.text


def test_a_video_is_not_mirrored_but_a_camera_is_as_the_person_likes(stage: Any) -> None:
    window, mirror = stage.window, stage.window.panel.mirror
    assert mirror.isChecked()
    window.sources.open("/videos/video.mp4")
    assert not mirror.isChecked()
    assert stage.engine.calls == [("set_options", False, 0.35, 0.3), ("open_source", "/videos/video.mp4")]
    mirror.setChecked(True)
    window.sources.open("demo")
    assert not mirror.isChecked()
    window.sources.open("0")
    assert mirror.isChecked()
    mirror.setChecked(False)
    window.sources.open("demo")
    window.sources.open("2")
    assert not mirror.isChecked()
    assert not window.current_settings().mirror


def test_closing_while_recording_says_so_and_stops_the_engine_once(stage: Any) -> None:
    stage.press(Qt.Key_R)
    stage.engine.calls.clear()
    stage.window.finish_and_close()
    stage.window.finish_and_close()
    assert stage.engine.calls == [("stop",)]
    assert stage.window.view.message[0] == "Finishing the recording…"


def quit_questions(stage: Any) -> list[QuitQuestion]:
    return [question for question in stage.window.findChildren(QuitQuestion) if question.isVisible()]


@pytest.mark.parametrize(
    "close",
    [
        lambda stage: stage.window.close(),
        lambda stage: stage.press(Qt.Key_Q),
        lambda stage: stage.press(Qt.Key_Q, Qt.ControlModifier),
    ],
)
def test_closing_while_recording_asks_once(stage: Any, qtbot: Any, close: Callable[[Any], None]) -> None:
    stage.press(Qt.Key_R)
    stage.engine.calls.clear()
    close(stage)
    (question,) = quit_questions(stage)
    assert question.text() == "A recording is running. Finish it and quit?"
    stage.window.close()
    assert quit_questions(stage) == [question]
    qtbot.mouseClick(question.keep, Qt.LeftButton)
    assert stage.window.isVisible()
    assert not quit_questions(stage)
    assert stage.engine.calls == []
    close(stage)
    (question,) = quit_questions(stage)
    qtbot.mouseClick(question.finish, Qt.LeftButton)
    assert not stage.window.isVisible()
    assert stage.engine.calls == [("stop",)]


def test_a_polite_kill_answers_the_question(stage: Any) -> None:
    stage.press(Qt.Key_R)
    stage.window.close()
    assert quit_questions(stage)
    stage.window.finish_and_close()
    assert not quit_questions(stage)
    assert not stage.window.isVisible()


def test_closing_without_a_recording_asks_nothing(stage: Any) -> None:
    stage.window.close()
    assert not stage.window.isVisible()


def test_a_sentence_from_the_start_is_shown(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(start_sentence="The settings could not be read; the defaults are used.")
    assert [notice.text for notice in stage.window.notices.notices] == [
        "The settings could not be read; the defaults are used."
    ]


def test_a_folder_that_is_not_there_yet_is_named(stage: Any, tmp_path: Path) -> None:
    stage.window.actions_by_name["open_recordings"].trigger()
    assert str(tmp_path / "recordings") in stage.window.notices.notices[0].text


@pytest.mark.parametrize("has_browser", [True, False])
def test_a_folder_is_shown_or_named(
    stage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_browser: bool
) -> None:
    monkeypatch.setattr(folders.QDesktopServices, "openUrl", lambda url: has_browser)
    stage.window.open_folder(tmp_path)
    assert [str(tmp_path) in notice.text for notice in stage.window.notices.notices] == [True] * (not has_browser)


def open_cards(stage: Any) -> list[CardWindow]:
    return [card for card in stage.window.findChildren(CardWindow) if card.isVisible()]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_ctrl_i_opens_the_chosen_models_card_which_follows_the_choice(stage: Any, qtbot: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",), 3.14159))
    stage.press(Qt.Key_I, Qt.ControlModifier)
    (card,) = open_cards(stage)
    assert not card.isModal()
    assert card.windowTitle() == "Model card: Model A"
    assert "3.1 ms per face" in card.browser.toPlainText()
    stage.window.models.choose_model("b")
    assert card.windowTitle() == "Model card: Model B"
    assert "ms per face" not in card.browser.toPlainText()
    stage.say(events.ModelAdopted("b", ("happy",), 0.5))
    assert "0.50 ms per face" in card.browser.toPlainText()
    qtbot.keyClick(card.browser, Qt.Key_Escape)
    assert open_cards(stage) == []
    stage.window.models.choose_model("a")
    assert open_cards(stage) == [], "a closed card stays closed"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_button_opens_the_card(stage: Any, qtbot: Any) -> None:
    qtbot.mouseClick(stage.window.panel.model.card, Qt.LeftButton)
    assert [card.windowTitle() for card in open_cards(stage)] == ["Model card: Model A"]
    open_cards(stage)[0].close()


def test_a_measured_speed_is_shown_below_the_model(stage: Any) -> None:
    assert "ms" not in stage.window.panel.model.facts.text()
    stage.say(events.ModelAdopted("a", ("happy",), 3.14159))
    assert "· 3.1 ms per face" in stage.window.panel.model.facts.text()
    stage.say(events.ModelTimed("a", 2.5))
    assert "· 2.5 ms per face" in stage.window.panel.model.facts.text()
    stage.press(Qt.Key_2)
    assert "ms" not in stage.window.panel.model.facts.text(), "b is not measured yet"


def test_faces_are_hidden_as_chosen_from_the_start_and_by_key(make_stage: Callable[..., Any], qtbot: Any) -> None:
    stage = make_stage(Settings(model="a", privacy=Privacy.BLUR))
    stage.begin()
    assert stage.engine.privacy == Privacy.BLUR
    qtbot.keyClick(stage.window, Qt.Key_B)
    assert stage.engine.privacy == Privacy.PIXELATE
    assert stage.window.current_settings().privacy == Privacy.PIXELATE
