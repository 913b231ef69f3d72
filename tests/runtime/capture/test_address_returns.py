"""An address that hangs again and again: its picture is back within six seconds of its return, whatever it hangs in."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.abandoned_readers import MAX_ABANDONED, MAX_ABANDONED_ADDRESS, AbandonedReaders
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_reader import SourceReader
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.events import SourceOpened
from tests.runtime.capture.camera_bench import Bench, ScriptedCamera, noisy, running, ticking

ADDRESS = "rtsp://10.0.0.9/yard"

#: Of connecting to an address that answers, and of its first picture.
CONNECTING_S = 0.5

BACK_S = 6.0

LOOK_S = SourceTimeouts.watch_interval_s


class Yard:
    """An address that is well, then hangs until ``returns_s``, then is well. Each opening is one connection."""

    def __init__(self, bench: Bench, hangs_in: str) -> None:
        self.bench, self.hangs_in, self.returns_s = bench, hangs_in, float("inf")
        self.outage, self.back = threading.Event(), threading.Event()
        self.returned = False

    def time_goes_by(self, wait: Callable[[float], bool]) -> Callable[..., bool]:
        """Between two looks of the watch, while a connection hangs; all else moves the clock itself."""

        def look(timeout_s: float | None = None) -> bool:
            if self.outage.is_set() and self.bench.cameras[-1].hanging.is_set():
                self.bench.step(LOOK_S)
            return wait(0.001)

        return look

    def resolve(self, request: SourceRequest) -> ResolvedSource:
        bench = self.bench
        first, well = not bench.opened, bench.clock.now_s >= self.returns_s
        bench.opened += 1
        if first:
            camera = ScriptedCamera(ticking(bench, noisy), "yard", hang_at=90)
        elif well:
            camera = ScriptedCamera(ticking(bench, noisy), "yard")
            bench.step(CONNECTING_S)
            self.returned = True
        else:
            camera = ScriptedCamera(noisy, "yard", hang_at=0 if self.hangs_in == "its first picture" else 1)
            if self.hangs_in == "opening":
                camera.open = lambda: self._hang(camera)  # type: ignore[method-assign]
            elif self.hangs_in == "opening, until it gives up":
                camera.open = lambda: self._give_up(camera)  # type: ignore[method-assign]
        bench.cameras.append(camera)
        return ResolvedSource(request, camera)

    @staticmethod
    def _hang(camera: ScriptedCamera) -> None:
        camera.hanging.set()
        assert camera.free.wait(20)

    def _give_up(self, camera: ScriptedCamera) -> None:
        # As where there is no way to a host.
        self.bench.step(3.1)
        raise SourceError("'yard' cannot be reached.")


HANGS = ["opening", "opening, until it gives up", "its first picture", "its second picture"]


@pytest.mark.parametrize("hangs_in", HANGS)
@pytest.mark.parametrize("outage_s", [1.0, 5.2, 9.6, 14.1, 21.3, 24.9])
def test_it_is_back_within_six_seconds(hangs_in: str, outage_s: float) -> None:
    bench = Bench(request=ADDRESS)
    yard = Yard(bench, hangs_in)
    bench.watchdog._resolve = yard.resolve
    bench.watchdog._wake.wait = yard.time_goes_by(bench.watchdog._wake.wait)  # type: ignore[method-assign]
    first_again: list[Frame] = []
    put = bench.slot.put

    def note(frame: Frame) -> bool:
        if yard.returned and not first_again:
            first_again.append(frame)
            yard.back.set()
        return put(frame)

    bench.slot.put = note  # type: ignore[method-assign]
    with running(bench):
        bench.listener.wait_for(SourceOpened)
        assert bench.cameras[0].hanging.wait(20)
        yard.returns_s = bench.clock.now_s + outage_s
        yard.outage.set()
        assert yard.back.wait(20)
    assert first_again[0].timestamp_s - yard.returns_s <= BACK_S
    assert first_again[0].losses > 0, "a recording marks the gap"


def test_threads_of_an_address_are_bounded_too_but_a_few_more_than_of_a_camera() -> None:
    abandoned = AbandonedReaders()
    for request, most in ((request_of("0"), MAX_ABANDONED), (request_of(ADDRESS), MAX_ABANDONED_ADDRESS)):
        for number in range(most):
            assert abandoned.may_open(request), number
            abandoned.add(_Hanging(request))
        assert not abandoned.may_open(request)


class _Hanging(SourceReader):
    """One whose thread never ends, without a thread."""

    def __init__(self, request: SourceRequest) -> None:
        self.request = request

    def join(self, timeout_s: float) -> bool:
        return False
