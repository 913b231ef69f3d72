"""What a microphone does never costs a picture."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.sound import SoundBlock
from realtime_fer.runtime.events import RecordingSoundLost, RecordingStarted, RecordingStopped
from realtime_fer.runtime.recording.microphone_feed import LATEST_S, LOST_AFTER_S, MOST_WAITING, MicrophoneFeed
from realtime_fer.runtime.recording.recording_worker import RecordingWorker
from tests.fakes import FakeClock, FakeRecordingSink, Listener, make_result


def block(start_s: float, level: float = 0.5) -> SoundBlock:
    return SoundBlock(np.full(480, level, np.float32), start_s, 48_000)


class FakeMicrophone:
    """Hears what the test says."""

    name = "USB Microphone"

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.opened = threading.Event()
        self.closed = threading.Event()
        self.hear: Callable[[SoundBlock], None] = lambda _: None

    def open(self, on_block: Callable[[SoundBlock], None]) -> None:
        if self.fault is not None:
            raise self.fault
        self.hear = on_block
        self.opened.set()

    def close(self) -> None:
        self.closed.set()


class SoundSink(FakeRecordingSink):
    """Keeps what is heard too."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.microphone = ""
        self.heard: list[float] = []
        self.ended: list[str] = []
        self.until_s = 0.0
        self.refusal = ""
        self.has_sound = threading.Event()

    def begin_listening(self, microphone: str) -> None:
        assert not self.written
        self.microphone = microphone

    def write_heard(self, blocks: Sequence[SoundBlock], until_s: float) -> str:
        self.heard += [heard.start_s for heard in blocks]
        self.until_s = until_s
        if blocks:
            self.has_sound.set()
        return self.refusal

    def end_listening(self, sentence: str) -> None:
        self.ended.append(sentence)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock((100.0,))


def opened(microphone: FakeMicrophone, clock: FakeClock) -> MicrophoneFeed:
    feed = MicrophoneFeed(microphone, clock)
    feed.start()
    assert microphone.fault or microphone.opened.wait(10)
    return feed


def ended(feed: MicrophoneFeed) -> None:
    feed.request_stop()
    assert feed.join(10)


def test_blocks_come_in_order_and_a_pause_keeps_none_of_what_is_said(clock: FakeClock) -> None:
    microphone = FakeMicrophone()
    feed = opened(microphone, clock)
    for number in range(3):
        microphone.hear(block(100 + number))
    feed.set_muted(True)
    assert feed.level == 0.0
    microphone.hear(block(103))
    feed.set_muted(False)
    microphone.hear(block(104, level=0.75))
    assert [heard.start_s for heard in feed.take()] == [100, 101, 102, 104]
    assert feed.take() == []
    assert feed.level == 0.75
    assert feed.complete_until_s == 100.0 - LATEST_S
    ended(feed)
    assert microphone.closed.is_set()


def test_a_recording_thread_that_hangs_costs_the_oldest_blocks_and_they_are_counted(clock: FakeClock) -> None:
    microphone = FakeMicrophone()
    feed = opened(microphone, clock)
    for number in range(MOST_WAITING + 7):
        microphone.hear(block(float(number)))
    taken = feed.take()
    assert (len(taken), taken[0].start_s, feed.dropped) == (MOST_WAITING, 7.0, 7)
    ended(feed)


def test_a_microphone_that_gives_nothing_more_is_lost_also_while_muted(clock: FakeClock) -> None:
    microphone = FakeMicrophone()
    feed = opened(microphone, clock)
    microphone.hear(block(100))
    clock.now = 100 + LOST_AFTER_S
    assert feed.problem == ""
    clock.now += 0.1
    assert feed.problem == "The microphone “USB Microphone” stopped delivering sound."
    ended(feed)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (SourceError("No microphone is connected."), "No microphone is connected."),
        (ZeroDivisionError("a bug"), "The microphone “USB Microphone” cannot be used (ZeroDivisionError: a bug)."),
    ],
)
def test_one_that_cannot_be_opened_is_told(clock: FakeClock, fault: Exception, sentence: str) -> None:
    microphone = FakeMicrophone(fault)
    feed = opened(microphone, clock)
    assert microphone.closed.wait(10)
    assert feed.problem == sentence
    ended(feed)


def recorded(
    tmp_path: Path, microphone: FakeMicrophone, clock: FakeClock
) -> tuple[RecordingWorker, SoundSink, Listener]:
    sink, listener = SoundSink(tmp_path), Listener()
    feed = MicrophoneFeed(microphone, clock)
    worker = RecordingWorker(lambda: sink, listener.event, clock, check_interval_s=0.01, microphone=feed)
    worker.start()
    return worker, sink, listener


def test_a_recording_takes_the_sound_up_to_its_last_frame(tmp_path: Path, clock: FakeClock) -> None:
    microphone = FakeMicrophone()
    worker, sink, listener = recorded(tmp_path, microphone, clock)
    assert microphone.opened.wait(10)
    worker.offer(make_result(timestamp_s=100.0))
    microphone.hear(block(100.0))
    assert sink.has_sound.wait(10)
    worker.offer(make_result(timestamp_s=100.5, index=1))
    worker.request_stop()
    # The sound system is behind; the end waits for it.
    microphone.hear(block(100.5))
    assert worker.join(10)
    assert sink.microphone == "USB Microphone"
    assert sink.heard == [100.0, 100.5]
    assert sink.ended == []
    assert RecordingStarted(tmp_path, "USB Microphone") in listener.events
    assert microphone.closed.is_set()


def test_a_lost_microphone_is_told_once_and_every_frame_is_written(tmp_path: Path, clock: FakeClock) -> None:
    microphone = FakeMicrophone()
    worker, sink, listener = recorded(tmp_path, microphone, clock)
    assert microphone.opened.wait(10)
    worker.offer(make_result(timestamp_s=100.0))
    microphone.hear(block(100.0))
    assert sink.has_sound.wait(10)
    clock.now = 100 + LOST_AFTER_S + 1
    event = listener.wait_for(RecordingSoundLost)
    assert isinstance(event, RecordingSoundLost)
    for index in range(1, 5):
        worker.offer(make_result(timestamp_s=100.0 + index, index=index))
    worker.request_stop()
    assert worker.join(10)
    assert [result.frame.index for result in sink.written] == [0, 1, 2, 3, 4]
    assert sink.ended == [event.sentence]
    assert sum(isinstance(told, RecordingSoundLost) for told in listener.events) == 1


def test_one_that_is_not_there_leaves_a_silent_recording(tmp_path: Path, clock: FakeClock) -> None:
    microphone = FakeMicrophone(SourceError("No microphone is connected."))
    worker, sink, listener = recorded(tmp_path, microphone, clock)
    assert microphone.closed.wait(10)
    worker.offer(make_result(timestamp_s=100.0))
    worker.request_stop()
    assert worker.join(10)
    assert (len(sink.written), sink.microphone) == (1, "")
    assert sink.ended == ["No microphone is connected."]
    stopped = listener.wait_for(RecordingStopped)
    assert isinstance(stopped, RecordingStopped)
    assert stopped.sentence == ""


def test_sound_that_the_file_refuses_is_told_like_a_lost_microphone(tmp_path: Path, clock: FakeClock) -> None:
    microphone = FakeMicrophone()
    worker, sink, listener = recorded(tmp_path, microphone, clock)
    sink.refusal = "The sound cannot be encoded (no)."
    worker.offer(make_result(timestamp_s=100.0))
    assert listener.wait_for(RecordingSoundLost) == RecordingSoundLost("The sound cannot be encoded (no).")
    worker.request_stop()
    assert worker.join(10)
    assert len(sink.written) == 1
