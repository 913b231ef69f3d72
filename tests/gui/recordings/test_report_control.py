"""Reports from the window: asked for, made beside the picture, told and opened."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QPushButton

from realtime_fer.core.errors import ReportError
from realtime_fer.gui.widgets.notice import Severity
from realtime_fer.runtime.events import RecordingStopped

SESSION = Path("/videos/2026-05-17_14-03-22")


def press(stage: Any, title: str) -> None:
    (button,) = [button for button in stage.window.notices.findChildren(QPushButton) if button.text() == title]
    button.click()


def notice(stage: Any) -> Any:
    return next((notice for notice in stage.window.notices.notices if notice.topic == "report"), None)


def test_a_saved_recording_offers_its_report_and_the_report_offers_to_be_opened(
    stage: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    stage.say(RecordingStopped(SESSION, 12.0, 300, 0))
    press(stage, "Create report")
    qtbot.waitUntil(lambda: notice(stage) is not None and notice(stage).severity is Severity.SUCCESS)
    assert stage.reported == [SESSION]
    assert notice(stage).folder == SESSION
    press(stage, "Open report")
    assert opened == [str(SESSION / "report.html")]


@pytest.mark.parametrize(
    ("fault", "said"),
    [(ReportError("That is no recording."), "That is no recording."), (ValueError("odd"), "ValueError: odd")],
)
def test_what_cannot_be_made_is_said(stage: Any, qtbot: Any, fault: Exception, said: str) -> None:
    stage.report_fault = fault
    stage.window.reports.make(SESSION)
    qtbot.waitUntil(lambda: notice(stage) is not None and notice(stage).severity is Severity.ERROR)
    assert said in notice(stage).text


def test_one_at_a_time_and_the_window_waits_for_it(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(stage.window.reports, "_make_report", lambda session: gate.wait(10) and session / "r.html")
    stage.window.reports.make(SESSION)
    assert "Creating the report" in notice(stage).text
    stage.window.reports.make(SESSION)
    assert "already being created" in notice(stage).text
    gate.set()
    stage.window.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "report"]
    stage.window.reports.make(SESSION)
    assert not [thread for thread in threading.enumerate() if thread.name == "report"]


def test_without_a_browser_it_says_where_the_page_is(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    stage.window.reports.open_page(SESSION / "report.html")
    assert str(SESSION / "report.html") in notice(stage).text
