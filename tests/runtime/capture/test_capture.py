import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame, SourceFrame
from realtime_fer.core.request import AUTO, DEMO, Kind, SourceRequest, request_of
from realtime_fer.runtime.capture.frame_stamper import FrameStamper
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_watchdog import SourceWatchdog
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts, SourceTimeouts
from realtime_fer.runtime.events import EngineFailed, SourceEnded, SourceLost, SourceOpened
from realtime_fer.runtime.slot import LatestSlot
from tests.fakes import FakeSource, Listener, picture


@contextmanager
def running(watchdog: SourceWatchdog) -> Iterator[SourceWatchdog]:
    watchdog.start()
    try:
        yield watchdog
    finally:
        watchdog.request_stop()
        assert watchdog.join(10)


def test_a_file_is_read_to_its_end_and_can_be_played_again() -> None:
    source, listener, slot = FakeSource(frames=3), Listener(), LatestSlot[Frame]()
    with running(
        SourceWatchdog(request_of("clip"), lambda word: ResolvedSource(word, source), slot, listener.event)
    ) as watchdog:
        listener.wait_for(SourceEnded)
        last = slot.take(1)
        assert last is not None
        assert last.index == 2
        assert slot.overwritten == 2
        watchdog.replay()
        listener.wait_for(SourceEnded, count=2)
        assert source.opened == 2
    assert source.closed >= 2
    assert [type(event) for event in listener.events] == [SourceOpened, SourceEnded] * 2


def test_a_file_is_played_at_its_own_speed() -> None:
    source, listener, slot = FakeSource(frames=4, step_s=0.05), Listener(), LatestSlot[Frame]()
    stamps: list[float] = []
    watchdog = SourceWatchdog(request_of("clip"), lambda word: ResolvedSource(word, source), slot, listener.event)
    with running(watchdog):
        while len(stamps) < 4:
            frame = slot.take(5)
            assert frame is not None
            stamps.append(frame.timestamp_s)
    assert stamps[3] - stamps[0] >= 0.149


def test_a_lost_camera_is_opened_again() -> None:
    sources = [FakeSource(frames=2, live=True), FakeSource(frames=1000, live=True, gate=threading.Semaphore(1))]
    gate = sources[1]._gate
    assert gate is not None
    made = iter(sources)
    listener, slot = Listener(), LatestSlot[Frame]()
    with running(
        SourceWatchdog(request_of("0"), lambda word: ResolvedSource(word, next(made)), slot, listener.event)
    ) as watchdog:
        lost = listener.wait_for(SourceLost)
        assert isinstance(lost, SourceLost)
        assert lost.sentence == "The fake camera was unplugged."
        assert lost.retry_in_s == 0.5
        listener.wait_for(SourceOpened, count=2)
        watchdog.request_stop()
        gate.release(5)
    assert sources[0].closed == 1


def test_a_missing_file_is_said_and_not_tried_for_ever() -> None:
    listener = Listener()

    def resolve(word: SourceRequest) -> ResolvedSource:
        raise SourceError(f"There is no {word}.")

    with running(SourceWatchdog(request_of("clip.mp4"), resolve, LatestSlot(), listener.event)) as watchdog:
        lost = listener.wait_for(SourceLost)
        assert lost == SourceLost(request_of("clip.mp4"), "There is no clip.mp4.", None)
        watchdog.replay()
        listener.wait_for(SourceLost, count=2)


def test_a_damaged_video_given_as_an_address_of_a_file_is_not_tried_for_ever(tmp_path: Path) -> None:
    video = tmp_path / "a video.mp4"
    video.write_bytes(b"no video")
    listener = Listener()

    def resolve(request: SourceRequest) -> ResolvedSource:
        raise SourceError("The video is damaged.")

    with running(SourceWatchdog(request_of(video.as_uri()), resolve, LatestSlot(), listener.event)):
        lost = listener.wait_for(SourceLost)
    assert lost == SourceLost(SourceRequest(Kind.FILE, str(video)), "The video is damaged.", None)


def test_where_no_camera_can_be_opened_the_demo_plays_and_says_why() -> None:
    broken, demo = FakeSource(live=True, fail_on_open="The camera is used by another program."), FakeSource()
    listener = Listener()

    def resolve(word: SourceRequest) -> ResolvedSource:
        return ResolvedSource(request_of("0"), broken) if word == AUTO else ResolvedSource(word, demo)

    with running(SourceWatchdog(request_of("auto"), resolve, LatestSlot(), listener.event)):
        opened = listener.wait_for(SourceOpened)
    assert isinstance(opened, SourceOpened)
    assert opened.request == DEMO
    assert opened.sentence.startswith("The camera is used by another program.")
    assert broken.closed == 1


def test_a_pause_holds_a_file_where_it_is() -> None:
    gate = threading.Semaphore(1)
    source, listener, slot = FakeSource(frames=3, gate=gate), Listener(), LatestSlot[Frame]()
    with running(
        SourceWatchdog(request_of("clip"), lambda word: ResolvedSource(word, source), slot, listener.event)
    ) as watchdog:
        first = slot.take(5)
        assert first is not None
        assert first.index == 0
        watchdog.set_paused(True)
        gate.release(10)
        # The frame that was being read when the pause came may still arrive, no further one.
        slot.take(0.2)
        assert slot.take(0.1) is None
        watchdog.set_paused(False)
        listener.wait_for(SourceEnded)


def test_an_unknown_fault_is_said_and_ends_the_thread() -> None:
    listener = Listener()

    def resolve(word: SourceRequest) -> ResolvedSource:
        raise RuntimeError("surprise")

    with running(SourceWatchdog(request_of("0"), resolve, LatestSlot(), listener.event)):
        failed = listener.wait_for(EngineFailed)
    assert isinstance(failed, EngineFailed)
    assert "RuntimeError" in failed.sentence


def test_a_frame_of_a_file_that_comes_in_a_pause_is_still() -> None:
    slot = LatestSlot[Frame]()
    stamper = FrameStamper(slot, Listener().event, AdaptiveTimeouts(SourceTimeouts()))
    reader, request = object(), request_of("clip")
    stamper.accept(reader)
    for source, stills in [(FakeSource(), [False, True, False]), (FakeSource(live=True), [False, False, False])]:
        stamper.opened(reader, ResolvedSource(request, source), 0.0)
        for paused, still in zip([False, True, False], stills, strict=True):
            stamper.set_paused(paused)
            stamper.put(reader, SourceFrame(picture()), 1.0)
            frame = slot.take_now()
            assert frame is not None
            assert frame.is_still == still
