"""The engine in a studio without camera or network: choices in flight, faults, load, silence."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.enums import Privacy, Sensitivity
from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import (
    ComparisonAdopted,
    ComparisonRefused,
    DetectorAdopted,
    DetectorRefused,
    EngineFailed,
    ModelAdopted,
    ModelRefused,
    ModelTimed,
    RecordingStarted,
    RestingFacesEnded,
    RestingFacesLearning,
    RestingFacesLearnt,
    SnapshotFailed,
    SourceLost,
    SourceOpened,
)
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.slot import LatestSlot
from tests.fakes import FakeClassifier, FakeClock, FakeSource, make_spec
from tests.runtime.studio import NOTHING, CountingPipeline, Studio, studio


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


def test_a_model_is_timed_again_where_no_pictures_come(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.listener.wait_for(ModelAdopted)
        made.engine.set_paused(True)
        assert made.listener.wait_for(ModelTimed) == ModelTimed("one", 0.7)
        classifier = made.pipeline.classifier
        assert classifier is not None
        assert classifier.timed_in == {"inference"}


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


def test_where_the_remembered_model_cannot_be_had_another_serves_and_says_why(tmp_path: Path) -> None:
    with studio(tmp_path, model="broken", fallback_model="one") as made:
        adopted = made.listener.wait_for(ModelAdopted)
        assert (adopted.model_id, adopted.sentence) == ("one", "The model is damaged.")
        assert made.listener.of(ModelRefused) == []
        made.wait_for_view(lambda result: result.model_id == "one")
        made.engine.load_model("two")
        assert made.listener.wait_for(ModelAdopted, count=2).sentence == ""
        made.engine.load_model("broken")
        assert made.listener.wait_for(ModelRefused).running == "two", "one that runs goes on"


def test_where_no_model_can_be_had_that_is_said_once(tmp_path: Path) -> None:
    with studio(tmp_path, model="broken", fallback_model="broken") as made:
        assert made.listener.wait_for(ModelRefused) == ModelRefused("broken", "The model is damaged.", "")
        made.wait_for_view()
    assert len(made.listener.of(ModelRefused)) == 1


def test_where_the_one_that_is_to_stand_in_is_broken_too_the_chosen_one_is_refused(tmp_path: Path) -> None:
    with studio(tmp_path, model="broken", fallback_model="broken-too") as made:
        both = "The model is damaged. The model is damaged."
        assert made.listener.wait_for(ModelRefused) == ModelRefused("broken", both, "")


def test_a_model_that_is_loaded_after_the_analysis_broke_down_is_closed(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.listener.wait_for(ModelAdopted)
        made.wait_for_view()
        made.pipeline.fail = True
        made.listener.wait_for(EngineFailed)
        closed = threading.Event()

        class Closing(FakeClassifier):
            def close(self) -> None:
                closed.set()

        made.make_slowly = lambda model_id: Closing(make_spec(model_id))
        made.engine.load_model("two")
        assert closed.wait(10)


def test_changes_behind_one_that_breaks_down_are_closed() -> None:
    frames: LatestSlot[Frame] = LatestSlot()
    closed: list[str] = []
    failed = threading.Event()
    worker = InferenceWorker(CountingPipeline(), frames, lambda result: None, lambda event: failed.set())  # type: ignore[arg-type]

    def broken() -> None:
        raise ZeroDivisionError("a bug")

    for key, apply in (("options", lambda: None), ("model", broken), ("detector", lambda: None)):
        worker.submit(key, apply, lambda key=key: closed.append(key))  # type: ignore[misc]
    worker.start()
    assert failed.wait(5)
    assert worker.join(5)
    worker.submit("comparison", lambda: None, lambda: closed.append("comparison"))
    assert closed == ["model", "detector", "comparison"]


def test_a_model_that_gives_no_probabilities_any_more_is_let_go_and_the_picture_goes_on(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.listener.wait_for(ModelAdopted)
        made.engine.load_comparison("two")
        made.listener.wait_for(ComparisonAdopted)
        made.pipeline.refuse_comparison = True
        assert made.listener.wait_for(ComparisonRefused) == ComparisonRefused(
            "two", "The comparison gives no numbers.", ""
        )
        made.wait_for_view(lambda result: result.model_id == "one")
        made.pipeline.refuse_model = True
        assert made.listener.wait_for(ModelRefused) == ModelRefused("one", "The model gives no numbers.", "")
        made.wait_for_view(lambda result: result.model_id == "")
        made.pipeline.refuse_model = False
        made.engine.load_model("one")
        made.wait_for_view(lambda result: result.model_id == "one")
    assert made.listener.of(EngineFailed) == []


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
        made.engine.open_source(request_of("second"))
        made.listener.wait_for(SourceOpened, count=2)
        made.wait_for_view(lambda result: result.frame.source_generation == 1)
    assert [source.name for source in made.sources] == ["first", "second"]


def test_which_source_a_person_chose_is_told_apart_from_opening_it_anew(tmp_path: Path) -> None:
    made = Studio(tmp_path)
    chosen: list[SourceRequest] = []
    made.engine = Engine(replace(made.parts(), source_chosen=chosen.append), made.listener)
    made.engine.start(request_of("first"), "haar", "one")
    try:
        made.listener.wait_for(SourceOpened)
        made.engine.reopen_source(request_of("first"))
        made.listener.wait_for(SourceOpened, count=2)
        made.engine.open_source(request_of("second"))
        made.listener.wait_for(SourceOpened, count=3)
    finally:
        made.engine.stop()
    made.engine.open_source(request_of("third"))
    assert [source.name for source in made.sources] == ["first", "first", "second"]
    assert chosen == [request_of("first"), request_of("second")]


def test_options_reach_a_paused_picture_too(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.set_paused(True)
        assert made.engine.paused
        options = PipelineOptions(
            mirror=True, min_confidence=0.5, smoothing_s=1.0, privacy=Privacy.BLUR, sensitivity=Sensitivity.OFF
        )
        made.engine.set_options(options)
        made.wait_for_view(lambda result: made.pipeline.options is not None)
        assert made.pipeline.options == options


def test_a_fault_in_the_analysis_is_said_and_the_window_can_still_be_closed(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.pipeline.fail = True
        failed = made.listener.wait_for(EngineFailed)
        assert isinstance(failed, EngineFailed)
        assert "a bug" in failed.sentence
        assert "Traceback" in failed.detail


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
        assert made.pipeline.comparison is None


def test_the_learning_of_resting_faces_is_told_by_the_second_and_to_its_end(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.learn_resting_faces()
        assert made.listener.wait_for(RestingFacesLearnt) == RestingFacesLearnt((1,))
        assert made.listener.of(RestingFacesLearning) == [RestingFacesLearning(3, 1)]
        assert not made.listener.of(RestingFacesEnded)


def test_a_machine_that_cannot_keep_up_does_less_unless_that_is_not_wished(tmp_path: Path) -> None:
    results = [FrameResult(Frame(np.zeros((4, 4, 3), np.uint8), n, n / 30), *NOTHING) for n in range(600)]
    for adapt, privacy in ((True, Privacy.OFF), (False, Privacy.OFF), (True, Privacy.BLUR)):
        clock = FakeClock()
        made = Studio(tmp_path)
        engine = Engine(made.parts(), made.listener, clock)
        engine._may_degrade = adapt
        for result in results:
            clock.now = result.frame.timestamp_s
            engine._give(replace(result, stage_ms={"detect": 60.0}, privacy=privacy))
        lowers = adapt and privacy == Privacy.OFF
        assert bool(made.pipeline.degradation_steps) is lowers
        stats = engine.stats()
        assert stats.degradation_step == (len(DEGRADATION_STEPS) - 1 if lowers else 0)
        assert stats.degradation_words == DEGRADATION_STEPS[stats.degradation_step].words


def test_a_gap_is_told_where_the_source_is_silent_for_longer_than_it_usually_is(tmp_path: Path) -> None:
    made, gate, now_s = Studio(tmp_path), threading.Semaphore(0), [100.0]
    source = FakeSource(frames=50, live=True, gate=gate)
    made.resolve = lambda request: ResolvedSource(request, source)  # type: ignore[method-assign]
    made.engine = Engine(made.parts(), made.listener, clock=lambda: now_s[0])
    made.engine.start(request_of("first"), "haar", "one")
    try:
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        gate.release()
        made.wait_for_view()
        made.listener.wait_until(
            lambda: made.engine._recording._recorder is not None and made.engine._recording._recorder._held is not None
        )
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

        def resolve(request: SourceRequest) -> ResolvedSource:
            raise SourceError(f"There is no {request}.")

        made.engine._sources._resolve = resolve
        made.engine.open_source(request_of("missing"))
        made.listener.wait_for(SourceLost)
        made.engine.take_snapshot()
        assert made.listener.wait_for(SnapshotFailed) == SnapshotFailed("There is no picture yet.")


def test_latency_and_drops_are_those_of_the_newest_source(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        old = made.wait_for_view()
        made.engine.painted(old)
        assert made.engine.stats().latency_p95_ms > 0
        made.listener.wait_until(lambda: made.engine.stats().dropped + made.engine.stats().undrawn > 0)
        made.gate = threading.Semaphore(0)
        made.engine.open_source(request_of("second"))
        # Nothing of the first one's counts, not even what is painted late.
        made.engine.painted(replace(old))
        stats = made.engine.stats()
        assert (stats.latency_p95_ms, stats.dropped) == (0.0, 0)
        made.gate.release(1)
        made.engine.painted(made.wait_for_view(lambda result: result.frame.source_generation == 1))
        assert made.engine.stats().latency_p95_ms > 0
        made.gate.release(1_000_000)
