import threading
from pathlib import Path

from realtime_fer.core.frame import FrameResult
from realtime_fer.runtime.events import RecordingStarted, RecordingStopped
from realtime_fer.runtime.recording.markers import LONGEST_TEXT, MOST_WAITING, Marker, WaitingMarkers, marker_text
from realtime_fer.runtime.recording.recording_worker import QUEUE_SIZE, RecordingWorker
from tests.fakes import FakeRecordingSink, Listener, make_result


def started(sink: FakeRecordingSink) -> tuple[RecordingWorker, Listener]:
    listener = Listener()
    worker = RecordingWorker(lambda: sink, listener.event)
    worker.start()
    listener.wait_for(RecordingStarted)
    return worker, listener


def test_a_note_is_one_line_and_an_empty_one_is_its_number() -> None:
    assert marker_text("  she\nlaughs\t now ", 3) == "she laughs now"
    assert marker_text(" \n", 3) == "3"
    assert len(marker_text("x" * 500, 1)) == LONGEST_TEXT


def test_markers_wait_until_their_frame_and_too_many_are_refused() -> None:
    waiting = WaitingMarkers()
    for number in range(MOST_WAITING):
        assert waiting.offer(Marker(number, float(number % 2), str(number)))
    assert not waiting.offer(Marker(99, 0.0, "99"))
    assert [marker.number for marker in waiting.take(0.5)] == list(range(0, MOST_WAITING, 2))
    assert [marker.number for marker in waiting.take(1.0)] == list(range(1, MOST_WAITING, 2))
    assert waiting.take(9.0) == []


def test_the_newest_frame_gets_the_marker_although_it_was_offered_before(tmp_path: Path) -> None:
    sink = FakeRecordingSink(tmp_path)
    worker, _ = started(sink)
    for index in range(3):
        worker.offer(make_result(index=index, timestamp_s=10.0 + index))
        if index == 1:
            assert worker.offer_marker(Marker(1, 11.0, "1"))
            assert worker.offer_marker(Marker(2, 11.0, "laughs"))
    worker.request_stop()
    assert worker.join(10)
    noted = [text for _, text in sink.late_markers]
    assert sink.markers.keys() == {11.0}
    assert [*sink.markers[11.0].split("; "), *noted] == ["1", "laughs"]
    assert [result.frame.index for result in sink.written] == [0, 1, 2]


class TellingSink(FakeRecordingSink):
    """Sets ``done`` when it has written its ``count``-th result."""

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder)
        self.count, self.done = count, threading.Event()

    def write(self, result: FrameResult, marker: str = "") -> None:
        super().write(result, marker)
        if len(self.written) == self.count:
            self.done.set()


def test_a_marker_in_a_pause_does_not_wait_for_the_next_frame(tmp_path: Path) -> None:
    sink = TellingSink(tmp_path, count=1)
    worker, _ = started(sink)
    worker.offer(make_result(timestamp_s=5.0))
    worker.offer_marker(Marker(1, 5.0, "door"))
    assert sink.done.wait(10), "nothing comes after it, and still it is written"
    assert sink.markers == {5.0: "door"}
    worker.request_stop()
    assert worker.join(10)


def test_a_note_that_took_long_to_write_goes_to_its_own_frame(tmp_path: Path) -> None:
    sink = TellingSink(tmp_path, count=4)
    worker, _ = started(sink)
    for index in range(5):
        worker.offer(make_result(index=index, timestamp_s=float(index)))
    assert sink.done.wait(10)
    worker.offer_marker(Marker(1, 1.0, "looks away"))
    worker.request_stop()
    assert worker.join(10)
    assert sink.late_markers == [(1.0, "looks away")]
    assert sink.markers == {}


def test_a_marker_of_a_dropped_frame_goes_to_the_next_written_one_and_none_is_lost(tmp_path: Path) -> None:
    gate = threading.Event()
    sink = FakeRecordingSink(tmp_path, gate=gate)
    worker, listener = started(sink)
    marked = 0
    for index in range(3 * QUEUE_SIZE):
        worker.offer(make_result(index=index, timestamp_s=float(index)))
        if index % 5 == 0:
            marked += 1
            assert worker.offer_marker(Marker(marked, float(index), str(index)))
    # All of the last ones were dropped: the queue is full.
    assert worker.dropped
    gate.set()
    worker.request_stop()
    assert worker.join(10)
    written = {result.frame.timestamp_s for result in sink.written}
    placed = {float(text): time_s for time_s, texts in sink.markers.items() for text in texts.split("; ")}
    for wanted_s, got_s in placed.items():
        assert got_s == min(time_s for time_s in written if time_s >= wanted_s)
    for wanted_s, text in sink.late_markers:
        assert wanted_s == float(text)
        placed[wanted_s] = wanted_s
    assert sorted(placed) == [float(index) for index in range(0, 3 * QUEUE_SIZE, 5)]
    stopped = listener.wait_for(RecordingStopped)
    assert isinstance(stopped, RecordingStopped)
    assert stopped.frames == len(sink.written)
    # After the end it is nobody's, and no fault.
    assert worker.offer_marker(Marker(99, 99.0, "99"))
