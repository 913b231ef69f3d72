from __future__ import annotations

import threading
from typing import Any

from PyQt5.QtCore import QCoreApplication, QThread

from realtime_fer.gui.bridge import EngineBridge
from realtime_fer.runtime.events import SnapshotFailed


def in_thread(action: Any) -> None:
    thread = threading.Thread(target=action)
    thread.start()
    thread.join()


def test_at_most_one_view_waits(qtbot: Any) -> None:
    bridge = EngineBridge()
    arrived: list[QThread] = []
    bridge.view_arrived.connect(lambda: arrived.append(QThread.currentThread()))
    in_thread(lambda: [bridge.view_ready() for _ in range(50)])
    assert arrived == []
    QCoreApplication.processEvents()
    assert arrived == [QThread.currentThread()]
    bridge.view_ready()
    QCoreApplication.processEvents()
    assert len(arrived) == 2


def test_a_result_that_comes_while_the_last_is_taken_is_told_too(qtbot: Any) -> None:
    bridge = EngineBridge()
    count = 0

    def take() -> None:
        nonlocal count
        count += 1
        if count == 1:
            in_thread(bridge.view_ready)

    bridge.view_arrived.connect(take)
    bridge.view_ready()
    QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    assert count == 2


def test_events_arrive_in_order_and_none_is_lost(qtbot: Any) -> None:
    bridge = EngineBridge()
    arrived: list[Any] = []
    bridge.event_arrived.connect(arrived.append)
    events = [SnapshotFailed(str(number)) for number in range(40)]
    in_thread(lambda: [bridge.event(event) for event in events])
    bridge.event(SnapshotFailed("from the GUI thread"))
    QCoreApplication.processEvents()
    assert arrived == [*events, SnapshotFailed("from the GUI thread")]


def test_after_close_nothing_comes_out(qtbot: Any) -> None:
    bridge = EngineBridge()
    arrived: list[Any] = []
    bridge.event_arrived.connect(arrived.append)
    bridge.view_arrived.connect(lambda: arrived.append("view"))
    bridge.event(SnapshotFailed("waiting"))
    bridge.view_ready()
    bridge.close()
    bridge.event(SnapshotFailed("late"))
    bridge.view_ready()
    QCoreApplication.processEvents()
    assert arrived == []
