from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt5.QtGui import QDropEvent
from PyQt5.QtWidgets import QMenu

from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.table import TABLE
from realtime_fer.gui.controllers.recent_sources import RecentSources
from realtime_fer.runtime import events


def made(*requests: str, opened: list[str] | None = None) -> RecentSources:
    return RecentSources(requests, (opened if opened is not None else []).append)


def texts(recent: RecentSources, menu: QMenu) -> list[str]:
    recent.fill(menu)
    return [action.text() for action in menu.actions() if action.text()]


def test_the_newest_is_first_once_and_there_are_not_many(qtbot: Any) -> None:
    recent = made("/a.mp4", "/b.mp4")
    recent.add("/b.mp4")
    assert recent.requests == ("/b.mp4", "/a.mp4")
    for number in range(20):
        recent.add(f"/{number}.mp4")
    assert len(recent.requests) == TABLE["recent_sources"].most
    assert recent.requests[0] == "/19.mp4"


def test_an_address_is_opened_whole_and_shown_without_its_password(qtbot: Any) -> None:
    menu, opened = QMenu(), []
    qtbot.addWidget(menu)
    recent = made("rtsp://me:secret@door/stream", opened=opened)
    recent.add("http://me:secret@desk/video")
    shown = texts(recent, menu)
    menu.actions()[0].trigger()
    assert opened == ["http://me:secret@desk/video"]
    assert shown[0].startswith("&1  http://desk/… (")
    assert shown[1].startswith("&2  rtsp://door/… (")
    assert "secret" not in "".join([*shown, *(action.toolTip() for action in menu.actions())])


def test_a_file_s_name_is_neither_markup_nor_turned_round(qtbot: Any) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    shown = texts(made("/videos/<b>a\u202egpj.mp4"), menu)
    assert shown[0] == r"&1  <b>a\u202egpj.mp4 – /videos"
    assert menu.actions()[0].toolTip() == "<p style='white-space:pre'>/videos/&lt;b&gt;a\\u202egpj.mp4</p>"


def test_the_menu_opens_what_is_chosen_and_can_be_emptied(qtbot: Any) -> None:
    menu, opened = QMenu(), []
    qtbot.addWidget(menu)
    recent = made("/videos/R&D.mp4", "/b.mp4", opened=opened)
    shown = texts(recent, menu)
    assert shown[0] == "&1  R&&D.mp4 – /videos"
    menu.actions()[1].trigger()
    assert opened == ["/b.mp4"]
    menu.actions()[-1].trigger()
    assert recent.requests == ()
    assert texts(recent, menu) == ["No recent sources"]


def test_what_could_be_opened_is_remembered_and_cameras_and_the_demo_are_not(
    make_stage: Callable[..., Any], tmp_path: Path
) -> None:
    stage = make_stage(Settings(model="a", recent_sources=("/old.mp4",)))
    stage.begin()
    video = str(tmp_path / "video.mp4")
    for request in ("demo", "0", "/dev/video2", video, "rtsp://me:secret@door/stream"):
        stage.say(events.SourceOpened(request_of(request), "name", False))
    stage.say(events.SourceLost(request_of("/gone.mp4"), "There is no such file.", None))
    assert stage.window.current_settings().recent_sources == ("rtsp://me:secret@door/stream", video, "/old.mp4")


def test_a_file_dropped_anywhere_on_the_window_is_opened(stage: Any) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/videos/video.mp4")])
    panel = stage.window.panel.geometry().center()
    assert stage.window.acceptDrops()
    stage.window.dropEvent(QDropEvent(QPointF(panel), Qt.CopyAction, dropped, Qt.LeftButton, Qt.NoModifier))
    assert stage.engine.calls[-1] == ("open_source", "/videos/video.mp4")
