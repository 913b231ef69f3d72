"""Cameras that hang, freeze, go black or give garbage: noticed by the clock, said, and opened again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame, SourceFrame
from realtime_fer.runtime.capture import BACK_OFF_S, CaptureWorker, Patience, ResolvedSource
from realtime_fer.runtime.events import PictureDoubtful, SourceLost, SourceOpened, SourceStalled
from realtime_fer.runtime.reading import StuckReadings
from realtime_fer.runtime.slot import LatestSlot
from tests.fakes import Listener

#: The watch looks so often that a test need not wait for it; all else goes by the hand clock.
PATIENCE = Patience(look=0.002)


class HandClock:
    """Stands still until a test moves it. Any thread may ask it."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class ScriptedCamera:
    """A live source. ``give`` decides what each read returns; ``hang`` holds the read up until it is set free."""

    def __init__(self, give: Callable[[int], Any], name: str = "Desk", *, hang_at: int | None = None) -> None:
        self.name, self.is_live, self.fps, self.frame_count = name, True, 30.0, None
        self.free = threading.Event()
        self.hanging = threading.Event()
        self.closed = threading.Event()
        self._give, self._hang_at = give, hang_at
        self._reads = 0

    def open(self) -> None:
        pass

    def read(self) -> SourceFrame | None:
        if self._reads == self._hang_at:
            self.hanging.set()
            assert self.free.wait(20)
        self._reads += 1
        given = self._give(self._reads)
        if isinstance(given, Exception):
            raise given
        return given

    def close(self) -> None:
        self.closed.set()


def noisy(n: int) -> SourceFrame:
    return SourceFrame(np.random.default_rng(n).integers(30, 220, (48, 64, 3), dtype=np.uint8))


class Bench:
    """One worker over one scripted camera after another."""

    def __init__(self, *cameras: ScriptedCamera, request: str = "0", stuck: StuckReadings | None = None) -> None:
        self.clock, self.listener, self.slot = HandClock(), Listener(), LatestSlot[Frame]()
        self.cameras = list(cameras)
        self.opened = 0
        self.stuck = stuck or StuckReadings()
        self.worker = CaptureWorker(
            request,
            self.resolve,
            self.slot,
            self.listener.event,
            stuck=self.stuck,
            patience=PATIENCE,
            clock=self.clock,
        )
        # Back-off without waiting, which notes how long it would have waited.
        self.waited: list[float] = []

    def resolve(self, request: str) -> ResolvedSource:
        camera = self.cameras[min(self.opened, len(self.cameras) - 1)]
        self.opened += 1
        return ResolvedSource("0" if request == "auto" else request, camera)

    def next_frame(self, such: Callable[[Frame], bool] = lambda frame: True) -> Frame:
        """The first frame from now on that is so."""
        while True:
            frame = self.slot.take(10)
            assert frame is not None, "no frame came"
            if such(frame):
                return frame

    def step(self, seconds: float) -> None:
        self.clock.now_s += seconds


@contextmanager
def running(bench: Bench) -> Iterator[Bench]:
    wait = bench.worker._stopping.wait

    def note_and_go_on(timeout_s: float | None = None) -> bool:
        bench.waited.append(timeout_s or 0.0)
        bench.step(timeout_s or 0.0)
        return wait(0.001)

    bench.worker._stopping.wait = note_and_go_on  # type: ignore[method-assign]
    bench.worker.start()
    try:
        yield bench
    finally:
        bench.worker.request_stop()
        for camera in bench.cameras:
            camera.free.set()
        assert bench.worker.join(10)
        assert bench.stuck.join(10)


def ticking(bench: Bench, give: Callable[[int], Any]) -> Callable[[int], Any]:
    """A camera of thirty pictures a second by the bench's clock, that waits for nobody."""

    def one(n: int) -> Any:
        bench.step(1 / 30)
        return give(n)

    return one


def test_a_read_that_never_returns_is_noticed_left_behind_and_the_camera_opened_again() -> None:
    hanging, sound = ScriptedCamera(noisy, hang_at=2), ScriptedCamera(noisy)
    with running(Bench(hanging, sound)) as bench:
        assert hanging.hanging.wait(10)
        assert not bench.listener.of(SourceStalled)
        bench.step(1.75)
        stalled = bench.listener.wait_for(SourceStalled)
        assert stalled == SourceStalled("0", "Desk gives no new picture. It is waited for.")
        bench.step(PATIENCE.leave - 1.0)
        lost = bench.listener.wait_for(SourceLost)
        assert lost == SourceLost("0", "Desk does not answer any more. Unplug it and plug it in again.", BACK_OFF_S[0])
        bench.listener.wait_for(SourceOpened, count=2)
        assert bench.next_frame(lambda frame: frame.losses > 0).losses == 2
        assert len(bench.stuck) == 1
        # What the thread that was left behind still reads goes nowhere, and it gives its camera back.
        hanging.free.set()
        assert hanging.closed.wait(10)
        assert bench.stuck.join(10)


def test_a_read_that_comes_back_in_time_goes_on_without_another_opening() -> None:
    camera = ScriptedCamera(noisy, hang_at=1)
    with running(Bench(camera)) as bench:
        assert camera.hanging.wait(10)
        bench.step(1.75)
        bench.listener.wait_for(SourceStalled)
        camera.free.set()
        assert bench.next_frame(lambda frame: frame.losses > 0).losses == 1
    assert bench.opened == 1
    assert not bench.listener.of(SourceLost)


def test_threads_that_hang_in_one_camera_are_bounded() -> None:
    stuck = StuckReadings(limit=2)
    cameras = [ScriptedCamera(noisy, hang_at=0) for _ in range(3)]
    with running(Bench(*cameras, stuck=stuck)) as bench:
        for camera in cameras[:2]:
            assert camera.hanging.wait(10)
            bench.step(PATIENCE.leave + 0.1)
        lost = bench.listener.wait_for(SourceLost, count=4)
        assert isinstance(lost, SourceLost)
        assert lost.sentence == "Desk still does not answer. Unplug it and plug it in again."
        assert lost.retry_in_s is not None
        assert bench.opened == 2
        cameras[0].free.set()
        # One came back, so there is room for another try.
        assert cameras[2].hanging.wait(10)
    assert all(camera.closed.is_set() for camera in cameras)


def test_a_camera_that_hangs_while_it_is_opened_gets_more_time() -> None:
    camera, sound = ScriptedCamera(noisy), ScriptedCamera(noisy)
    begun = threading.Event()

    def open_slowly() -> None:
        begun.set()
        assert camera.free.wait(20)

    camera.open = open_slowly  # type: ignore[method-assign]
    with running(Bench(camera, sound)) as bench:
        assert begun.wait(10)
        bench.step(PATIENCE.leave * 2)
        assert bench.worker._reading is not None
        bench.step(PATIENCE.opening)
        lost = bench.listener.wait_for(SourceLost)
        assert isinstance(lost, SourceLost)
        assert "does not answer" in lost.sentence
        bench.listener.wait_for(SourceOpened)


def test_a_frozen_camera_is_said_within_two_seconds_and_opened_again() -> None:
    bench = Bench()
    frozen = ScriptedCamera(ticking(bench, lambda n: noisy(min(n, 20))))
    bench.cameras = [frozen, ScriptedCamera(ticking(bench, noisy))]
    began_s = bench.clock.now_s
    stamps: list[float] = []
    put = bench.slot.put

    def note(frame: Frame) -> bool:
        if frame.losses == 0:
            stamps.append(frame.timestamp_s)
        return put(frame)

    bench.slot.put = note  # type: ignore[method-assign]
    with running(bench):
        lost = bench.listener.wait_for(SourceLost)
        assert lost == SourceLost(
            "0", "Desk repeats the same picture. Check its cable, its cover and its privacy switch.", BACK_OFF_S[0]
        )
        bench.next_frame(lambda frame: frame.losses == 1)
    # Twenty new pictures, then the same one for a second and a half.
    assert stamps[-1] - (began_s + 20 / 30) < 2.0


def test_a_camera_that_stays_frozen_is_shown_and_said_in_the_end() -> None:
    bench = Bench()
    same = noisy(1)
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: same))]
    with running(bench):
        said = bench.listener.wait_for(PictureDoubtful)
        assert isinstance(said, PictureDoubtful)
        assert said.sentence.startswith("The camera shows the same picture again and again")
        assert bench.opened == 5
        assert bench.waited == [0.5, 1.0, 2.0, 4.0]


def test_black_pictures_are_said_and_are_no_loss() -> None:
    bench = Bench()
    black = SourceFrame(np.zeros((48, 64, 3), np.uint8))
    uncovered = threading.Event()
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: noisy(n) if uncovered.is_set() else black))]
    with running(bench):
        assert bench.listener.wait_for(PictureDoubtful) == PictureDoubtful("The picture is black: is the lens covered?")
        uncovered.set()
        assert bench.listener.wait_for(PictureDoubtful, count=2) == PictureDoubtful("")
    assert not bench.listener.of(SourceLost)
    assert bench.opened == 1


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
        assert lost.sentence == "Desk gives something that is no picture. Plug it in again."
        bench.listener.wait_for(SourceOpened, count=2)
    assert given[-1] - given[0] < 2.0


def test_a_file_that_gives_garbage_stops_with_a_sentence() -> None:
    camera = ScriptedCamera(lambda n: GARBAGE["floats"], name="film.mp4")
    camera.is_live = False
    with running(Bench(camera, request="film.mp4")) as bench:
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
        assert lost == SourceLost("0", "The camera 'Desk' stopped delivering pictures.", 0.5)
        again = bench.listener.wait_for(SourceOpened, count=2)
        assert again == SourceOpened("0", "Desk", True)


def test_after_a_stop_no_frame_of_the_old_source_comes() -> None:
    camera = ScriptedCamera(noisy, hang_at=1)
    with running(Bench(camera)) as bench:
        assert camera.hanging.wait(10)
        bench.next_frame()
        bench.worker.request_stop()
        camera.free.set()
        assert bench.worker.join(10)
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

    def by_name(request: str) -> ResolvedSource:
        asked.append(request)
        if len(asked) in (2, 3):
            raise SourceError("There is no file, camera or address 'Desk'.")
        return ResolvedSource("0", resolve(request).source)

    bench.worker._resolve = by_name
    with running(bench):
        bench.listener.wait_for(SourceOpened, count=2)
    lost = bench.listener.of(SourceLost)
    assert [isinstance(event, SourceLost) and event.retry_in_s for event in lost] == [0.5, 1.0, 2.0]
    assert set(asked) == {"Desk"}, "it may come back under another number"
    assert {event.request for event in lost if isinstance(event, SourceLost)} == {"0"}, "one source has one name"


def test_a_pause_is_told_with_every_frame_after_it_and_a_gap_is_not() -> None:
    camera = ScriptedCamera(noisy, hang_at=1)
    with running(Bench(camera)) as bench:
        assert camera.hanging.wait(10)
        assert bench.next_frame().paused_s == 0.0
        bench.worker.set_paused(True)
        bench.step(40.0)
        assert bench.worker.paused_s == 40.0
        bench.worker.set_paused(False)
        bench.step(5.0)
        camera.free.set()
        frame = bench.next_frame()
        assert frame.paused_s == 40.0
        assert frame.running_s == frame.timestamp_s - 40.0


def test_a_camera_of_a_picture_every_five_seconds_is_called_silent_once_and_then_known() -> None:
    """Every read hangs until the clock has moved on, as a slow sender's does."""
    gate, waiting = threading.Semaphore(0), threading.Semaphore(0)

    def one(n: int) -> SourceFrame:
        waiting.release()
        assert gate.acquire(timeout=20)
        return noisy(n)

    camera = ScriptedCamera(one)
    camera.fps = None
    with running(Bench(camera, request="rtsp://10.0.0.9/yard")) as bench:
        for number in range(8):
            assert waiting.acquire(timeout=20)
            bench.step(5.0)
            if number == 0:
                bench.listener.wait_for(SourceStalled)
            looks_go_on(bench)
            gate.release()
        # And it is noticed when it really hangs.
        assert waiting.acquire(timeout=20)
        assert bench.worker.silence_s == 12.5
        said = len(bench.listener.of(SourceStalled))
        bench.step(12.6)
        bench.listener.wait_for(SourceStalled, count=said + 1)
        gate.release(100)
    assert said <= 2, "before its first picture and its second, and never again"
    assert not bench.listener.of(SourceLost)
    assert bench.opened == 1


def looks_go_on(bench: Bench) -> None:
    """Returns once the watch has looked at least twice more."""
    looked = threading.Event()
    wait, times = bench.worker._wake.wait, []

    def noted(timeout_s: float | None = None) -> bool:
        times.append(timeout_s)
        if len(times) > 2:
            looked.set()
        return wait(timeout_s)

    bench.worker._wake.wait = noted  # type: ignore[method-assign]
    assert looked.wait(10)
    bench.worker._wake.wait = wait  # type: ignore[method-assign]
