import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.calibration import Calibration, CalibrationState
from realtime_fer.core.errors import DetectorError, ModelError, SinkError, SourceError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.load import LOAD_STEPS
from realtime_fer.runtime.capture import ResolvedSource
from realtime_fer.runtime.engine import Engine, EngineParts
from realtime_fer.runtime.events import (
    CalibrationDone,
    CalibrationEnded,
    CalibrationRunning,
    ComparisonAdopted,
    ComparisonRefused,
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
    SourceLost,
    SourceOpened,
)
from realtime_fer.runtime.recording import RecordingSink
from tests.fakes import FakeClassifier, FakeClock, FakeDetector, FakeRecordingSink, FakeSource, Listener, make_spec

NOTHING = (Faces.empty(), (), np.zeros((4, 4, 3), np.uint8))


class CountingPipeline:
    """The smallest pipeline: it shows what was adopted."""

    def __init__(self) -> None:
        self.detector: FakeDetector | None = None
        self.classifier: FakeClassifier | None = None
        self.second: FakeClassifier | None = None
        self.told: list[Calibration] = []
        self.load_steps: list[int] = []
        self.options: dict[str, object] = {}
        self.threads: set[str] = set()
        self.fail = False
        self.closed = False

    def process(self, frame: Frame) -> FrameResult:
        self.threads.add(threading.current_thread().name)
        if self.fail:
            raise ZeroDivisionError("a bug")
        model = self.classifier.spec.model_id if self.classifier else ""
        told = self.told.pop(0) if self.told else None
        return FrameResult(frame, Faces.empty(), (), np.array(frame.image_bgr), model_id=model, calibration=told)

    def adopt_detector(self, detector: FakeDetector) -> None:
        self.threads.add(threading.current_thread().name)
        self.detector = detector

    def adopt_classifier(self, classifier: FakeClassifier | None) -> None:
        self.threads.add(threading.current_thread().name)
        self.classifier = classifier

    def adopt_comparison(self, classifier: FakeClassifier | None) -> None:
        if self.second is not None:
            self.second.close()
        self.second = classifier

    def calibrate(self, identities: object = None) -> None:
        self.told.append(Calibration(CalibrationState.RUNNING, 2.9, (1,)))
        self.told.append(Calibration(CalibrationState.RUNNING, 2.8, (1,)))
        self.told.append(Calibration(CalibrationState.DONE, 0.0, (1,)))

    def undo_calibration(self, identities: object = None) -> None:
        self.told.clear()

    def set_load(self, step: int) -> None:
        self.load_steps.append(step)

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
        self.make_slowly: Callable[[str], FakeClassifier] | None = None
        self.gate: threading.Semaphore | None = None
        self.engine = Engine(self.parts(), self.listener)

    def parts(self) -> EngineParts:
        return EngineParts(
            make_pipeline=lambda: self.pipeline,
            resolve_source=self.resolve,
            make_detector=self.make_detector,
            make_classifier=self.make_classifier,
            make_recording=self.make_recording,
            save_snapshot=self.save_snapshot,
            fallback_detector="haar",
        )

    def resolve(self, request: str) -> ResolvedSource:
        source = FakeSource(frames=1_000_000, name=request, step_s=0.001, gate=self.gate)
        self.sources.append(source)
        return ResolvedSource(request, source)

    def make_detector(self, name: str) -> FakeDetector:
        if name in self.missing_detectors:
            raise DetectorError(f"The file of {name} is missing.", "Fetch it.")
        return FakeDetector(name)

    def make_classifier(self, model_id: str) -> FakeClassifier:
        if self.make_slowly is not None:
            return self.make_slowly(model_id)
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


def test_which_source_a_person_chose_is_told_apart_from_opening_it_anew(tmp_path: Path) -> None:
    made = Studio(tmp_path)
    chosen: list[str] = []
    made.engine = Engine(replace(made.parts(), source_chosen=chosen.append), made.listener)
    made.engine.start("first", "haar", "one")
    try:
        made.listener.wait_for(SourceOpened)
        made.engine.reopen_source("first")
        made.listener.wait_for(SourceOpened, count=2)
        made.engine.open_source("second")
        made.listener.wait_for(SourceOpened, count=3)
    finally:
        made.engine.stop()
    made.engine.open_source("third")
    assert [source.name for source in made.sources] == ["first", "first", "second"]
    assert chosen == ["first", "second"]


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


def test_what_is_only_shown_anew_is_not_recorded(tmp_path: Path) -> None:
    """The last picture may be of long ago: the recording would begin then."""
    gate = threading.Semaphore(1)
    with studio(tmp_path, gate=gate) as made:
        old = made.wait_for_view()
        for loaded in (ModelAdopted, DetectorAdopted):
            made.listener.wait_for(loaded)
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.engine.set_options(mirror=True, min_confidence=0.5, smoothing_s=1.0)
        anew = made.wait_for_view(lambda result: bool(made.pipeline.options))
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


def test_a_second_model_comes_changes_and_goes_while_recording(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.engine.load_comparison("two")
        assert made.listener.wait_for(ComparisonAdopted) == ComparisonAdopted("two", make_spec().class_names)
        first = made.pipeline.second
        made.engine.load_comparison("three")
        made.listener.wait_for(ComparisonAdopted, 2)
        assert first is not None
        assert first.closed
        made.engine.load_comparison("broken")
        refused = made.listener.wait_for(ComparisonRefused)
        assert refused == ComparisonRefused("broken", "The model is damaged.", "three")
        made.engine.load_comparison("")
        assert made.listener.wait_for(ComparisonAdopted, 3) == ComparisonAdopted("", ())
        assert made.pipeline.second is None
        assert made.engine.recording


def test_a_second_model_that_was_given_up_while_it_loaded_is_closed(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        loading, go_on = threading.Event(), threading.Event()
        late = FakeClassifier(make_spec("late"))

        def slow(model_id: str) -> FakeClassifier:
            loading.set()
            assert go_on.wait(10)
            return late

        made.make_slowly = slow
        made.engine.load_comparison("late")
        assert loading.wait(10)
        made.engine.load_comparison("")
        made.listener.wait_for(ComparisonAdopted)
        go_on.set()
        made.engine.stop()
        assert late.closed
        assert made.pipeline.second is None


def test_a_calibration_is_told_by_the_second_and_to_its_end(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.calibrate()
        assert made.listener.wait_for(CalibrationDone) == CalibrationDone((1,))
        assert made.listener.of(CalibrationRunning) == [CalibrationRunning(3, 1)]
        assert not made.listener.of(CalibrationEnded)


def test_a_machine_that_cannot_keep_up_does_less_unless_that_is_not_wished(tmp_path: Path) -> None:
    results = [FrameResult(Frame(np.zeros((4, 4, 3), np.uint8), n, n / 30), *NOTHING) for n in range(600)]
    for adapt, privacy in ((True, "off"), (False, "off"), (True, "blur")):
        clock = FakeClock()
        made = Studio(tmp_path)
        engine = Engine(made.parts(), made.listener, clock)
        engine._adapt_load = adapt
        for result in results:
            clock.now = result.frame.timestamp_s
            engine._give(replace(result, stage_ms={"detect": 60.0}, privacy=privacy))
        lowers = adapt and privacy == "off"
        assert bool(made.pipeline.load_steps) is lowers
        stats = engine.stats()
        assert stats.load_step == (len(LOAD_STEPS) - 1 if lowers else 0)
        assert stats.load_words == LOAD_STEPS[stats.load_step].words


def test_a_gap_is_told_where_the_source_is_silent_for_longer_than_it_usually_is(tmp_path: Path) -> None:
    made, gate, now_s = Studio(tmp_path), threading.Semaphore(0), [100.0]
    source = FakeSource(frames=50, live=True, gate=gate)
    made.resolve = lambda request: ResolvedSource(request, source)  # type: ignore[method-assign]
    made.engine = Engine(made.parts(), made.listener, clock=lambda: now_s[0])
    made.engine.start("first", "haar", "one")
    try:
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        gate.release()
        made.wait_for_view()
        made.listener.wait_until(lambda: made.engine._recorder is not None and made.engine._recorder._held is not None)
        now_s[0] += 1.4
        assert (made.engine.stats().recording_s, made.engine.stats().gap_s) == (pytest.approx(1.4), 0.0)
        now_s[0] += 5.0
        assert made.engine.stats().recording_s == pytest.approx(6.4)
        assert made.engine.stats().gap_s == pytest.approx(6.4)
        gate.release()
        made.wait_for_view()
        assert made.engine.stats().gap_s == 0.0
    finally:
        gate.release(100)
        made.engine.stop()


def test_while_another_source_is_opened_there_is_no_picture_to_keep_and_no_face(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()

        def resolve(request: str) -> ResolvedSource:
            raise SourceError(f"There is no {request}.")

        made.engine._sources._resolve = resolve
        made.engine.open_source("missing")
        made.listener.wait_for(SourceLost)
        made.engine.take_snapshot()
        assert made.listener.wait_for(SnapshotFailed) == SnapshotFailed("There is no picture yet.")
