"""What the engine keeps: recordings, snapshots, markers."""

import threading
from pathlib import Path

import pytest

from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import Kind, SourceRequest, request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.events import (
    ComparisonAdopted,
    ComparisonRefused,
    DetectorAdopted,
    MarkerAdded,
    MarkerRefused,
    ModelAdopted,
    RecordingStarted,
    RecordingStopped,
    SnapshotFailed,
    SnapshotSaved,
    SourceEnded,
    SourceOpened,
)
from tests.fakes import FakeSource, make_spec
from tests.runtime.studio import Studio, studio


def test_a_recording_is_finished_when_the_engine_stops(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.engine.start_recording()
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.listener.wait_until(lambda: made.engine.stats().recording_s not in (None, 0.0))
        assert made.engine.recording
        made.engine.load_model("two")
        made.listener.wait_for(ModelAdopted, count=2)
        made.engine.open_source(request_of("second"))
        made.listener.wait_for(SourceOpened, count=2)
        made.wait_for_view(lambda result: result.frame.source_generation == 1)
    assert len(made.sinks) == 1
    assert made.sinks[0].closed == 1
    stamps = [result.frame.timestamp_s for result in made.sinks[0].written]
    assert stamps == sorted(stamps)
    told = {result.frame.source_generation: result.frame.source_name for result in made.sinks[0].written}
    assert told == {0: "first", 1: "second"}
    ended = made.listener.wait_for(RecordingStopped)
    assert isinstance(ended, RecordingStopped)
    assert (ended.sentence, ended.frames) == ("", len(stamps))


def test_stop_recording_lets_the_picture_go_on(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.engine.stop_recording()
        made.listener.wait_for(RecordingStopped)
        made.wait_for_view()
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted, count=2)


@pytest.mark.parametrize("frames_after_start", [1, 5])
def test_a_recording_of_a_file_ends_with_the_file(tmp_path: Path, frames_after_start: int) -> None:
    gate = threading.Semaphore(1)
    made = Studio(tmp_path)
    source = FakeSource(frames=1 + frames_after_start, name="film.mp4", step_s=0.001, gate=gate)
    made.sources.append(source)
    made.resolve = lambda request: ResolvedSource(request, source)  # type: ignore[method-assign]
    made.engine.start(request_of("film.mp4"), "haar", "one")
    try:
        made.wait_for_view()
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        gate.release(frames_after_start + 1)
        ended = made.listener.wait_for(RecordingStopped)
    finally:
        made.engine.stop()
    assert isinstance(ended, RecordingStopped)
    assert ended.sentence == ""
    # The last frame too.
    assert made.sinks[0].written[-1].frame.index == frames_after_start


def test_a_single_picture_does_not_end_a_recording(tmp_path: Path) -> None:
    made = Studio(tmp_path)
    source = FakeSource(frames=1, name="face.png")
    made.sources.append(source)
    # As the program's resolver knows a file that has turned out to be a picture.
    picture = SourceRequest(Kind.PICTURE, "face.png")
    made.resolve = lambda request: ResolvedSource(picture, source)  # type: ignore[method-assign]
    made.engine.start(request_of("face.png"), "haar", "one")
    try:
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.listener.wait_for(SourceEnded)
        made.wait_for_view()
        assert made.listener.of(RecordingStopped) == []
        made.engine.stop_recording()
        made.listener.wait_for(RecordingStopped)
    finally:
        made.engine.stop()


def test_snapshots_are_saved_or_said_not_to_be(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.take_snapshot()
        assert made.listener.wait_for(SnapshotSaved) == SnapshotSaved(tmp_path / "snapshot.png")
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.engine.take_snapshot()
        with_it = SnapshotSaved(tmp_path / "session" / "snapshot.png")
        assert made.listener.wait_for(SnapshotSaved, count=2) == with_it
        made.engine.stop_recording()
        made.listener.wait_for(RecordingStopped)
        made.engine.take_snapshot()
        assert made.listener.wait_for(SnapshotSaved, count=3) == SnapshotSaved(tmp_path / "snapshot.png")
        made.fail_snapshots = True
        made.engine.take_snapshot()
        assert made.listener.wait_for(SnapshotFailed) == SnapshotFailed("The disk is full.")


def test_what_is_only_shown_anew_is_not_recorded(tmp_path: Path) -> None:
    """The last picture may be of long ago: the recording would begin then."""
    gate = threading.Semaphore(1)
    with studio(tmp_path, gate=gate) as made:
        old = made.wait_for_view()
        for loaded in (ModelAdopted, DetectorAdopted):
            made.listener.wait_for(loaded)
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.engine.set_options(PipelineOptions(mirror=True, min_confidence=0.5, smoothing_s=1.0))
        anew = made.wait_for_view(lambda result: made.pipeline.options is not None)
        assert anew.repeated
        assert anew.frame is old.frame
        made.engine.take_snapshot()
        made.listener.wait_for(SnapshotSaved)
        gate.release()
        new = made.wait_for_view(lambda result: result.frame is not old.frame)
        made.engine.stop_recording()
        made.listener.wait_for(RecordingStopped)
        gate.release(10)
    assert [(result.repeated, result.frame.index) for result in made.sinks[0].written] == [(False, new.frame.index)]


def test_a_marker_is_of_the_newest_picture_with_and_without_a_recording(tmp_path: Path) -> None:
    idle = Studio(tmp_path)
    idle.engine.add_marker()
    assert idle.listener.events == [MarkerRefused("There is no picture to mark yet.")]
    with studio(tmp_path) as made:
        engine, listener = made.engine, made.listener
        before_s = made.wait_for_view().frame.timestamp_s
        engine.add_marker()
        engine.start_recording()
        listener.wait_for(RecordingStarted)
        made.wait_for_view(lambda result: result.frame.timestamp_s > before_s)
        pressed_s = engine.newest_s
        assert pressed_s is not None
        engine.add_marker(" looks\n away ", at_s=pressed_s)
        made.wait_for_view(lambda result: result.frame.timestamp_s > pressed_s)
        engine.stop_recording()
        listener.wait_for(RecordingStopped)
    first, second = listener.of(MarkerAdded)
    assert isinstance(first, MarkerAdded)
    assert (first.number, first.text) == (1, "1")
    assert first.time_s >= before_s
    assert second == MarkerAdded(2, pressed_s, "looks away")
    (sink,) = made.sinks
    recorded = [*sink.markers.values(), *(text for _, text in sink.late_markers)]
    assert recorded == ["looks away"], "the first was set before the recording"


def test_a_second_model_comes_changes_and_goes_while_recording(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.engine.load_comparison("two")
        assert made.listener.wait_for(ComparisonAdopted) == ComparisonAdopted("two", make_spec().class_names)
        first = made.pipeline.comparison
        made.engine.load_comparison("three")
        made.listener.wait_for(ComparisonAdopted, 2)
        assert first is not None
        assert first.closed
        made.engine.load_comparison("broken")
        refused = made.listener.wait_for(ComparisonRefused)
        assert refused == ComparisonRefused("broken", "The model is damaged.", "three")
        made.engine.load_comparison("")
        assert made.listener.wait_for(ComparisonAdopted, 3) == ComparisonAdopted("", ())
        assert made.pipeline.comparison is None
        assert made.engine.recording
