"""The review window with a recording of arrays, and with one that the program made."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from realtime_fer import assembly
from realtime_fer.core.corrections.annotations import (
    FILE_NAME,
    Annotations,
    ReviewMarker,
    Span,
    read_annotations,
)
from realtime_fer.core.corrections.recording import RecordedRows, Recording
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import ReviewError, SinkError
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.gui.review.control import ReviewControl
from realtime_fer.gui.review.export_dialog import format_titles
from realtime_fer.gui.review.film_view import Drawn
from realtime_fer.gui.review.review_commands import REVIEW_COMMANDS
from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.gui.review.review_window import ReviewWindow
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from realtime_fer.gui.widgets.notice import Severity
from realtime_fer.review.recording import read_recording
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources import VideoFileSource
from tests.gui.review.conftest import rows_of
from tests.sinks.conftest import build_result


class Files:
    """Files of a test: one recording, and a folder that corrections go into."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.claimed = False
        self.fault: Exception | None = None
        self.exported: list[tuple[Sequence[str], Path]] = []
        self.saves = 0
        self.gate = threading.Event()
        self.gate.set()

    def read(self, folder: Path, progress: Callable[[float], None]) -> Recording:
        progress(0.5)
        assert self.gate.wait(10)
        progress(0.9)
        return self.recording

    def save(self, folder: Path, annotations: Annotations) -> None:
        if self.fault is not None:
            raise self.fault
        self.saves += 1
        assembly.save_corrections(folder, annotations)

    def claim(self, folder: Path) -> Callable[[], None] | None:
        if self.claimed:
            return None
        self.claimed = True

        def release() -> None:
            self.claimed = False

        return release

    def open_film(self, path: Path) -> SeekableSource:
        raise AssertionError("there is no video")

    def report(self, folder: Path) -> Path:
        return folder / "report.html"

    def export(self, folder: Path, formats: Sequence[str], into: Path) -> list[Path]:
        self.exported.append((formats, into))
        return [into / f"{name}.out" for name in formats]

    @property
    def functions(self) -> ReviewFiles:
        return ReviewFiles(self.read, self.save, self.claim, self.open_film, self.report, self.export)


@pytest.fixture
def files(recording: Recording) -> Files:
    return Files(recording)


@pytest.fixture
def open_window(qtbot: Any, appearance: Appearance, tmp_path: Path) -> Iterator[Callable[..., ReviewWindow]]:
    windows: list[ReviewWindow] = []

    def make(functions: ReviewFiles, folder: Path = tmp_path, waits: bool = True) -> ReviewWindow:
        window = ReviewWindow(folder, functions, appearance.theme)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1000, 700)
        window.show()
        if waits:
            with qtbot.waitSignal(window.loaded):
                window.begin()
        else:
            window.begin()
        return window

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def window(open_window: Callable[..., ReviewWindow], files: Files) -> ReviewWindow:
    return open_window(files.functions)


def press(qtbot: Any, window: ReviewWindow, *keys: Any, modifier: Any = Qt.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def texts(window: ReviewWindow) -> list[str]:
    return [notice.text for notice in window.notices.notices]


def test_edits_by_their_keys_are_saved_soon_after(window: ReviewWindow, files: Files, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    document = page.document
    page.choose_person(2)
    press(qtbot, window, Qt.Key_H)
    page.player.seek(2.0)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(2.0))
    press(qtbot, window, Qt.Key_K)
    page.choose_person(1)
    press(qtbot, window, Qt.Key_S)
    assert page.timeline.chosen == 3, "whoever is new is chosen"
    press(qtbot, window, Qt.Key_I)
    page.player.seek(3.0)
    press(qtbot, window, Qt.Key_O, Qt.Key_X)
    press(qtbot, window, Qt.Key_Z, modifier=Qt.ControlModifier)
    assert document.now.excluded == ()
    press(qtbot, window, Qt.Key_Y, modifier=Qt.ControlModifier)
    qtbot.waitUntil(lambda: not document.changed)
    saved = read_annotations(files.recording.folder)
    assert saved == document.now
    assert saved.hidden == {2}
    assert saved.markers == (ReviewMarker(1.0, "door"), ReviewMarker(2.0, "Marker 2"))
    assert [(split.face_id, split.frame, split.new_id) for split in saved.splits] == [(1, 20, 3)]
    assert saved.excluded == (Span(2.0, 3.1),)


def test_a_name_is_typed_in_the_list(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    page.choose_person(2)
    press(qtbot, window, Qt.Key_N)
    editor = page.people.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Anna sk")
    qtbot.keyClick(editor, Qt.Key_Return)
    qtbot.waitUntil(lambda: page.document.now.names == {2: "Anna sk"})
    assert page.document.now.splits == (), "letters that are keys of commands belong to the name"
    assert window.actions_by_name["undo"].text() == "&Undo: Name person 2"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_people_are_merged_and_separated_from_a_menu(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    page.choose_person(2)
    press(qtbot, window, Qt.Key_M)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Person 2 is the same person as", "Person 1"]
    menu.actions()[1].trigger()
    menu.close()
    assert [track.numbers for track in page.document.tracks] == [(1, 2)]
    assert any("in view in 20 frames" in text for text in texts(window))
    assert page.timeline.chosen == 1
    press(qtbot, window, Qt.Key_M, modifier=Qt.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert [track.person for track in page.document.tracks] == [1, 2]
    assert not any("in view in 20 frames" in text for text in texts(window)), "true only while they were merged"


def test_a_click_in_the_timeline_goes_there_and_chooses_the_person(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    timeline = page.timeline
    box = timeline._boxes[1]
    scene = box.mapViewToScene(QPointF(2.5, 1.5))
    qtbot.mouseClick(timeline.viewport(), Qt.LeftButton, pos=QPoint(*map(round, (scene.x(), scene.y()))))
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(2.5, abs=0.06))
    assert timeline.chosen == 2
    qtbot.waitUntil(lambda: len(page.film.faces) == 2)


def test_the_timeline_zooms_about_the_playhead_and_back(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    page.player.seek(1.0)
    press(qtbot, window, Qt.Key_Z)
    low, high = page.timeline.visible
    assert low < 1.0 < high
    assert high - low == pytest.approx(4.0 / 1.6, abs=0.01)
    assert (1.0 - low) / (high - low) == pytest.approx(0.25, abs=0.01)
    press(qtbot, window, Qt.Key_W)
    assert page.timeline.visible == pytest.approx((0.0, 4.0))


def test_a_marker_is_dragged_by_its_text_and_its_note_edited(
    window: ReviewWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 0)
    page = window.page
    assert page is not None
    timeline = page.timeline
    (flag,) = timeline.flags.flags
    second_px = timeline._boxes[0].width() / timeline._boxes[0].viewRect().width()
    text = flag.label.mapToScene(flag.label.boundingRect().center()).toPoint()
    qtbot.mousePress(timeline.viewport(), Qt.LeftButton, pos=text)
    for moved_px in (second_px / 2, second_px):
        place = text + QPoint(round(moved_px), 0)
        buttons = (Qt.NoButton, Qt.LeftButton, Qt.NoModifier)
        move = QMouseEvent(QEvent.MouseMove, QPointF(place), *buttons)
        QApplication.sendEvent(timeline.viewport(), move)
    qtbot.mouseRelease(timeline.viewport(), Qt.LeftButton, pos=place)
    ((time_s, note),) = page.document.markers
    assert (time_s, note) == (pytest.approx(2.0, abs=0.05), "door")
    (flag,) = timeline.flags.flags
    text = flag.label.mapToScene(flag.label.boundingRect().center()).toPoint()
    qtbot.mouseClick(timeline.viewport(), Qt.LeftButton, pos=text)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(time_s, abs=0.06))
    assert page.markers.chosen == 0
    press(qtbot, window, Qt.Key_K, modifier=Qt.ShiftModifier)
    editor = page.markers.findChild(QLineEdit)
    assert editor is not None
    editor.setText("the door")
    qtbot.keyClick(editor, Qt.Key_Return)
    qtbot.waitUntil(lambda: page.document.markers == (ReviewMarker(time_s, "the door"),))
    press(qtbot, window, Qt.Key_Delete)
    assert page.document.markers == ()


def test_steps_and_playing_move_the_playhead(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    press(qtbot, window, Qt.Key_Period)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(0.1))
    press(qtbot, window, Qt.Key_Comma)
    qtbot.waitUntil(lambda: page.player.position_s == 0.0)
    page.player.set_speed(4.0)
    press(qtbot, window, Qt.Key_Space)
    qtbot.waitUntil(lambda: not page.player.is_playing and page.player.position_s > 3.8)


def test_the_second_window_is_told_and_cannot_edit(
    window: ReviewWindow, open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any
) -> None:
    second = open_window(files.functions)
    assert any("another window already" in text for text in texts(second))
    assert second.page is not None
    assert not second.actions_by_name["split"].isEnabled()
    second.page.document.rename(1, "Anna")
    assert second.page.document.now.names == {}
    window.close()
    assert not files.claimed
    third = open_window(files.functions)
    assert third.actions_by_name["split"].isEnabled()


def test_corrections_that_cannot_be_read_are_left_as_they_are(
    open_window: Callable[..., ReviewWindow], files: Files
) -> None:
    path = files.recording.folder / FILE_NAME
    path.write_text("{}")
    window = open_window(files.functions)
    assert any("does not hold corrections" in text for text in texts(window))
    window.close()
    assert path.read_text() == "{}"


def test_what_is_no_recording_is_said(open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any) -> None:
    def refuse(folder: Path, progress: Callable[[float], None]) -> Recording:
        raise ReviewError("'{folder}' is not a recording.", folder=folder.name)

    window = open_window(replace(files.functions, read=refuse), waits=False)
    qtbot.waitUntil(lambda: "is not a recording" in window._waiting.message[1])
    assert window.page is None


def test_closing_while_it_reads_ends_the_reading(
    open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any
) -> None:
    files.gate.clear()
    window = open_window(files.functions, waits=False)
    qtbot.waitUntil(lambda: "50" in window._waiting.message[1])
    window._reading._stopped.set()
    files.gate.set()
    window.close()
    assert window.page is None


def test_edits_that_cannot_be_saved_keep_the_window_open_once(window: ReviewWindow, files: Files, qtbot: Any) -> None:
    assert window.page is not None
    files.fault = SinkError("The disk is full.")
    window.page.document.rename(1, "Anna")
    window.close()
    assert window.isVisible()
    assert "The disk is full." in texts(window)
    files.fault = None
    window.page.document.rename(1, "Berta")
    window.close()
    assert not window.isVisible()
    assert read_annotations(files.recording.folder).names == {1: "Berta"}


def test_closing_at_once_after_an_edit_loses_nothing(window: ReviewWindow, files: Files) -> None:
    assert window.page is not None
    window.page.document.set_hidden(2, True)
    window.close()
    assert read_annotations(files.recording.folder).hidden == {2}


def test_names_that_a_running_recording_gives_meanwhile_are_kept(
    window: ReviewWindow, files: Files, qtbot: Any
) -> None:
    assert window.page is not None
    document = window.page.document
    document.rename(1, "Anna")
    qtbot.waitUntil(lambda: not document.changed)
    assembly.save_corrections(files.recording.folder, document.now.renamed(2, "Ben"))
    document.set_hidden(1, True)
    qtbot.waitUntil(lambda: not document.changed)
    saved = read_annotations(files.recording.folder)
    assert (dict(saved.names), saved.hidden) == ({1: "Anna", 2: "Ben"}, {1})
    assert document.name_of(2) == "Ben"


def test_the_export_dialog_tells_what_is_left_out_and_exports(
    window: ReviewWindow, files: Files, tmp_path: Path, qtbot: Any
) -> None:
    assert window.page is not None
    window.page.document.rename(2, "Ben")
    window.page.document.set_hidden(2, True)
    press(qtbot, window, Qt.Key_E, modifier=Qt.ControlModifier)
    dialog = window._dialog
    assert dialog is not None
    window.page.document.exclude(0.0, 1.5)  # the dialog leaves the window to be edited
    assert dialog.left_out.text() == "Left out: hidden people (Ben), excluded spans (0:01.5)."
    assert dialog.formats == ["csv"]
    dialog.boxes["csv"].setChecked(False)
    assert not dialog.export.isEnabled()
    for name in ("elan", "bids"):
        dialog.boxes[name].setChecked(True)
    dialog.folder.setText(str(tmp_path / "out"))
    qtbot.mouseClick(dialog.export, Qt.LeftButton)
    qtbot.waitUntil(lambda: any(text.startswith("Exported: ") for text in texts(window)))
    assert files.exported == [(["bids", "elan"], tmp_path / "out")]
    assert window.notices.notices[0].folder == tmp_path / "out"
    assert read_annotations(files.recording.folder).hidden == {2}, "it is saved before it is exported"


def test_every_form_of_export_is_offered_with_its_use() -> None:
    assert list(format_titles()) == list(EXPORT_FORMATS)


def test_the_report_is_offered_once_it_is_made(window: ReviewWindow, qtbot: Any) -> None:
    press(qtbot, window, Qt.Key_R, modifier=Qt.ControlModifier)
    qtbot.waitUntil(lambda: window.notices.notices[0].page is not None)
    assert window.notices.notices[0].folder is not None


def test_no_key_means_two_things_and_every_command_has_one() -> None:
    keys = [key for command in REVIEW_COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert all(command.keys and command.help for command in REVIEW_COMMANDS)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_recording_is_opened_once(qtbot: Any, files: Files, appearance: Appearance, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    control = ReviewControl(owner, files.functions, lambda: tmp_path, lambda: appearance.theme)
    control.open(tmp_path)
    control.open(tmp_path / ".." / tmp_path.name)
    assert len(control.windows) == 1
    (window,) = control.windows.values()
    qtbot.waitUntil(lambda: window.page is not None)
    control.stop()
    assert control.windows == {}


def test_nobody_in_a_recording_is_said(open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any) -> None:
    empty = rows_of([(0, 1, 0)])
    nothing = replace(empty, **{name: values[:0] for name, values in vars(empty).items()})
    files.recording = replace(files.recording, rows=nothing)
    window = open_window(files.functions)
    assert "Nobody was seen in this recording." in texts(window)
    press(qtbot, window, Qt.Key_S, Qt.Key_M, Qt.Key_N, Qt.Key_H, Qt.Key_Down)


@pytest.mark.parametrize("film", [Film.BOTH, Film.ANNOTATED])
def test_a_recording_of_the_program_is_shown_edited_and_exported(
    film: Film, open_window: Callable[..., ReviewWindow], tmp_path: Path, qtbot: Any
) -> None:
    with RecordingSink(tmp_path, film=film) as sink:
        for frame in range(20):
            sink.write(build_result(frame / 10, faces=2))
    functions = ReviewFiles(
        read_recording,
        assembly.save_corrections,
        assembly.claim_review,
        VideoFileSource,
        assembly.write_report,
        assembly.export_recording,
    )
    folder = sink.folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    window = open_window(functions, folder)
    page = window.page
    assert page is not None
    qtbot.waitUntil(lambda: not page.film.place.isEmpty())
    page.player.seek(1.25)
    qtbot.waitUntil(lambda: page.film._time_s == pytest.approx(1.2, abs=0.02))
    assert [face.overlay.identity for face in page.film.faces] == [1, 2]
    page.choose_person(1)
    press(qtbot, window, Qt.Key_S)
    page.document.rename(3, "Anna")
    assert [face.overlay.name for face in page.film.faces] == ["Anna", ""]
    page.film.grab()
    window._export(["csv"], folder / "out")
    qtbot.waitUntil(lambda: any(text.startswith("Exported: ") for text in texts(window)), timeout=10_000)
    window.close()
    assert "Anna" in (folder / "out" / "expressions-corrected.csv").read_text(encoding="utf-8")
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before, "what was recorded stays as it is"
    assert set(after) - set(before) == {FILE_NAME}


def test_a_video_that_cannot_be_opened_leaves_its_numbers_to_be_reviewed(
    open_window: Callable[..., ReviewWindow], files: Files, tmp_path: Path, qtbot: Any
) -> None:
    broken = tmp_path / "video.mp4"
    broken.write_bytes(b"no video")
    files.recording = replace(files.recording, video=broken)
    window = open_window(replace(files.functions, open_film=VideoFileSource))
    page = window.page
    assert page is not None
    qtbot.waitUntil(lambda: any("is not a video or is damaged" in text for text in texts(window)))
    page.player.seek(2.0)
    qtbot.waitUntil(lambda: [face.overlay.identity for face in page.film.faces] == [1, 2])


def test_a_change_of_theme_reaches_the_window(window: ReviewWindow, appearance: Appearance) -> None:
    assert window.page is not None
    appearance.set_scale(150)
    assert window.page.timeline._theme.scale_percent == 150
    window.page.grab()


def test_the_original_can_be_shown_in_place_of_a_video_with_boxes(
    open_window: Callable[..., ReviewWindow], tmp_path: Path, qtbot: Any
) -> None:
    folders = {}
    for film in (Film.ANNOTATED, Film.CLEAN):
        with RecordingSink(tmp_path, film=film) as sink:
            for frame in range(20):
                sink.write(build_result(frame / 10, faces=2))
        folders[film] = sink.folder
    files = ReviewFiles(
        read_recording,
        assembly.save_corrections,
        assembly.claim_review,
        VideoFileSource,
        assembly.write_report,
        assembly.export_recording,
    )
    window = open_window(files, folders[Film.ANNOTATED])
    page = window.page
    assert page is not None
    assert any("“Show another video…”" in text for text in texts(window))
    assert page.film.drawn is Drawn.NAMES
    page.player.seek(1.25)
    qtbot.waitUntil(lambda: page.film._time_s == pytest.approx(1.2, abs=0.02))
    page.show_video(folders[Film.CLEAN] / "video.mp4")
    assert page.film.drawn is Drawn.BARS
    shown: list[float] = []
    page.player.frame_shown.connect(lambda frame: shown.append(frame.time_s))
    qtbot.waitUntil(lambda: shown[-1:] == [pytest.approx(1.2, abs=0.02)])


def test_tab_goes_through_the_window_as_one_reads_it(window: ReviewWindow) -> None:
    page = window.page
    assert page is not None
    order: list[Any] = []
    widget: Any = page.film
    while (widget := widget.nextInFocusChain()) is not page.film:
        order.append(widget)
    places = [
        order.index(part)
        for part in (page.bar.play, page.bar.slider, page.switches.choice, page.tabs.tabBar(), page.people)
    ]
    places += [order.index(page.pages[0].buttons["name"]), order.index(page.markers), order.index(page.timeline)]
    assert places == sorted(places)


def test_a_low_window_keeps_rows_in_view_and_leaves_the_rest_to_menus(
    window: ReviewWindow, appearance: Appearance, qtbot: Any
) -> None:
    page = window.page
    assert page is not None
    first = page.pages[0]
    assert not first.more.isVisible()
    assert page.switches.isVisible()
    appearance.set_scale(200)
    window._say("one", Severity.WARNING, "first")
    window._say("two", Severity.WARNING, "second")
    window.resize(1000, 540)
    qtbot.waitUntil(first.more.isVisible)
    assert [name for name, button in first.buttons.items() if button.isVisible()] == ["name"]
    assert [action.text() for action in first.menu.actions()] == [
        window.actions_by_name[name].text() for name in ("merge", "split", "hide", "separate")
    ]
    viewport = page.people.viewport()
    assert viewport is not None
    second_row = page.people.topLevelItem(1)
    qtbot.waitUntil(lambda: page.people.visualItemRect(second_row).bottom() < viewport.height())
    assert first.more.geometry().bottom() < first.height()
    # Both people are in the timeline.
    qtbot.waitUntil(lambda: page.timeline._boxes[1].viewRange()[1] == [0.0, 2.0])
    assert sum(row.isVisible() for row in window.notices._rows) == 1
    assert not page.switches.isVisible()
    page.switches.menu.actions()[-1].trigger()
    assert page.film.drawn is Drawn.NOTHING
    appearance.set_scale(100)
    qtbot.waitUntil(lambda: first.buttons["separate"].isVisible() and not first.more.isVisible())


def test_a_recording_that_is_still_written_is_read_again_at_its_end_and_keeps_corrections(
    open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any, tmp_path: Path
) -> None:
    whole = files.recording
    first = np.flatnonzero(whole.rows.time_s < 2.0)
    part = RecordedRows(**{name: values[first] for name, values in vars(whole.rows).items()})
    (tmp_path / "expressions.csv").touch()
    facts = tmp_path / "session.json"
    facts.write_text('{"complete": false}')
    files.recording = replace(whole, rows=part, duration_s=2.0, markers=(), is_complete=False)
    window = open_window(files.functions)
    page, following = window.page, window._following
    assert page is not None
    assert following is not None
    assert any("still being written; it is shown up to 0:02.0" in text for text in texts(window))
    assert following._timer.isActive()
    page.document.rename(1, "Anna")
    page.document.add_marker(0.5, "mine")
    assert page.document.split(1, 1.0) > 1000, "the recording goes on counting"
    following.look()
    assert not following._reading.is_running
    facts.write_text('{"complete": true}')
    files.recording = whole
    following.look()
    qtbot.waitUntil(lambda: any("it is complete" in text for text in texts(window)))
    assert not following._timer.isActive()
    assert page.document.duration_s == 4.0
    assert page.document.name_of(1) == "Anna"
    assert [marker.text for marker in page.document.markers] == ["mine", "door"]
    assert page.timeline.visible == (0.0, 4.0)
    assert page.document.undo_title
    assert page.timeline.columns_of(2).in_view_s == pytest.approx(2.0, abs=0.2)


def test_a_recording_whose_program_ended_is_not_waited_for(
    open_window: Callable[..., ReviewWindow], files: Files, tmp_path: Path
) -> None:
    for name, text in (("expressions.csv", ""), ("session.json", '{"complete": false}')):
        (tmp_path / name).write_text(text)
        os.utime(tmp_path / name, (1e9, 1e9))
    files.recording = replace(files.recording, is_complete=False)
    window = open_window(files.functions)
    assert any("was not finished" in text for text in texts(window))
    assert window._following is not None
    assert not window._following._timer.isActive()
