"""The review window with recordings that the program made."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt

from realtime_fer import assembly
from realtime_fer.core.corrections.annotations import (
    FILE_NAME,
)
from realtime_fer.core.corrections.recording import RecordedRows
from realtime_fer.core.enums import Film
from realtime_fer.gui.review.film_view import Drawn
from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.gui.review.review_window import ReviewWindow
from realtime_fer.review.recording import read_recording
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources import VideoFileSource
from tests.gui.review.conftest import Files, press, texts
from tests.sinks.conftest import build_result


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
    qtbot.waitUntil(lambda: any("was read again; it is complete" in text for text in texts(window)))
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
