from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.live import LiveChoice, LiveClient, LiveState
from realtime_fer.core.settings import Settings
from realtime_fer.gui.live.control import LiveControl
from realtime_fer.gui.live.page import LivePage
from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.status_bar import StatusBar
from tests.gui.outlets import FakeOutlets

ON = LiveState("http://127.0.0.1:8771", "", (LiveClient("WebSocket", "127.0.0.1:5", 3),), "secret")


@pytest.fixture
def made(qtbot) -> Callable[..., tuple[LiveControl, FakeOutlets, StatusBar, NoticeBar, list[tuple[str, str]]]]:
    def make() -> tuple[LiveControl, FakeOutlets, StatusBar, NoticeBar, list[tuple[str, str]]]:
        theme = DARK
        status, notices = StatusBar(theme), NoticeBar(theme, lambda folder: None)
        qtbot.addWidget(status)
        qtbot.addWidget(notices)
        outlets, ran = FakeOutlets(), []
        handlers = {"marker": lambda text: ran.append(("marker", text))}
        control = LiveControl(status, outlets, status, notices, handlers, lambda: ran.append(("settings", "")))
        return control, outlets, status, notices, ran

    return make


def test_the_status_bar_says_that_numbers_leave(made) -> None:
    control, outlets, _, _, ran = made()
    control.apply(Settings())
    assert control.status_button.isHidden()
    outlets.now = ON
    told: list[tuple[bool, bool]] = []
    control.reach_changed.connect(lambda *reach: told.append(reach))
    control.apply(Settings(live_websocket=True, live_pages="http://a http://b"))
    assert outlets.choices[-1] == LiveChoice(websocket=True, pages=("http://a", "http://b"))
    assert not control.status_button.isHidden()
    assert control.status_button.text() == "◉ Live: 1"
    assert "127.0.0.1:8771" in control.status_button.toolTip()
    control.status_button.click()
    assert ran == [("settings", "")]
    outlets.now = LiveState(osc="192.168.1.9:9000")
    control.refresh()
    outlets.now = LiveState()
    control.refresh()
    assert control.status_button.isHidden()
    assert told == [(True, False), (True, True), (False, False)]


def test_a_problem_is_a_notice(made) -> None:
    control, outlets, _, notices, _ = made()
    outlets.now = LiveState(problem="The ports 1 to 2 are taken.")
    control.refresh()
    assert [(notice.topic, "taken" in notice.text) for notice in notices.notices] == [("live", True)]
    outlets.now = LiveState()
    control.refresh()
    assert notices.notices == ()


def test_commands_run_in_the_window_s_thread_and_none_after_its_end(made) -> None:
    control, outlets, _, _, ran = made()
    outlets.run("marker", "here")
    assert ran == []
    QApplication.processEvents()
    assert ran == [("marker", "here")]
    outlets.run("marker", "late")
    control.stop()
    control.stop()
    QApplication.processEvents()
    assert ran == [("marker", "here")]
    assert outlets.stopped == 1


def test_the_page_tells_address_token_and_who_is_connected(qtbot) -> None:
    state = LiveState()
    page = LivePage(lambda: state)
    qtbot.addWidget(page)
    assert page.summary.text() == "Nothing leaves the program."
    assert page.address.isHidden()
    assert page.copy_token.isHidden()
    state = ON
    page.refresh()
    assert page.address.text() == "http://127.0.0.1:8771/overlay"
    assert "ws://127.0.0.1:8771/live" in page.summary.text()
    assert "Connected: WebSocket, 127.0.0.1:5, 3 frames dropped" in page.summary.text()
    page.copy_token.click()
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "secret"
    state = LiveState(lsl=True, lsl_lacks_own=True)
    page.refresh()
    assert "switch it off and on" in page.summary.text()
