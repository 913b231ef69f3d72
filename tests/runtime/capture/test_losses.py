"""Each frame carries how often pictures had failed to come by then; a recording marks where that rises."""

from __future__ import annotations

from typing import Any

from realtime_fer.core.errors import SourceError
from realtime_fer.runtime.events import SourceLost, SourceStalled
from tests.runtime.capture.camera_bench import Bench, ScriptedCamera, noisy, running, ticking


def test_a_silence_that_is_over_before_the_watch_looks_is_a_loss_all_the_same() -> None:
    bench = Bench(request="rtsp://10.0.0.9/yard")

    def give(n: int) -> Any:
        if n == 30:
            bench.step(1.6)
        return noisy(n)

    bench.cameras = [ScriptedCamera(ticking(bench, give))]
    # As one that has just looked.
    watch = bench.watchdog._wake.wait
    bench.watchdog._wake.wait = lambda timeout_s=None: watch(0.3)  # type: ignore[method-assign]
    with running(bench):
        assert bench.next_frame(lambda frame: frame.index > 30).losses == 1
    assert not bench.listener.of(SourceStalled)
    assert not bench.listener.of(SourceLost)


def test_a_silence_that_the_watch_has_told_is_counted_once() -> None:
    camera = ScriptedCamera(noisy, hang_at=2)
    with running(Bench(camera, request="rtsp://10.0.0.9/yard")) as bench:
        assert camera.hanging.wait(10)
        bench.step(1.75)
        bench.listener.wait_for(SourceStalled)
        camera.free.set()
        assert bench.next_frame(lambda frame: frame.index > 4).losses == 1


def test_a_file_that_broke_off_and_is_played_again_has_a_loss() -> None:
    broken = SourceError("'video.mp4' is damaged.")
    cameras = [ScriptedCamera(lambda n: noisy(n) if n < 3 else broken, "video.mp4"), ScriptedCamera(noisy, "video.mp4")]
    for camera in cameras:
        camera.is_live = False
    with running(Bench(*cameras, request="video.mp4")) as bench:
        lost = bench.listener.wait_for(SourceLost)
        assert isinstance(lost, SourceLost)
        assert lost.retry_in_s is None
        bench.watchdog.replay()
        assert bench.next_frame(lambda frame: frame.losses > 0).losses == 1
