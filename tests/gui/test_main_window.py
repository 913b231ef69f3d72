from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.settings import Settings
from realtime_fer.gui import dialogs, folders
from realtime_fer.gui.card_window import CardWindow
from realtime_fer.gui.video_view import ViewState
from realtime_fer.runtime import events
from realtime_fer.runtime.rates import EngineStats

FOLDER = Path("/films/2025-01-02_03-04-05")


def test_begin_starts_the_engine_with_the_settings(make_stage: Callable[..., Any], qtbot: Any) -> None:
    stage = make_stage(Settings(source="demo", model="b", detector="haar", mirror=False, min_confidence=0.5))
    stage.window.show()
    with qtbot.waitSignal(stage.window.sources.finder.found):
        stage.window.begin()
    assert stage.engine.calls == [("set_options", False, 0.5, 0.3), ("start", "demo", "haar", "b", "")]
    assert stage.window.panel.source.choice.itemText(0) == "Desk Camera"


@pytest.mark.parametrize(
    ("key", "modifier", "call"),
    [
        (Qt.Key_Space, Qt.NoModifier, ("set_paused", True)),
        (Qt.Key_R, Qt.NoModifier, ("start_recording",)),
        (Qt.Key_S, Qt.NoModifier, ("take_snapshot",)),
        (Qt.Key_M, Qt.NoModifier, ("set_options", False, 0.35, 0.3)),
        (Qt.Key_2, Qt.NoModifier, ("load_model", "b")),
        (Qt.Key_D, Qt.ControlModifier, ("open_source", "demo")),
    ],
)
def test_a_key_does_what_the_help_says(stage: Any, key: int, modifier: Any, call: tuple[Any, ...]) -> None:
    stage.press(key, modifier)
    assert stage.engine.calls[-1] == call


def test_the_keys_that_toggle_go_back(stage: Any) -> None:
    for key in (Qt.Key_Space, Qt.Key_R, Qt.Key_M):
        stage.press(key)
        stage.press(key)
    assert stage.engine.calls == [
        ("set_paused", True),
        ("set_paused", False),
        ("start_recording",),
        ("stop_recording",),
        ("set_options", False, 0.35, 0.3),
        ("set_options", True, 0.35, 0.3),
    ]


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key_H, Qt.NoModifier), (Qt.Key_H, Qt.ControlModifier)])
def test_the_panel_hides_and_comes_back(stage: Any, key: int, modifier: Any) -> None:
    stage.press(key, modifier)
    assert not stage.window.panel.isVisible()
    stage.press(key, modifier)
    assert stage.window.panel.isVisible()


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key_Q, Qt.NoModifier), (Qt.Key_Q, Qt.ControlModifier)])
def test_q_quits_and_stops_the_engine(stage: Any, key: int, modifier: Any) -> None:
    stage.press(key, modifier)
    assert not stage.window.isVisible()
    assert stage.engine.calls == [("stop",)]


def test_f11_is_the_picture_alone_and_escape_leaves(stage: Any) -> None:
    window = stage.window
    stage.press(Qt.Key_F11)
    assert window.isFullScreen()
    assert not window.panel.isVisible()
    assert not window.status.isVisible()
    assert not window.menuBar().isVisible()
    stage.press(Qt.Key_R)
    assert stage.engine.calls == [("start_recording",)], "keys must work while the menu bar is hidden"
    stage.press(Qt.Key_Escape)
    assert not window.isFullScreen()
    assert window.panel.isVisible()
    assert window.status.isVisible()
    assert window.menuBar().isVisible()


def test_a_hidden_panel_is_hidden_in_the_next_run_too(stage: Any, make_stage: Callable[..., Any]) -> None:
    stage.press(Qt.Key_F11)
    assert stage.window.current_settings().panel, "full screen alone does not count"
    stage.press(Qt.Key_F11)
    stage.press(Qt.Key_H)
    settings = stage.window.current_settings()
    assert not settings.panel
    again = make_stage(settings)
    again.begin()
    assert not again.window.panel.isVisible()
    assert not again.window.actions_by_name["panel"].isChecked()


def test_a_hidden_panel_stays_hidden_after_full_screen(stage: Any) -> None:
    stage.press(Qt.Key_H)
    stage.press(Qt.Key_F11)
    stage.press(Qt.Key_F11)
    assert not stage.window.panel.isVisible()
    assert stage.window.status.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f1_shows_the_keys(stage: Any) -> None:
    stage.press(Qt.Key_F1)
    shown = [dialog for dialog in stage.window.findChildren(QDialog) if dialog.isVisible()]
    assert [dialog.windowTitle() for dialog in shown] == ["Keys"]
    assert not shown[0].isModal()
    shown[0].close()


def test_space_on_a_focused_button_presses_it_and_does_not_pause(stage: Any) -> None:
    stage.window.panel.record.setFocus()
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("start_recording",)]


def test_a_click_on_a_button_leaves_space_to_the_pause(stage: Any, qtbot: Any) -> None:
    qtbot.mouseClick(stage.window.panel.snapshot, Qt.LeftButton)
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("take_snapshot",), ("set_paused", True)]


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
    stage.say(events.SourceOpened("0", "Desk Camera", True))
    stage.show(result_of())
    stage.say(events.SourceLost("0", "The camera was unplugged.", 2.0))
    assert view.state is ViewState.ERROR
    assert view.message == ("No picture", "The camera was unplugged. It is tried again by itself every few seconds.")
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == []
    assert view.state is ViewState.ERROR
    stage.say(events.SourceOpened("0", "Desk Camera", True))
    stage.show(result_of())
    assert view.state is ViewState.LIVE


def test_a_file_that_cannot_be_opened_can_be_tried_again(stage: Any) -> None:
    stage.say(events.SourceLost("/films/a.mp4", "There is no file a.mp4.", None))
    assert "press Space to try this one again" in stage.window.view.message[1]
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("replay",)]
    assert stage.window.view.state is ViewState.STARTING


def test_space_plays_an_ended_video_again(stage: Any, result_of: Callable[..., FrameResult]) -> None:
    stage.show(result_of())
    stage.say(events.SourceEnded("/films/a.mp4"))
    assert stage.window.view.message == ("The video has ended", "Press Space to play it again.")
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("replay",)]
    assert stage.window.view.state is ViewState.LIVE


def test_a_folder_that_was_shown_says_so_and_a_picture_stays_to_be_looked_at(
    stage: Any, tmp_path: Path, result_of: Callable[..., FrameResult]
) -> None:
    stage.show(result_of())
    stage.say(events.SourceEnded("/pictures/one.JPG"))
    assert stage.window.view.state is ViewState.LIVE
    stage.say(events.SourceEnded(str(tmp_path)))
    assert stage.window.view.message == ("All pictures were shown", "Press Space to show them again.")


def test_no_camera_plays_the_demo_and_says_why(stage: Any) -> None:
    stage.say(events.SourceOpened("demo", "Demo", False, "No camera was found, so the demo is playing."))
    assert [notice.text for notice in stage.window.notices.notices] == ["No camera was found, so the demo is playing."]
    assert stage.window.panel.source.choice.currentData() == "demo"
    assert stage.window.windowTitle() == "Demo – Realtime FER"
    stage.say(events.SourceOpened("0", "Desk Camera", True))
    assert stage.window.notices.notices == ()
    assert stage.window.panel.source.choice.currentText() == "Desk Camera"


def test_a_refused_model_leaves_the_old_one_shown(stage: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.press(Qt.Key_2)
    assert stage.window.panel.model.choice.currentData() == "b"
    stage.say(events.ModelRefused("b", "The file is damaged.", "a"))
    assert stage.window.panel.model.choice.currentData() == "a"
    assert stage.window.notices.notices[0].text == "The file is damaged. Model A goes on."
    assert stage.window.current_settings().model == "a"
    stage.press(Qt.Key_2)
    stage.say(events.ModelAdopted("b", ("happy",)))
    assert stage.window.notices.notices == ()
    assert stage.window.current_settings().model == "b"
    assert stage.engine.calls == [("load_model", "b"), ("load_model", "b")]


def test_the_running_model_is_not_loaded_again(stage: Any) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.press(Qt.Key_1)
    assert stage.engine.calls == []


def test_a_fallback_of_the_detector_is_shown_but_not_kept_as_the_choice(stage: Any) -> None:
    stage.say(events.DetectorAdopted("haar", "The file is not here. Run: realtime-fer fetch-detectors"))
    assert stage.window.panel.detector.currentData() == "haar"
    assert "Haar Cascade finds the faces" in stage.window.notices.notices[0].text
    assert stage.window.current_settings().detector == "mediapipe"
    stage.window.choose_detector("mediapipe")
    assert stage.engine.calls == [("load_detector", "mediapipe")]
    stage.say(events.DetectorRefused("mediapipe", "The file is not here.", "haar"))
    assert stage.window.panel.detector.currentData() == "haar"
    assert stage.window.current_settings().detector == "mediapipe"


def test_a_detector_can_be_chosen(stage: Any) -> None:
    stage.say(events.DetectorAdopted("mediapipe"))
    stage.window.choose_detector("mediapipe")
    stage.window.choose_detector("haar")
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
    stage.window.view.source_dropped.emit("/films/film.mp4")
    assert "Paused" not in stage.window.view.accessibleDescription()
    assert stage.window.view.message[0] == "Opening…"


@pytest.mark.parametrize(
    ("name", "key", "modifier"),
    [
        ("ask_video", Qt.Key_O, Qt.ControlModifier),
        ("ask_folder", Qt.Key_O, Qt.ControlModifier | Qt.ShiftModifier),
        ("ask_address", Qt.Key_L, Qt.ControlModifier),
    ],
)
def test_the_questions_open_what_was_answered(
    stage: Any, monkeypatch: pytest.MonkeyPatch, name: str, key: int, modifier: Any
) -> None:
    answers = ["", "the answer"]
    monkeypatch.setattr(dialogs, name, lambda *_: answers.pop(0))
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


def test_a_film_is_not_mirrored_but_a_camera_is_as_the_person_likes(stage: Any) -> None:
    window, mirror = stage.window, stage.window.panel.mirror
    assert mirror.isChecked()
    window.sources.open("/films/film.mp4")
    assert not mirror.isChecked()
    assert stage.engine.calls == [("set_options", False, 0.35, 0.3), ("open_source", "/films/film.mp4")]
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


def test_what_a_person_changed_is_kept(stage: Any) -> None:
    window = stage.window
    window.panel.mirror.setChecked(False)
    window.panel.min_confidence.slider.setValue(60)
    window.panel.smoothing.slider.setValue(10)
    window.sources.open("2")
    window.close()
    settings = window.current_settings()
    assert replace(settings, window_geometry="", window_layout="") == Settings(
        source="2", model="a", welcomed=True, mirror=False, min_confidence=0.6, smoothing_s=1.0
    )
    assert bytes.fromhex(settings.window_geometry)


@pytest.mark.parametrize("request_text", ["/films/film.mp4", "rtsp://me:secret@door/stream"])
def test_a_file_or_address_is_not_what_the_next_run_begins_with(stage: Any, request_text: str) -> None:
    stage.window.sources.open(request_text)
    assert stage.window.current_settings().source == "auto"


def test_the_window_comes_back_where_it_was(stage: Any, make_stage: Callable[..., Any]) -> None:
    stage.window.setGeometry(20, 30, 750, 500)
    stage.press(Qt.Key_F11)
    stage.window.close()
    settings = stage.window.current_settings()
    again = make_stage(settings).window
    again.show()
    assert not again.isFullScreen()
    assert (again.width(), again.height()) == (750, 500)


def test_a_damaged_geometry_gives_the_default(make_stage: Callable[..., Any]) -> None:
    window = make_stage(Settings(window_geometry="no hex at all, ünd not ascii")).window
    available = window.screen().availableSize()
    assert window.width() == min(1180, available.width() - 16)
    assert window.height() == min(760, available.height() - 48)


def test_closing_while_recording_says_so_and_stops_the_engine_once(stage: Any) -> None:
    stage.press(Qt.Key_R)
    stage.engine.calls.clear()
    stage.window.close()
    stage.window.close()
    assert stage.engine.calls == [("stop",)]
    assert stage.window.view.message[0] == "Finishing the recording…"


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
    assert "3.1 ms a face" in card.browser.toPlainText()
    stage.window.choose_model("b")
    assert card.windowTitle() == "Model card: Model B"
    assert "ms a face" not in card.browser.toPlainText()
    stage.say(events.ModelAdopted("b", ("happy",), 0.5))
    assert "0.50 ms a face" in card.browser.toPlainText()
    qtbot.keyClick(card.browser, Qt.Key_Escape)
    assert open_cards(stage) == []
    stage.window.choose_model("a")
    assert open_cards(stage) == [], "a closed card stays closed"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_button_opens_the_card(stage: Any, qtbot: Any) -> None:
    qtbot.mouseClick(stage.window.panel.model.card, Qt.LeftButton)
    assert [card.windowTitle() for card in open_cards(stage)] == ["Model card: Model A"]
    open_cards(stage)[0].close()


def test_a_measured_speed_is_shown_below_the_model(stage: Any) -> None:
    assert "ms" not in stage.window.panel.model.facts.text()
    stage.say(events.ModelAdopted("a", ("happy",), 3.14159))
    assert "7 expressions · 3.1 ms a face" in stage.window.panel.model.facts.text()
    stage.press(Qt.Key_2)
    assert "ms" not in stage.window.panel.model.facts.text(), "b is not measured yet"


def test_a_window_of_a_larger_screen_fits_this_one(make_stage: Callable[..., Any]) -> None:
    stage = make_stage()
    screen = stage.window.screen().availableSize()
    stage.window.resize(screen.width() * 2, screen.height() * 2)
    geometry = bytes(stage.window.saveGeometry().toHex()).decode()
    again = make_stage(Settings(model="a", window_geometry=geometry))
    assert again.window.width() <= screen.width()
    assert again.window.height() <= screen.height()


def test_faces_are_hidden_as_chosen_from_the_start_and_by_key(make_stage: Callable[..., Any], qtbot: Any) -> None:
    stage = make_stage(Settings(model="a", privacy="blur"))
    stage.begin()
    assert stage.engine.privacy == "blur"
    qtbot.keyClick(stage.window, Qt.Key_B)
    assert stage.engine.privacy == "pixelate"
    assert stage.window.current_settings().privacy == "pixelate"
