"""The same device is released before it is opened anew; another one does not wait."""

from __future__ import annotations

import threading
import time

import pytest

from realtime_fer.core.frame import Frame
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.device_locks import DeviceLocks
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_switch import SourceSwitch
from realtime_fer.runtime.events import SourceOpened
from realtime_fer.runtime.slot import LatestSlot
from tests.fakes import FakeSource, Listener


class Desk:
    """One camera after another; the first is slow to close, and watches for the second one's opening."""

    def __init__(self, wait_s: float) -> None:
        self.log: list[str] = []
        self.second_is_open = threading.Event()
        self._wait_s = wait_s
        self._made = 0

    def resolve(self, request: SourceRequest) -> ResolvedSource:
        self._made += 1
        return ResolvedSource(request, Noted(self, self._made), device=f"device {request.value}")


class Noted(FakeSource):
    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(frames=1_000_000, live=True, name="Desk", gate=threading.Semaphore(1_000_000))
        self._desk, self._number = desk, number

    def open(self) -> None:
        super().open()
        self._desk.log.append(f"open {self._number}")
        if self._number == 2:
            self._desk.second_is_open.set()

    def close(self) -> None:
        if self._number == 1:
            self._desk.second_is_open.wait(self._desk._wait_s)
        super().close()
        self._desk.log.append(f"close {self._number}")


def switched(desk: Desk, *words: str) -> list[str]:
    listener, slot = Listener(), LatestSlot[Frame]()
    switch = SourceSwitch(desk.resolve, slot, listener.event, time.perf_counter)
    try:
        for count, word in enumerate(words, start=1):
            switch.open(request_of(word))
            listener.wait_for(SourceOpened, count=count)
    finally:
        switch.request_stop()
        switch.join(time.perf_counter() + 10)
    return desk.log


def test_the_same_device_is_released_first() -> None:
    assert switched(Desk(wait_s=0.3), "0", "0")[:3] == ["open 1", "close 1", "open 2"]


def test_another_one_is_opened_at_once() -> None:
    log = switched(Desk(wait_s=10), "0", "1")
    assert log.index("open 2") < log.index("close 1")


@pytest.mark.parametrize("given_up", [True, False])
def test_one_that_is_never_released_is_tried_all_the_same(given_up: bool) -> None:
    devices = DeviceLocks(timeout_s=10 if given_up else 0.01)
    first, second = object(), object()
    devices.acquire(first, "0", lambda: False)
    devices.acquire(second, "", lambda: False)
    devices.acquire(second, "0", lambda: given_up)
    assert list(devices._held.values()) == ["0", "0"]
    devices.release(first)
    devices.release(first)
    assert list(devices._held.values()) == ["0"]
    devices.release(second)
    assert not devices._held
