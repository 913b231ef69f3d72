"""Cameras that hang, freeze or go black: noticed by the clock, said, and opened again."""

from __future__ import annotations

import threading

import numpy as np

from realtime_fer.core.frame import Frame, SourceFrame
from realtime_fer.core.request import request_of
from realtime_fer.runtime.capture.abandoned_readers import AbandonedReaders
from realtime_fer.runtime.capture.timeouts import RETRY_BACKOFF_S
from realtime_fer.runtime.events import FrameWarning, SourceLost, SourceOpened, SourceStalled
from tests.runtime.capture.camera_bench import TIMEOUTS, Bench, ScriptedCamera, checks_go_on, noisy, running, ticking


def test_a_read_that_never_returns_is_noticed_left_behind_and_the_camera_opened_again() -> None:
    hanging, sound = ScriptedCamera(noisy, hang_at=2), ScriptedCamera(noisy)
    with running(Bench(hanging, sound)) as bench:
        assert hanging.hanging.wait(10)
        assert not bench.listener.of(SourceStalled)
        bench.step(1.75)
        stalled = bench.listener.wait_for(SourceStalled)
        assert stalled == SourceStalled(
            request_of("0"), "Desk delivers no new picture. The program is waiting for one."
        )
        bench.step(TIMEOUTS.reopen_after_s - 1.0)
        lost = bench.listener.wait_for(SourceLost)
        assert lost == SourceLost(
            request_of("0"), "Desk no longer answers. Unplug it and plug it in again.", RETRY_BACKOFF_S[0]
        )
        bench.listener.wait_for(SourceOpened, count=2)
        assert bench.next_frame(lambda frame: frame.losses > 0).losses == 2
        assert len(bench.abandoned) == 1
        # What the thread that was left behind still reads goes nowhere, and it gives its camera back.
        hanging.free.set()
        assert hanging.closed.wait(10)
        assert bench.abandoned.join(10)


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
    abandoned = AbandonedReaders(limit=2)
    cameras = [ScriptedCamera(noisy, hang_at=0) for _ in range(3)]
    with running(Bench(*cameras, abandoned=abandoned)) as bench:
        for camera in cameras[:2]:
            assert camera.hanging.wait(10)
            bench.step(TIMEOUTS.reopen_after_s + 0.1)
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
        bench.step(TIMEOUTS.reopen_after_s * 2)
        assert bench.watchdog._reader is not None
        bench.step(TIMEOUTS.open_timeout_s)
        lost = bench.listener.wait_for(SourceLost)
        assert isinstance(lost, SourceLost)
        assert "no longer answers" in lost.sentence
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
            request_of("0"),
            "Desk repeats the same picture. Check its cable, its cover and its privacy switch.",
            RETRY_BACKOFF_S[0],
        )
        bench.next_frame(lambda frame: frame.losses == 1)
    # Twenty new pictures, then the same one for a second and a half.
    assert stamps[-1] - (began_s + 20 / 30) < 2.0


def test_a_camera_that_stays_frozen_is_shown_and_said_in_the_end() -> None:
    bench = Bench()
    same = noisy(1)
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: same))]
    with running(bench):
        said = bench.listener.wait_for(FrameWarning)
        assert isinstance(said, FrameWarning)
        assert said.sentence.startswith("The camera shows the same picture again and again")
        assert bench.opened == 5
        assert bench.waited == [0.5, 1.0, 2.0, 4.0]


def test_black_pictures_are_said_and_are_no_loss() -> None:
    bench = Bench()
    black = SourceFrame(np.zeros((48, 64, 3), np.uint8))
    uncovered = threading.Event()
    bench.cameras = [ScriptedCamera(ticking(bench, lambda n: noisy(n) if uncovered.is_set() else black))]
    with running(bench):
        assert bench.listener.wait_for(FrameWarning) == FrameWarning("The picture is black: is the lens covered?")
        uncovered.set()
        assert bench.listener.wait_for(FrameWarning, count=2) == FrameWarning("")
    assert not bench.listener.of(SourceLost)
    assert bench.opened == 1


def test_a_pause_is_told_with_every_frame_after_it_and_a_gap_is_not() -> None:
    camera = ScriptedCamera(noisy, hang_at=1)
    with running(Bench(camera)) as bench:
        assert camera.hanging.wait(10)
        assert bench.next_frame().paused_s == 0.0
        bench.watchdog.set_paused(True)
        bench.step(40.0)
        assert bench.watchdog.stamper.paused_s == 40.0
        bench.watchdog.set_paused(False)
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
            checks_go_on(bench)
            gate.release()
        # And it is noticed when it really hangs.
        assert waiting.acquire(timeout=20)
        assert bench.watchdog.stall_after_s == 12.5
        said = len(bench.listener.of(SourceStalled))
        bench.step(12.6)
        bench.listener.wait_for(SourceStalled, count=said + 1)
        gate.release(100)
    assert said <= 2, "before its first picture and its second, and never again"
    assert not bench.listener.of(SourceLost)
    assert bench.opened == 1
