import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from realtime_fer.core.errors import DetectorError, ModelError, SinkError
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.runtime.capture import ResolvedSource
from realtime_fer.runtime.engine import Engine, EngineParts
from realtime_fer.runtime.events import (
    DetectorAdopted,
    DetectorRefused,
    EngineFailed,
    MarkerAdded,
    MarkerRefused,
    ModelAdopted,
    ModelRefused,
    RecordingStarted,
    RecordingStopped,
    SnapshotFailed,
    SnapshotSaved,
    SourceOpened,
)
from realtime_fer.runtime.recording import RecordingSink
from tests.fakes import FakeClassifier, FakeDetector, FakeRecordingSink, FakeSource, Listener, make_spec


class CountingPipeline:
    """The smallest pipeline: it shows what was adopted."""

    def __init__(self) -> None:
        self.detector: FakeDetector | None = None
        self.classifier: FakeClassifier | None = None
        self.options: dict[str, object] = {}
        self.threads: set[str] = set()
        self.fail = False
        self.closed = False

    def process(self, frame: Frame) -> FrameResult:
        self.threads.add(threading.current_thread().name)
        if self.fail:
            raise ZeroDivisionError("a bug")
        from realtime_fer.core.faces import Faces

        model = self.classifier.spec.model_id if self.classifier else ""
        return FrameResult(frame, Faces.empty(), (), np.array(frame.image_bgr), model_id=model)

    def adopt_detector(self, detector: FakeDetector) -> None:
        self.threads.add(threading.current_thread().name)
        self.detector = detector

    def adopt_classifier(self, classifier: FakeClassifier | None) -> None:
        self.threads.add(threading.current_thread().name)
        self.classifier = classifier

    def set_options(self, **options: object) -> None:
        self.options = options

    def close(self) -> None:
        self.closed = True


class Studio:
    """An engine of fakes. Its source gives frames as long as the test wants."""

    def __init__(self, folder: Path) -> None:
        self.pipeline = CountingPipeline()
        self.listener = Listener()
        self.sources: list[FakeSource] = []
        self.sinks: list[FakeRecordingSink] = []
        self.missing_detectors: set[str] = set()
        self.fail_snapshots = False
        self.folder = folder
        self.engine = Engine(
            EngineParts(
                make_pipeline=lambda: self.pipeline,
                resolve_source=self.resolve,
                make_detector=self.make_detector,
                make_classifier=self.make_classifier,
                make_recording=self.make_recording,
                save_snapshot=self.save_snapshot,
                fallback_detector="haar",
            ),
            self.listener,
        )

    def resolve(self, request: str) -> ResolvedSource:
        source = FakeSource(frames=1_000_000, name=request, step_s=0.001)
        self.sources.append(source)
        return ResolvedSource(request, source)

    def make_detector(self, name: str) -> FakeDetector:
        if name in self.missing_detectors:
            raise DetectorError(f"The file of {name} is missing.", "Fetch it.")
        return FakeDetector(name)

    def make_classifier(self, model_id: str) -> FakeClassifier:
        if model_id == "broken":
            raise ModelError("The model is damaged.")
        return FakeClassifier(make_spec(model_id))

    def make_recording(self, source_name: str) -> RecordingSink:
        self.sinks.append(FakeRecordingSink(self.folder / "session"))
        return self.sinks[-1]

    def save_snapshot(self, result: FrameResult, session: Path | None) -> Path:
        if self.fail_snapshots:
            raise SinkError("The disk is full.")
        return (session or self.folder) / "snapshot.png"

    def wait_for_view(self, true: Callable[[FrameResult], bool] = lambda result: True) -> FrameResult:
        """The first shown result that is so."""
        while True:
            result = self.engine.take_view()
            if result is not None and true(result):
                return result
            seen = self.listener.views
            if result is None:
                self.listener.wait_until(
                    lambda seen=seen: self.listener.views > seen or self.engine._view._item is not None
                )


@contextmanager
def studio(folder: Path, detector: str = "haar", model: str = "one", **changes: object) -> Iterator[Studio]:
    made = Studio(folder)
    for name, value in changes.items():
        setattr(made, name, value)
    made.engine.start("first", detector, model)
    try:
        yield made
    finally:
        made.engine.stop()
        made.engine.stop()
        assert made.pipeline.closed
        assert all(source.closed for source in made.sources)


def test_pictures_come_and_the_pipeline_belongs_to_one_thread(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        assert made.listener.wait_for(ModelAdopted).ms_a_face == 1.5
        made.listener.wait_for(DetectorAdopted)
        result = made.wait_for_view(lambda result: result.model_id == "one")
        made.engine.painted(result)
        made.engine.painted(result)
        stats = made.engine.stats()
        assert stats.size == (64, 48)
        assert stats.stage_ms["latency"] > 0
    assert made.pipeline.threads == {"inference"}


def test_a_model_is_changed_in_flight_and_a_broken_one_leaves_the_old_running(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.listener.wait_for(ModelAdopted)
        made.engine.load_model("broken")
        refused = made.listener.wait_for(ModelRefused)
        assert refused == ModelRefused("broken", "The model is damaged.", "one")
        made.wait_for_view(lambda result: result.model_id == "one")
        made.engine.load_model("two")
        made.listener.wait_for(ModelAdopted, count=2)
        made.wait_for_view(lambda result: result.model_id == "two")


def test_where_the_detector_cannot_be_had_haar_serves_and_says_why(tmp_path: Path) -> None:
    with studio(tmp_path, detector="mediapipe", missing_detectors={"mediapipe"}) as made:
        adopted = made.listener.wait_for(DetectorAdopted)
        assert adopted == DetectorAdopted("haar", "The file of mediapipe is missing. Fetch it.")
        made.engine.load_detector("mediapipe")
        refused = made.listener.wait_for(DetectorRefused)
        assert refused == DetectorRefused("mediapipe", "The file of mediapipe is missing. Fetch it.", "haar")


def test_another_source_takes_over_and_the_first_is_released(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.listener.wait_for(SourceOpened)
        made.engine.open_source("second")
        made.listener.wait_for(SourceOpened, count=2)
        made.wait_for_view(lambda result: result.frame.source_generation == 1)
    assert [source.name for source in made.sources] == ["first", "second"]


def test_a_recording_is_finished_when_the_engine_stops(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.engine.start_recording()
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.listener.wait_until(lambda: made.engine.stats().recording_s not in (None, 0.0))
        assert made.engine.recording
        made.engine.load_model("two")
        made.listener.wait_for(ModelAdopted, count=2)
        made.engine.open_source("second")
        made.listener.wait_for(SourceOpened, count=2)
        made.wait_for_view(lambda result: result.frame.source_generation == 1)
    assert len(made.sinks) == 1
    assert made.sinks[0].closed == 1
    stamps = [result.frame.timestamp_s for result in made.sinks[0].written]
    assert stamps == sorted(stamps)
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


def test_options_reach_a_paused_picture_too(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.set_paused(True)
        assert made.engine.paused
        made.engine.set_options(mirror=True, min_confidence=0.5, smoothing_s=1.0, privacy="blur")
        made.wait_for_view(lambda result: bool(made.pipeline.options))
        assert made.pipeline.options == {"mirror": True, "min_confidence": 0.5, "smoothing_s": 1.0, "privacy": "blur"}


def test_a_fault_in_the_analysis_is_said_and_the_window_can_still_be_closed(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.pipeline.fail = True
        failed = made.listener.wait_for(EngineFailed)
        assert isinstance(failed, EngineFailed)
        assert "a bug" in failed.sentence
        assert "Traceback" in failed.detail


def test_a_marker_is_of_the_newest_picture_with_and_without_a_recording(tmp_path: Path) -> None:
    idle = Studio(tmp_path)
    idle.engine.add_marker()
    assert idle.listener.events == [MarkerRefused("There is no picture yet that could be marked.")]
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
