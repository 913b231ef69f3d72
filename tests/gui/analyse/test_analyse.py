"""Analyse… in the window: what is asked, the queue, the list, the notices and the questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAbstractButton, QLabel, QPushButton

from realtime_fer.core.enums import Privacy
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import LANGUAGES, Wording, in_language
from realtime_fer.gui.analyse.analyses import MOST_WAITING, Analyses, State
from realtime_fer.gui.analyse.list_window import AnalysesWindow, Offers
from realtime_fer.gui.analyse.words import progress_words, state_words, status_words
from realtime_fer.gui.dialogs import open_dialogs
from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.widgets.notice import Severity
from realtime_fer.runtime.analyses.child import AnalysisEnd, AnalysisProgress
from realtime_fer.runtime.analyses.request import AnalysisRequest
from realtime_fer.runtime.events import SourceOpened


@dataclass
class FakeChild:
    """A child that does what the test tells it to."""

    request: AnalysisRequest
    on_progress: Callable[[AnalysisProgress], None]
    on_end: Callable[[AnalysisEnd], None]
    asked: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.asked.append("start")

    def request_stop(self) -> None:
        self.asked.append("stop")

    def join(self, timeout_s: float) -> bool:
        self.asked.append("join")
        return True


class Children:
    """Makes them and keeps them."""

    def __init__(self) -> None:
        self.made: list[FakeChild] = []

    def __call__(self, *arguments: Any) -> FakeChild:
        self.made.append(FakeChild(*arguments))
        return self.made[-1]


@pytest.fixture
def children() -> Children:
    return Children()


@pytest.fixture
def analyses(qtbot: Any, children: Children) -> Analyses:
    return Analyses(make_child=children)


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., AnalysisRequest]:
    return lambda name="clip.mp4": AnalysisRequest(tmp_path / name, tmp_path / "recordings", Settings())


def progress(done: int, expected: int | None = 100) -> AnalysisProgress:
    return AnalysisProgress(done, expected, done / 25, done / 50)


# The queue


def test_one_runs_at_a_time_in_the_order_asked(qtbot: Any, analyses: Analyses, children: Children, ask: Any) -> None:
    assert analyses.add([ask("a.mp4"), ask("b.mp4")]) == 0
    first, second = analyses.all
    assert (first.state, second.state) == (State.STARTING, State.WAITING)
    assert [child.request.source.name for child in children.made] == ["a.mp4"]
    children.made[0].on_progress(progress(10))
    qtbot.waitUntil(lambda: first.state is State.RUNNING)
    children.made[0].on_end(AnalysisEnd(100, Path("session"), Path("report.html")))
    qtbot.waitUntil(lambda: second.state is State.STARTING)
    assert first.state is State.DONE
    assert children.made[0].asked == ["start", "join"]
    children.made[1].on_end(AnalysisEnd(sentence="There is no picture."))
    qtbot.waitUntil(lambda: second.state is State.FAILED)
    assert analyses.running is None
    analyses.clear_done()
    assert analyses.all == ()


def test_one_that_runs_keeps_what_there_is_and_one_that_waits_goes(
    qtbot: Any, analyses: Analyses, children: Children, ask: Any
) -> None:
    analyses.add([ask("a.mp4"), ask("b.mp4")])
    first, second = analyses.all
    analyses.cancel(second)
    assert analyses.all == (first,)
    analyses.cancel(first)
    assert (first.state, children.made[0].asked) == (State.STOPPING, ["start", "stop"])
    children.made[0].on_progress(progress(11))
    end = AnalysisEnd(11, Path("session"), sentence="The analysis was stopped after 11 frames.", stopped=True)
    children.made[0].on_end(end)
    qtbot.waitUntil(lambda: first.state is State.INCOMPLETE)
    assert state_words(first) == "Incomplete: The analysis was stopped after 11 frames."
    assert len(children.made) == 1


def test_too_many_are_refused_and_counted(analyses: Analyses, ask: Any) -> None:
    assert analyses.add([ask()] * (MOST_WAITING + 3)) == 3 - 1 + 1
    assert len(analyses.waiting) == MOST_WAITING - 1


def test_the_window_s_end_stops_all(analyses: Analyses, children: Children, ask: Any) -> None:
    analyses.add([ask("a.mp4"), ask("b.mp4")])
    analyses.stop()
    assert (len(analyses.all), children.made[0].asked) == (1, ["start", "stop"])
    assert analyses.join(1.0)
    assert analyses.add([ask()]) == 1
    assert len(children.made) == 1


# Words


def test_progress_in_words() -> None:
    told = progress_words(progress(25), in_time=True)
    assert told == "25 of 100 frames · 50.0 frames/s · 2.0 × real time · 00:02 left"
    assert progress_words(progress(1, None), in_time=False) == "1 frame · 50.0 frames/s"
    assert progress_words(AnalysisProgress(1, None, 0.0, 0.0), in_time=True) == "1 frame"
    assert progress_words(progress(12000, 20000), in_time=False).startswith("12\u202f000 of 20\u202f000 frames")


def test_the_status_bar_s_words(analyses: Analyses, ask: Any) -> None:
    analyses.add([ask()])
    (analysis,) = analyses.all
    assert status_words(analysis, 0) == "Analysing…"
    analysis.progress = progress(42)
    assert status_words(analysis, 2) == "Analysing 42 % · 2 waiting"
    analysis.progress = progress(7, None)
    assert status_words(analysis, 0) == "Analysing: 7 frames"


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (AnalysisEnd(2512, Path("s")), "Done: 2512 frames."),
        (AnalysisEnd(9, Path("s"), remark="The sound is left out: MP4 cannot hold PCM."), "left out: MP4"),
        (AnalysisEnd(stopped=True), "Stopped before the first frame; nothing is kept."),
        (AnalysisEnd(sentence=Wording("Source", "There is no file.")), "There is no file."),
    ],
)
def test_the_end_in_words(
    qtbot: Any, analyses: Analyses, children: Children, ask: Any, end: AnalysisEnd, told: str
) -> None:
    analyses.add([ask()])
    (analysis,) = analyses.all
    with qtbot.waitSignal(analyses.finished):
        children.made[0].on_end(end)
    assert told in state_words(analysis)


# The list


@pytest.fixture
def shown(qtbot: Any, analyses: Analyses) -> Iterator[tuple[AnalysesWindow, list[tuple[str, Path]]]]:
    opened: list[tuple[str, Path]] = []
    parent = QLabel()
    qtbot.addWidget(parent)
    offers = Offers(
        lambda path: opened.append(("folder", path)),
        lambda path: opened.append(("page", path)),
        lambda path: opened.append(("review", path)),
    )
    window = AnalysesWindow(analyses, offers, lambda: None, DARK, parent)
    qtbot.addWidget(window)
    window.open()
    yield window, opened
    del parent


def test_a_row_shows_one_analysis_and_offers_what_can_be_done(
    qtbot: Any, analyses: Analyses, children: Children, ask: Any, shown: Any, tmp_path: Path
) -> None:
    window, opened = shown
    analyses.add([ask("a\u202egpj.mp4"), ask("b.mp4")])
    first, second = analyses.all
    row = window.row(first)
    assert not any("\u202e" in label.text() for label in row.findChildren(QLabel))
    assert (row.cancel.text(), window.row(second).cancel.text()) == ("Cancel", "Remove")
    children.made[0].on_progress(progress(50))
    qtbot.waitUntil(lambda: first.state is State.RUNNING)
    assert any("50 of 100 frames" in label.text() for label in row.findChildren(QLabel))
    assert not row.folder.isVisible()
    row.cancel.setFocus()
    qtbot.keyClick(row.cancel, Qt.Key_Space)
    assert first.state is State.STOPPING
    assert not row.cancel.isEnabled()
    children.made[0].on_end(AnalysisEnd(50, tmp_path, tmp_path / "report.html", "Stopped.", stopped=True))
    qtbot.waitUntil(lambda: first.state is State.INCOMPLETE)
    for button in (row.folder, row.report, row.review):
        qtbot.mouseClick(button, Qt.LeftButton)
    assert opened == [("folder", tmp_path), ("page", tmp_path / "report.html"), ("review", tmp_path)]
    qtbot.mouseClick(window.clear, Qt.LeftButton)
    assert first not in analyses.all
    qtbot.keyClick(window, Qt.Key_Escape)
    assert not window.isVisible()


# The window


@pytest.fixture
def playing(stage: Any, tmp_path: Path, children: Children) -> Any:
    """A window in which a file plays, and whose analyses are made up."""
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"film")
    stage.window.analyse.analyses.make_child = children
    stage.window.sources.open(str(clip))
    stage.say(SourceOpened(request_of(str(clip)), "clip.mp4", False))
    stage.engine.calls.clear()
    return stage


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
    assert "loses frames" in control.question.text()
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
