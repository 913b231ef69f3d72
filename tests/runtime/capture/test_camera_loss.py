"""Cameras that are unplugged or give garbage: waited for, and opened again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.events import SourceLost, SourceOpened
from tests.runtime.capture.camera_bench import Bench, ScriptedCamera, noisy, running, ticking

GARBAGE = {
    "nothing": SourceFrame(np.zeros((0, 0, 3), np.uint8)),
    "two dimensions": SourceFrame(np.zeros((48, 64), np.uint8)),
    "five channels": SourceFrame(np.zeros((48, 64, 5), np.uint8)),
    "floats": SourceFrame(np.zeros((48, 64, 3), np.float64)),  # type: ignore[arg-type]
    "no array": SourceFrame("picture"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_now_and_then_is_passed_over(garbage: Any) -> None:
    bench = Bench()
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: garbage if n % 5 else noisy(n)))]
    with running(bench):
        indices = [bench.next_frame().index for _ in range(5)]
        assert indices == sorted(indices)
    assert not bench.listener.of(SourceLost)


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_for_long_is_a_loss(garbage: Any) -> None:
    bench = Bench()
    given: list[float] = []

    def give(n: int) -> Any:
        if n <= 3:
            return noisy(n)
        given.append(bench.clock.now_s)
        return garbage

    bench.cameras = [ScriptedCamera(ticking(bench, give)), ScriptedCamera(ticking(bench, noisy))]
    with running(bench):
        lost = bench.listener.wait_for(SourceLost)
        assert isinstance(lost, SourceLost)
        assert lost.sentence == "Desk delivers data that is not a picture. Plug it in again."
        bench.listener.wait_for(SourceOpened, count=2)
    assert given[-1] - given[0] < 2.0


def test_a_file_that_gives_garbage_stops_with_a_sentence() -> None:
    camera = ScriptedCamera(lambda n: GARBAGE["floats"], name="video.mp4")
    camera.is_live = False
    with running(Bench(camera, request="video.mp4")) as bench:
        lost = bench.listener.wait_for(SourceLost)
        assert isinstance(lost, SourceLost)
        assert lost.retry_in_s is None


def test_unplugged_and_plugged_in_again_with_growing_pauses_that_end_when_it_is_sound() -> None:
    bench = Bench()

    class Absent(ScriptedCamera):
        def open(self) -> None:
            raise SourceError("There is no camera 'Desk'.")

    def unplugged_after(pictures: int) -> ScriptedCamera:
        gone = SourceError("The camera 'Desk' stopped delivering pictures.")
        return ScriptedCamera(ticking(bench, lambda n: noisy(n) if n <= pictures else gone))

    absent = [Absent(noisy) for _ in range(6)]
    # Three pictures do not make a camera sound again; three seconds do.
    bench.cameras = [unplugged_after(90), *absent, unplugged_after(3), unplugged_after(90), ScriptedCamera(noisy)]
    with running(bench):
        bench.listener.wait_for(SourceOpened, count=4)
        assert bench.waited[:9] == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0, 5.0, 0.5]
        frame = bench.next_frame(lambda frame: frame.losses == 9)
        assert frame.index >= 183, "the count goes on where the camera was lost"


def test_a_camera_that_was_found_by_itself_is_waited_for_when_it_is_unplugged() -> None:
    bench = Bench(request="auto")
    gone = SourceError("The camera 'Desk' stopped delivering pictures.")
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: noisy(n) if n < 9 else gone)), ScriptedCamera(noisy)]
    with running(bench):
        lost = bench.listener.wait_for(SourceLost)
        assert lost == SourceLost(request_of("0"), "The camera 'Desk' stopped delivering pictures.", 0.5)
        again = bench.listener.wait_for(SourceOpened, count=2)
        assert again == SourceOpened(request_of("0"), "Desk", True)


def test_after_a_stop_no_frame_of_the_old_source_comes() -> None:
    camera = ScriptedCamera(noisy, hang_at=1)
    with running(Bench(camera)) as bench:
        assert camera.hanging.wait(10)
        bench.next_frame()
        bench.watchdog.request_stop()
        camera.free.set()
        assert bench.watchdog.join(10)
        assert bench.slot.take_now() is None


def test_a_size_that_changes_in_flight_is_followed() -> None:
    bench = Bench()

    def give(n: int) -> SourceFrame:
        shape = (48, 64, 3) if n % 2 else (90, 160, 3)
        return SourceFrame(np.random.default_rng(n).integers(30, 220, shape, dtype=np.uint8))

    bench.cameras = [ScriptedCamera(ticking(bench, give))]
    seen: set[tuple[int, int]] = set()
    with running(bench):
        while len(seen) < 2:
            frame = bench.next_frame()
            seen.add((frame.image_bgr.shape[1], frame.image_bgr.shape[0]))
    assert seen == {(64, 48), (160, 90)}


def test_a_camera_that_was_opened_by_its_name_is_waited_for_as_well() -> None:
    bench = Bench(request="Desk")
    gone = SourceError("The camera 'Desk' stopped delivering pictures.")
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: noisy(n) if n < 9 else gone)), ScriptedCamera(noisy)]
    resolve, asked = bench.resolve, []

    def by_name(request: SourceRequest) -> ResolvedSource:
        asked.append(request)
        if len(asked) in (2, 3):
            raise SourceError("There is no file, camera or address 'Desk'.")
        return ResolvedSource(request_of("0"), resolve(request).source)

    bench.watchdog._resolve = by_name
    with running(bench):
        bench.listener.wait_for(SourceOpened, count=2)
    lost = bench.listener.of(SourceLost)
    assert [isinstance(event, SourceLost) and event.retry_in_s for event in lost] == [0.5, 1.0, 2.0]
    assert set(asked) == {request_of("Desk")}, "it may come back under another number"
    assert {event.request for event in lost if isinstance(event, SourceLost)} == {request_of("0")}, (
        "one source has one name"
    )
