"""An engine with parts that only note what they are asked."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from realtime_fer.core.errors import ComparisonModelError, DetectorError, ModelError, SinkError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, LearningState, RestingFaceLearning
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.people import People
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.engine_parts import EngineParts
from realtime_fer.runtime.recording.recording_worker import RecordingSink
from tests.fakes import (
    FakeBlendshapes,
    FakeClassifier,
    FakeDetector,
    FakeEyes,
    FakeRecordingSink,
    FakeSource,
    Listener,
    make_spec,
)

NOTHING = (Faces.empty(), ())


class CountingPipeline:
    """The smallest pipeline: it shows what was adopted."""

    def __init__(self) -> None:
        self.detector: FakeDetector | None = None
        self.classifier: FakeClassifier | None = None
        self.comparison: FakeClassifier | None = None
        self.blendshapes: FakeBlendshapes | None = None
        self.gaze: FakeEyes | None = None
        self.told: list[RestingFaceLearning] = []
        self.degradation_steps: list[int] = []
        self.options: PipelineOptions | None = None
        self.threads: set[str] = set()
        self.forgotten: set[int] = set()
        self.fail = False
        self.refuse_model = self.refuse_comparison = False
        self.closed = False

    def process(self, frame: Frame) -> FrameResult:
        self.threads.add(threading.current_thread().name)
        if self.fail:
            raise ZeroDivisionError("a bug")
        if self.refuse_model and self.classifier is not None:
            raise ModelError("The model gives no numbers.")
        if self.refuse_comparison and self.comparison is not None:
            raise ComparisonModelError("The comparison gives no numbers.")
        model = self.classifier.spec.model_id if self.classifier else ""
        told = self.told.pop(0) if self.told else None
        return FrameResult(frame, Faces.empty(), (), model_id=model, resting_faces=told)

    def adopt_detector(self, detector: FakeDetector) -> None:
        self.threads.add(threading.current_thread().name)
        self.detector = detector

    def adopt_classifier(self, classifier: FakeClassifier | None) -> None:
        self.threads.add(threading.current_thread().name)
        self.classifier = classifier

    def adopt_comparison(self, classifier: FakeClassifier | None) -> None:
        if self.comparison is not None:
            self.comparison.close()
        self.comparison = classifier

    def adopt_blendshapes(self, network: FakeBlendshapes | None) -> None:
        if self.blendshapes is not None:
            self.blendshapes.close()
        self.blendshapes = network

    def adopt_gaze(self, network: FakeEyes | None) -> None:
        self.gaze = network

    def adopt_own_expressions(self, model: object) -> None:
        self.own_expressions = model

    def learn_resting_faces(self, identities: object = None) -> None:
        self.told.append(RestingFaceLearning(LearningState.RUNNING, 2.9, (1,)))
        self.told.append(RestingFaceLearning(LearningState.RUNNING, 2.8, (1,)))
        self.told.append(RestingFaceLearning(LearningState.DONE, 0.0, (1,)))

    def forget_resting_faces(self, identities: object = None) -> None:
        self.told.clear()

    def forget_people(self, identities: Collection[int]) -> None:
        self.forgotten = set(identities)

    def set_degradation(self, step: int) -> None:
        self.degradation_steps.append(step)

    def set_options(self, options: PipelineOptions) -> None:
        self.options = options

    def close(self) -> None:
        self.closed = True


class Studio:
    """An engine of fakes. Its source gives frames as long as the test wants."""

    def __init__(self, folder: Path, fallback_model: str = "") -> None:
        self.fallback_model = fallback_model
        self.pipeline = CountingPipeline()
        self.listener = Listener()
        self.sources: list[FakeSource] = []
        self.sinks: list[FakeRecordingSink] = []
        self.missing_detectors: set[str] = set()
        self.missing_blendshapes = self.missing_gaze = False
        self.fail_snapshots = False
        self.folder = folder
        self.saved_people: list[tuple[Path, People, People]] = []
        self.make_slowly: Callable[[str], FakeClassifier] | None = None
        self.gate: threading.Semaphore | None = None
        self.engine = Engine(self.parts(), self.listener)

    def parts(self) -> EngineParts:
        return EngineParts(
            make_pipeline=lambda: self.pipeline,
            resolve_source=lambda request: self.resolve(request),
            make_detector=self.make_detector,
            make_classifier=self.make_classifier,
            make_blendshapes=self.make_blendshapes,
            make_gaze=self.make_gaze,
            make_recording=self.make_recording,
            save_snapshot=self.save_snapshot,
            fallback_detector="haar",
            fallback_model=self.fallback_model,
            save_people=lambda *people: self.saved_people.append(people),
        )

    def resolve(self, request: SourceRequest) -> ResolvedSource:
        source = FakeSource(frames=1_000_000, name=request.value, step_s=0.001, gate=self.gate)
        self.sources.append(source)
        return ResolvedSource(request, source)

    def make_detector(self, name: str) -> FakeDetector:
        if name in self.missing_detectors:
            raise DetectorError(f"The file of {name} is missing.", "Fetch it.")
        return FakeDetector(name)

    def make_blendshapes(self) -> FakeBlendshapes:
        if self.missing_blendshapes:
            raise DetectorError("Google's file is missing.", "Fetch it.")
        return FakeBlendshapes()

    def make_gaze(self) -> FakeEyes:
        if self.missing_gaze:
            raise DetectorError("The iris file is missing.", "Fetch it.")
        return FakeEyes()

    def make_classifier(self, model_id: str) -> FakeClassifier:
        if self.make_slowly is not None:
            return self.make_slowly(model_id)
        if model_id.startswith("broken"):
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
def studio(
    folder: Path, detector: str = "haar", model: str = "one", fallback_model: str = "", **changes: object
) -> Iterator[Studio]:
    made = Studio(folder, fallback_model)
    for name, value in changes.items():
        setattr(made, name, value)
    made.engine.start(request_of("first"), detector, model)
    try:
        yield made
    finally:
        made.engine.stop()
        made.engine.stop()
        assert made.pipeline.closed
        assert all(source.closed for source in made.sources)
