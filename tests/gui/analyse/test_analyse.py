"""Analyse… in the window: what is asked, the queue, the list, the notices and the questions."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAbstractButton, QLabel, QPushButton

from realtime_fer.core.enums import Privacy
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import LANGUAGES, Wording, in_language
from realtime_fer.gui.dialogs import open_dialogs
from realtime_fer.gui.widgets.notice import Severity
from realtime_fer.runtime.analyses.child import AnalysisEnd
from realtime_fer.runtime.events import SourceOpened
from tests.gui.analyse.conftest import Children, progress


def test_the_key_proposes_the_open_file_with_the_window_s_choices(
    playing: Any, qtbot: Any, children: Children, tmp_path: Path
) -> None:
    panel, control = playing.window.panel, playing.window.analyse
    second_track = replace(request_of(str(tmp_path / "clip.mp4")), track=2)
    playing.window.sources.open_request(second_track)
    playing.say(SourceOpened(second_track, "clip.mp4", False))
    assert panel.analyse.isVisible()
    panel.privacy.set_key("pixelate")
    panel.min_confidence.set_value(0.6)
    panel.mirror.setChecked(True)
    playing.press(Qt.Key_E, Qt.ControlModifier)
    dialog = control.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    dialog.model.set_key("b")
    dialog.compare.set_key("a")
    dialog.sound.setChecked(False)
    qtbot.keyClick(dialog.start, Qt.Key_Return)
    assert control.dialog is None
    (child,) = children.made
    asked = child.request
    assert (asked.source, asked.recordings_folder) == (tmp_path / "clip.mp4", tmp_path / "recordings")
    assert (asked.settings.model, asked.settings.compare_model) == ("b", "a")
    assert (asked.settings.privacy, asked.settings.min_confidence) == (Privacy.PIXELATE, 0.6)
    assert (asked.mirror, asked.sound, asked.language, asked.track) == (True, False, "en", 2)
    assert control.list_window.isVisible()
    assert control.status_button.isVisible()
    assert playing.window.current_settings().model == "a", "the window's own choices stay"


def test_at_the_end_a_notice_offers_folder_and_report(
    playing: Any, qtbot: Any, children: Children, tmp_path: Path
) -> None:
    control = playing.window.analyse
    control.open_dialog()
    control.dialog.accept()
    with qtbot.waitSignal(control.analyses.finished):
        children.made[0].on_end(AnalysisEnd(2512, tmp_path, tmp_path / "report.html"))
    notice = playing.window.notices.notices[0]
    assert notice.text == "Analysed 2512 frames of “clip.mp4”."
    offered = [button.text() for button in playing.window.notices.findChildren(QPushButton)]
    assert offered == ["Open report", "Review", "Open folder"]
    assert (notice.severity, notice.folder, notice.page) == (Severity.SUCCESS, tmp_path, tmp_path / "report.html")
    assert not control.status_button.isVisible()
    control.open_dialog()
    control.dialog.accept()
    with qtbot.waitSignal(control.analyses.finished):
        children.made[1].on_end(AnalysisEnd(sentence=Wording("Source", "There is no video in it.")))
    notice = playing.window.notices.notices[0]
    assert (notice.severity, notice.text) == (Severity.ERROR, "“clip.mp4”: There is no video in it.")


def test_a_folder_of_videos_becomes_an_analysis_for_each(
    playing: Any, qtbot: Any, children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips, pictures = tmp_path / "clips", tmp_path / "pictures"
    for folder, names in ((clips, ["b.mp4", "a.mkv", "text.txt"]), (pictures, ["a.png"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(b"")
    control = playing.window.analyse
    control.open_dialog()
    monkeypatch.setattr(open_dialogs, "choose_folder", lambda parent, start: str(clips))
    qtbot.mouseClick(control.dialog.folder, Qt.LeftButton)
    control.dialog.accept()
    assert [analysis.name for analysis in control.analyses.all] == ["a.mkv", "b.mp4"]
    control.open_dialog()
    control.dialog.path.setFocus()
    control.dialog.path.setText("none")
    control.dialog.path.setText(str(pictures))
    qtbot.keyClick(control.dialog.path, Qt.Key_Return)
    assert control.analyses.all[-1].request.source == pictures


def test_several_files_become_an_analysis_each(
    playing: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [str(tmp_path / name) for name in ("a.mp4", "clip.mp4")]
    monkeypatch.setattr(open_dialogs, "choose_videos", lambda parent, start: files)
    control = playing.window.analyse
    control.open_dialog()
    qtbot.mouseClick(control.dialog.video, Qt.LeftButton)
    assert "2 files" in control.dialog.note.text()
    control.dialog.accept()
    assert [analysis.name for analysis in control.analyses.all] == ["a.mp4", "clip.mp4"]
    control.open_dialog()
    qtbot.mouseClick(control.dialog.video, Qt.LeftButton)
    control.dialog.path.setText(files[1])
    assert control.dialog.sources == [tmp_path / "clip.mp4"], "what is typed counts"
    monkeypatch.setattr(open_dialogs, "choose_videos", lambda parent, start: [])
    qtbot.mouseClick(control.dialog.video, Qt.LeftButton)
    assert control.dialog.path.text() == files[1]
    control.dialog.reject()


def test_the_dialog_says_what_hidden_faces_do_not_hide(playing: Any) -> None:
    control = playing.window.analyse
    control.open_dialog()
    dialog = control.dialog
    assert not dialog._voices.isVisible()
    dialog.inputs["privacy"].widget.set_key("blur")
    dialog.inputs["privacy"].widget.chosen.emit("blur")
    assert dialog._voices.isVisible()
    dialog.inputs["film"].widget.set_key("none")
    dialog.inputs["film"].widget.chosen.emit("none")
    assert not dialog._voices.isVisible()
    assert not dialog.sound.isEnabled()
    assert not dialog.inputs["sensitivity"].widget.isEnabled(), "the model's card says nothing of its prior"
    dialog.reject()


def test_what_is_not_there_cannot_be_analysed(playing: Any, children: Children, tmp_path: Path) -> None:
    control = playing.window.analyse
    control.open_dialog()
    for name in ("", "  ", str(tmp_path / "none.mp4"), "x\0y", "~nobody-of-this-name/x.mp4"):
        control.dialog.path.setText(name)
        assert not control.dialog.start.isEnabled(), name
        control.dialog.accept()
        assert control.dialog is not None
    assert children.made == []
    control.dialog.reject()


def test_a_recording_that_is_being_analysed_stays_where_it_is(
    playing: Any, qtbot: Any, children: Children, tmp_path: Path
) -> None:
    control = playing.window.analyse
    control.open_dialog()
    control.dialog.accept()
    assert control.busy_with(tmp_path) == ""
    children.made[0].on_progress(replace(progress(5), session=tmp_path))
    qtbot.waitUntil(lambda: control.busy_with(tmp_path) == "being analysed")
    assert control.busy_with in playing.window.recordings.busy_checks
    assert control.busy_with(tmp_path.parent) == ""


def test_a_camera_proposes_nothing_and_records_at_once(stage: Any) -> None:
    stage.say(SourceOpened(request_of("0"), "Desk Camera", True))
    assert not stage.window.panel.analyse.isVisible()
    stage.press(Qt.Key_R)
    assert ("start_recording",) in stage.engine.calls
    stage.window.analyse.open_dialog()
    assert stage.window.analyse.dialog.path.text() == ""
    assert not stage.window.analyse.dialog.start.isEnabled()


def test_recording_a_file_asks_first(playing: Any, qtbot: Any) -> None:
    control = playing.window.analyse
    playing.press(Qt.Key_R)
    assert playing.engine.calls == []
    assert "skips frames" in control.question.text()
    playing.window.toggle_recording()
    qtbot.keyClick(control.question, Qt.Key_Escape)
    assert control.question is None
    playing.window.toggle_recording()
    qtbot.mouseClick(control.question.analyse, Qt.LeftButton)
    assert control.dialog.isVisible()
    control.dialog.reject()
    playing.window.toggle_recording()
    control.question.do_not_ask.setChecked(True)
    qtbot.mouseClick(control.question.record, Qt.LeftButton)
    assert playing.engine.calls == [("start_recording",)]
    assert not playing.window.current_settings().ask_before_lossy
    playing.window.toggle_recording()
    playing.window.toggle_recording()
    assert control.question is None
    assert playing.engine.calls[-1] == ("start_recording",)


def test_closing_while_an_analysis_runs_asks_once(playing: Any, qtbot: Any, children: Children) -> None:
    window, control = playing.window, playing.window.analyse
    control.open_dialog()
    control.dialog.accept()
    control.open_dialog()
    control.dialog.accept()
    window.close()
    question = window.quitting.question
    assert question.text() == "An analysis is running. Stop it, keep what is analysed, and quit?"
    assert question.informativeText().endswith("done: 1.")
    qtbot.mouseClick(question.keep, Qt.LeftButton)
    assert window.isVisible()
    assert children.made[0].asked == ["start"]
    window.close()
    qtbot.mouseClick(window.quitting.question.finish, Qt.LeftButton)
    assert not window.isVisible()
    assert children.made[0].asked == ["start", "stop", "join"]
    assert window.view.message[0] == "Finishing the analysis…"
    assert len(children.made) == 1


def test_the_list_opens_by_key_and_from_the_status_bar(playing: Any, qtbot: Any, children: Children) -> None:
    control = playing.window.analyse
    playing.press(Qt.Key_E, Qt.ControlModifier | Qt.ShiftModifier)
    assert control.list_window.isVisible()
    assert any("No analysis is running" in label.text() for label in control.list_window.findChildren(QLabel))
    qtbot.mouseClick(control.list_window.another, Qt.LeftButton)
    control.dialog.accept()
    control.list_window.close()
    qtbot.mouseClick(control.status_button, Qt.LeftButton)
    assert control.list_window.isVisible()
    named = [button for button in control.list_window.findChildren(QPushButton) if not button.text()]
    assert named == []


@pytest.mark.parametrize("scale", [100, 200])
def test_the_dialog_fits_the_screen_at_every_scale(playing: Any, appearance: Any, scale: int) -> None:
    control = playing.window.analyse
    appearance.set_scale(scale)
    control.open_dialog()
    free = control.dialog.screen().availableGeometry()
    assert control.dialog.height() <= free.height()
    assert control.dialog.width() <= free.width()
    control.dialog.reject()


def test_an_own_model_that_left_the_list_gives_way_to_the_first(playing: Any) -> None:
    control = playing.window.analyse
    control._settings = lambda: replace(Settings(), model="/gone.tflite", compare_model="/gone.tflite")
    control.open_dialog()
    assert (control.dialog.model.key, control.dialog.compare.key) == ("a", "")
    control.dialog.reject()


@pytest.mark.parametrize("language", LANGUAGES)
def test_alt_leads_to_one_thing_only(playing: Any, language: str) -> None:
    control = playing.window.analyse
    with in_language(language):
        control.open_dialog()
        control.show_list()
        control.ask_before_recording(lambda: None)
        for dialog in (control.dialog, control.list_window, control.question):
            parts = (*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton))
            titles = [part.text() for part in parts if re.search(r"&\w", part.text())]
            letters = [re.search(r"&(\w)", title)[1].lower() for title in titles]
            assert len(letters) == len(set(letters)), titles
