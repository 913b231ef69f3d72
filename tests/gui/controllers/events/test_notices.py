from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtWidgets import QLabel, QPushButton, QToolButton

from realtime_fer.core.request import request_of
from realtime_fer.gui.controllers.events.notices import notice_for, spoken_duration
from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.widgets import notice_row
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.titles import clock_duration
from realtime_fer.runtime import events

FOLDER = Path("/videos/2025-01-02_03-04-05")


@pytest.mark.parametrize(
    ("seconds", "spoken", "clock"),
    [(0.2, "0 s", "00:00"), (12.4, "12 s", "00:12"), (185, "3 min 05 s", "03:05"), (3725, "1 h 02 min", "1:02:05")],
)
def test_durations(seconds: float, spoken: str, clock: str) -> None:
    assert spoken_duration(seconds) == spoken
    assert clock_duration(seconds) == clock


@pytest.mark.parametrize(
    ("event", "severity", "parts"),
    [
        (
            events.SourceOpened(request_of("demo"), "Demo", False, "No camera was found, so the demo is playing."),
            Severity.WARNING,
            ["No camera was found"],
        ),
        (
            events.ModelRefused("x", "The file is damaged.", "a"),
            Severity.ERROR,
            ["The file is damaged. Model A keeps running."],
        ),
        (
            events.ModelAdopted(
                "a", ("happy",), 1.0, warning="The model a seems to have been trained on pixels of 0 to 1."
            ),
            Severity.WARNING,
            ["seems to have been trained on pixels of 0 to 1."],
        ),
        (
            events.ModelAdopted("a", ("happy",), 1.0, "There is no model 'x'."),
            Severity.WARNING,
            ["There is no model 'x'. Using Model A instead."],
        ),
        (events.ModelRefused("x", "The file is damaged.", ""), Severity.ERROR, ["The file is damaged."]),
        (
            events.DetectorAdopted("haar", "The file is not there. Run: realtime-fer fetch-detectors"),
            Severity.WARNING,
            ["Run: realtime-fer fetch-detectors", "Using Haar Cascade for now."],
        ),
        (
            events.DetectorRefused("mediapipe-far", "It does not load.", "mediapipe-near"),
            Severity.ERROR,
            ["It does not load. MediaPipe, near keeps running."],
        ),
        (events.MarkerAdded(3, 5.0, "3"), Severity.SUCCESS, ["Marker 3 added."]),
        (events.MarkerAdded(4, 5.0, "laughs"), Severity.SUCCESS, ["Marker 4 added: “laughs”."]),
        (events.MarkerRefused("There is no picture yet."), Severity.WARNING, ["There is no picture yet."]),
        (events.RecordingStopped(FOLDER, 72.0, 2000, 0), Severity.SUCCESS, ["1 min 12 s", FOLDER.name]),
        (
            events.RecordingStopped(FOLDER, 72.0, 2000, 0, silent_s=20.0),
            Severity.SUCCESS,
            ["1 min 12 s", "No new frame arrived during the last 20 s"],
        ),
        (events.RecordingStopped(FOLDER, 72.0, 2000, 1), Severity.SUCCESS, ["1 frame was dropped"]),
        (events.RecordingStopped(FOLDER, 72.0, 2000, 7), Severity.SUCCESS, ["7 frames were dropped"]),
        (
            events.RecordingStopped(FOLDER, 5.0, 99, 0, "The disk is full."),
            Severity.ERROR,
            ["The disk is full. The 5 s recorded until then are saved"],
        ),
        (events.RecordingStopped(Path(), 0.0, 0, 0, "The folder is not writable."), Severity.ERROR, ["not writable."]),
        (events.RecordingStopped(FOLDER, 0.0, 0, 0), Severity.INFO, ["nothing was saved"]),
        (events.SnapshotSaved(FOLDER / "a.png"), Severity.SUCCESS, ["a.png"]),
        (events.HiddenInDoubt(2), Severity.INFO, ["somebody you hid", "Press P"]),
        (events.SnapshotFailed("There is no picture yet."), Severity.ERROR, ["There is no picture yet."]),
    ],
)
def test_every_event_that_needs_words_has_them(event: events.EngineEvent, severity: Severity, parts: list[str]) -> None:
    notice = notice_for(event, {"a": "Model A"}.__getitem__)
    assert notice is not None
    assert notice.severity is severity
    for part in parts:
        assert part in notice.text


def test_a_folder_is_offered_only_where_something_is_in_it() -> None:
    assert notice_for(events.RecordingStopped(FOLDER, 3.0, 90, 0)).folder == FOLDER  # type: ignore[union-attr]
    assert notice_for(events.RecordingStopped(Path(), 0.0, 0, 0, "No.")).folder is None  # type: ignore[union-attr]
    assert notice_for(events.SnapshotSaved(FOLDER / "a.png")).folder == FOLDER  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "event",
    [
        events.SourceOpened(request_of("0"), "Camera", True),
        events.SourceEnded(request_of("a.mp4")),
        events.DetectorAdopted("haar"),
        events.ModelAdopted("a", ("happy",)),
        events.RecordingStarted(FOLDER),
    ],
)
def test_what_goes_as_wanted_says_nothing(event: events.EngineEvent) -> None:
    assert notice_for(event) is None


@pytest.fixture
def opened() -> list[Path]:
    return []


@pytest.fixture
def bar(qtbot: Any, opened: list[Path]) -> NoticeBar:
    bar = NoticeBar(DARK, opened.append)
    qtbot.addWidget(bar)
    return bar


def test_a_newer_notice_of_a_topic_takes_the_older_ones_place(bar: NoticeBar) -> None:
    assert bar.isHidden()
    bar.show_notice(Notice("model", Severity.ERROR, "first"))
    bar.show_notice(Notice("source", Severity.WARNING, "second"))
    bar.show_notice(Notice("model", Severity.ERROR, "third"))
    assert [notice.text for notice in bar.notices] == ["third", "second"]
    assert not bar.isHidden()
    bar.dismiss("model")
    bar.dismiss("model")
    bar.dismiss("source")
    assert bar.notices == ()
    assert bar.isHidden()


def test_a_passing_notice_makes_room_before_one_that_matters(bar: NoticeBar) -> None:
    bar.show_notice(Notice("detector", Severity.WARNING, "stays"))
    bar.show_notice(Notice("snapshot", Severity.SUCCESS, "passes"))
    bar.show_notice(Notice("model", Severity.ERROR, "stays too"))
    bar.show_notice(Notice("recording", Severity.SUCCESS, "newest"))
    assert [notice.topic for notice in bar.notices] == ["recording", "model", "detector"]
    bar.clear()


def test_good_news_goes_by_itself_and_a_warning_stays(
    bar: NoticeBar, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_row, "PASSING_MS", 1)
    bar.show_notice(Notice("source", Severity.WARNING, "stays"))
    bar.show_notice(Notice("snapshot", Severity.SUCCESS, "goes"))
    qtbot.waitUntil(lambda: [notice.topic for notice in bar.notices] == ["source"])


def test_a_low_window_shows_the_newest_alone_and_the_next_when_it_is_gone(
    bar: NoticeBar, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime_fer.gui.widgets.notice_row.PASSING_MS", 20)
    bar.set_low(True)
    bar.show_notice(Notice("passing", Severity.INFO, "read me"))
    bar.show_notice(Notice("lasting", Severity.WARNING, "now"))
    newest, behind = bar._rows
    assert (newest.isVisible(), behind.isVisible()) == (True, False)
    assert newest._more.text() == "+1"
    qtbot.wait(60)
    assert len(bar.notices) == 2, "nobody has read the one behind"
    bar.dismiss("lasting")
    assert behind.isVisible()
    qtbot.waitUntil(lambda: not bar.notices)


def test_its_buttons_open_the_folder_and_close_it(bar: NoticeBar, opened: list[Path]) -> None:
    bar.show_notice(Notice("recording", Severity.SUCCESS, "saved", FOLDER))
    bar.findChild(QPushButton).click()
    assert opened == [FOLDER]
    bar.findChild(QToolButton).click()
    assert bar.notices == ()


def test_a_files_name_is_no_markup(bar: NoticeBar) -> None:
    bar.show_notice(Notice("source", Severity.WARNING, "<b>video</b>.mp4"))
    label = next(label for label in bar.findChildren(QLabel) if "video" in label.text())
    assert "<b>" in label.text()
    assert label.textFormat() == 0


@pytest.mark.parametrize("width", [320, 1400])
def test_in_a_narrow_window_the_buttons_stand_below_the_text(
    bar: NoticeBar, qtbot: Any, tmp_path: Path, width: int
) -> None:
    bar.resize(width, 200)
    bar.show_notice(Notice("report", Severity.SUCCESS, "a " * 40, tmp_path, page=tmp_path / "report.html"))
    bar.show()
    qtbot.waitExposed(bar)
    assert bar.minimumSizeHint().width() < 100, "it must not widen the window"
    row = bar.layout().itemAt(0).widget()
    qtbot.waitUntil(lambda: row.width() == width)
    (text,) = [label for label in row.findChildren(QLabel) if label.text().startswith("a ")]
    buttons = row.findChildren(QPushButton)
    assert len(buttons) == 2
    qtbot.waitUntil(lambda: all(button.size() == button.sizeHint() for button in buttons))
    below = text.geometry().bottom()
    for button in buttons:
        place = button.mapTo(row, button.rect().topLeft())
        assert place.x() + button.width() <= row.width()
        assert (place.y() >= below) == (width == 320)
