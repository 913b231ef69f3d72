import threading
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.runtime.events import RecordingStarted, RecordingStopped
from realtime_fer.runtime.recording.markers import Marker
from realtime_fer.runtime.recording.recording_worker import CHECK_INTERVAL_S, QUEUE_SIZE, RecordingWorker
from tests.fakes import FakeRecordingSink, Listener, make_result


def stopped(listener: Listener) -> RecordingStopped:
    event = listener.wait_for(RecordingStopped)
    assert isinstance(event, RecordingStopped)
    return event


def test_what_waits_is_written_before_the_end(tmp_path: Path) -> None:
    sink, listener = FakeRecordingSink(tmp_path), Listener()
    worker = RecordingWorker(lambda: sink, listener.event, clock=lambda: 20.5)
    worker.start()
    for index in range(5):
        worker.offer(make_result(index=index, timestamp_s=10 + index * 0.5))
    worker.request_stop()
    worker.request_stop()
    assert worker.join(10)
    assert [result.frame.index for result in sink.written] == [0, 1, 2, 3, 4]
    assert sink.closed == 1
    assert listener.events == [RecordingStarted(tmp_path), RecordingStopped(tmp_path, 2.0, 5, 0, "", 8.5)]


def test_a_slow_disk_costs_frames_of_the_video_and_never_holds_up_the_picture(tmp_path: Path) -> None:
    gate = threading.Event()
    sink, listener = FakeRecordingSink(tmp_path, gate=gate), Listener()
    worker = RecordingWorker(lambda: sink, listener.event)
    worker.start()
    listener.wait_for(RecordingStarted)
    offered = QUEUE_SIZE + 10
    for index in range(offered):
        worker.offer(make_result(index=index, timestamp_s=index / 30))
    gate.set()
    worker.request_stop()
    assert worker.join(10)
    # One is being written and one is held back at most.
    assert worker.dropped >= 8
    assert len(sink.written) + worker.dropped == offered
    assert sink.dropped == {"recording": worker.dropped}
    assert stopped(listener).dropped == worker.dropped


class HangingDisk(threading.Event):
    """A gate that tells when somebody waits at it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.reached.set()
        return super().wait(timeout)


def test_a_disk_that_hangs_does_not_hold_up_who_ends_the_recording(tmp_path: Path) -> None:
    gate = HangingDisk()
    sink, listener = FakeRecordingSink(tmp_path, gate=gate), Listener()
    worker = RecordingWorker(lambda: sink, listener.event)
    worker.start()
    listener.wait_for(RecordingStarted)
    offered = QUEUE_SIZE + 10
    for index in range(offered):
        worker.offer(make_result(index=index, timestamp_s=index / 30))
        if index == 1:
            assert gate.reached.wait(10), "the first is written when the second has come"
    assert worker.dropped == offered - 2 - QUEUE_SIZE
    assert worker.offer_marker(Marker(1, 0.1, "mark"))
    ending = threading.Thread(target=worker.request_stop)
    ending.start()
    ending.join(5)
    held_up = ending.is_alive()
    gate.set()
    ending.join(10)
    assert worker.join(10)
    assert not held_up
    assert len(sink.written) == 2 + QUEUE_SIZE
    assert [*sink.markers.values(), *(text for _, text in sink.late_markers)] == ["mark"]


def test_a_full_disk_ends_it_with_a_sentence_and_what_is_there_is_finished(tmp_path: Path) -> None:
    sink, listener = FakeRecordingSink(tmp_path, fail_at=2), Listener()
    worker = RecordingWorker(lambda: sink, listener.event)
    worker.start()
    for index in range(4):
        worker.offer(make_result(index=index))
    event = stopped(listener)
    assert worker.join(10)
    worker.offer(make_result())
    worker.request_stop()
    assert event.sentence == "The disk is full."
    assert event.frames == 2
    assert sink.closed == 1


def test_a_recording_that_cannot_begin_is_said(tmp_path: Path) -> None:
    def make() -> FakeRecordingSink:
        raise SinkError("The folder cannot be written.")

    listener = Listener()
    worker = RecordingWorker(make, listener.event)
    worker.start()
    assert stopped(listener).sentence == "The folder cannot be written."
    worker.request_stop()
    assert worker.join(10)


def test_a_fault_at_its_start_ends_it_too(tmp_path: Path) -> None:
    def make() -> FakeRecordingSink:
        raise ZeroDivisionError("a bug")

    listener = Listener()
    worker = RecordingWorker(make, listener.event)
    worker.start()
    sentence = stopped(listener).sentence
    assert sentence == "The recording stopped because of a fault in the program (ZeroDivisionError: a bug)."
    assert worker.finished
    for index in range(QUEUE_SIZE + 5):
        worker.offer(make_result(index=index))
    worker.request_stop()
    assert worker.join(10)


def test_what_other_places_drop_while_it_runs_is_told_by_place(tmp_path: Path) -> None:
    gate = threading.Event()
    sink, listener = FakeRecordingSink(tmp_path, gate=gate), Listener()
    dropped = {"capture": 7}
    worker = RecordingWorker(lambda: sink, listener.event, dropped_before=lambda: dropped)
    assert worker.folder is None
    worker.start()
    listener.wait_for(RecordingStarted)
    assert worker.folder == tmp_path
    dropped["capture"] = 10
    gate.set()
    worker.offer(make_result())
    worker.request_stop()
    assert worker.join(10)
    assert sink.dropped == {"recording": 0, "capture": 3}


def test_drops_are_told_while_it_runs(tmp_path: Path) -> None:
    sink, listener = FakeRecordingSink(tmp_path), Listener()
    dropped, told = {"capture": 0}, threading.Event()
    note = sink.set_dropped

    def noted(**counts: int) -> None:
        note(**counts)
        if counts["capture"] == 5:
            told.set()

    sink.set_dropped = noted  # type: ignore[method-assign]
    worker = RecordingWorker(lambda: sink, listener.event, dropped_before=lambda: dropped)
    worker.start()
    listener.wait_for(RecordingStarted)
    dropped["capture"] = 5
    worker.offer(make_result())
    assert told.wait(10), "before the recording has ended"
    worker.request_stop()
    assert worker.join(10)


def test_of_a_deleted_folder_nothing_is_said_to_be_kept(tmp_path: Path) -> None:
    sink, listener = FakeRecordingSink(tmp_path / "deleted", fail_at=2), Listener()
    worker = RecordingWorker(lambda: sink, listener.event)
    worker.start()
    for index in range(6):
        worker.offer(make_result(index=index, timestamp_s=index / 30))
    worker.request_stop()
    assert worker.join(10)
    assert stopped(listener).frames == 0
    assert stopped(listener).sentence


def test_it_lasts_as_long_as_it_runs_whether_pictures_come_or_not(tmp_path: Path) -> None:
    sink, listener = FakeRecordingSink(tmp_path), Listener()
    worker = RecordingWorker(lambda: sink, listener.event, clock=lambda: 40.0)
    assert worker.elapsed_s(5.0) == 0.0
    worker.start()
    worker.offer(make_result(timestamp_s=10.0))
    worker.offer(make_result(timestamp_s=11.0))
    worker.request_stop()
    assert worker.join(10)
    assert worker.duration_s == 1.0
    assert worker.elapsed_s(40.0) == 30.0
    assert stopped(listener).silent_s == sink.silent_end_s == 29.0


class LostFolder(FakeRecordingSink):
    """Sees at its first look that its folder is elsewhere."""

    def __init__(self, folder: Path, now: Path) -> None:
        super().__init__(folder)
        self._now = now

    def check_place(self) -> None:
        if self.written:
            self.folder = self._now
            raise SinkError("The folder was moved.")


def test_a_folder_that_is_moved_is_noticed_while_no_picture_comes(tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    sink, listener = LostFolder(tmp_path / "here", moved), Listener()
    worker = RecordingWorker(lambda: sink, listener.event, check_interval_s=0.01)
    worker.start()
    for index in range(2):
        worker.offer(make_result(index=index, timestamp_s=float(index)))
    event = stopped(listener)
    assert (event.folder, event.sentence) == (moved, "The folder was moved.")
    assert event.frames == len(sink.written) == 1, "the newest was held back"
    assert sink.closed == 1
    assert worker.folder == moved
    assert worker.join(10)


def test_it_is_looked_after_about_once_a_second() -> None:
    """With the time until the next picture that is two seconds at most until it is said."""
    assert CHECK_INTERVAL_S == 1.0
