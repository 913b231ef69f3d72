"""Which model and which detector run: loads them, falls back where they cannot be had, has them adopted."""

from __future__ import annotations

import threading
from collections.abc import Callable

from realtime_fer.core.errors import ModelError
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector, Pipeline
from realtime_fer.core.text.translation import join_sentences
from realtime_fer.runtime.engine_parts import EngineParts
from realtime_fer.runtime.events import DetectorAdopted, DetectorRefused, EngineEvent, ModelAdopted, ModelRefused
from realtime_fer.runtime.idle_timing import IdleTiming
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.models.model_loader import ModelLoader


class ModelControl:
    """Owns the threads that load models and detectors.

    ``model_failed`` is called from the inference thread, all else from the thread of the engine's owner.

    Args:
        timing: told which model runs.
        ready: set once a model and a detector run, or cannot be had.
    """

    def __init__(
        self,
        parts: EngineParts,
        pipeline: Pipeline,
        inference: InferenceWorker,
        timing: IdleTiming,
        on_event: Callable[[EngineEvent], None],
        ready: threading.Event,
    ) -> None:
        self._pipeline, self._inference, self._timing, self._on_event = pipeline, inference, timing, on_event
        self._fallback_model, self._fallback_detector = parts.fallback_model, parts.fallback_detector
        self._models = ModelLoader("model", parts.make_classifier, self._model_ready, self._model_refused)
        self._detectors = ModelLoader("detector", parts.make_detector, self._detector_ready, self._detector_refused)
        self._awaited, self._ready = {"model", "detector"}, ready
        self._wanted_model = self._running_model = self._running_detector = ""
        # Why a fallback is loaded instead of what was wanted; '' where none is.
        self._model_excuse = self._detector_excuse = ""

    def start(self) -> None:
        self._models.start()
        self._detectors.start()

    def request_stop(self) -> None:
        self._models.request_stop()
        self._detectors.request_stop()

    def join(self, until_s: float, clock: Callable[[], float]) -> None:
        """Waits for both threads until the clock shows ``until_s``, and a moment for each at least."""
        for loader in (self._models, self._detectors):
            loader.join(max(0.1, until_s - clock()))

    def load_model(self, model_id: str) -> None:
        """ModelAdopted or ModelRefused tells what came of it."""
        self._model_excuse = ""
        self._wanted_model = model_id
        self._models.request(model_id)

    def load_detector(self, name: str) -> None:
        """DetectorAdopted or DetectorRefused tells what came of it."""
        self._detector_excuse = ""
        self._detectors.request(name)

    def model_failed(self, error: ModelError) -> None:
        """The running model cannot go on; the picture does, without expressions."""
        model_id, self._running_model = self._running_model, ""
        self._timing.begin("", None)
        self._pipeline.adopt_classifier(None)
        self._on_event(ModelRefused(model_id, error.sentence(), ""))

    # In a loading thread; what ``adopt`` does, in the inference thread.

    def _model_ready(self, model_id: str, classifier: ExpressionClassifier) -> None:
        excuse = self._model_excuse

        def adopt() -> None:
            self._pipeline.adopt_classifier(classifier)
            self._running_model = model_id
            ms_a_face = getattr(classifier, "ms_a_face", 0.0)
            self._timing.begin(model_id, getattr(classifier, "time_face", None), ms_a_face)
            warning = getattr(classifier, "warning", "")
            self._on_event(ModelAdopted(model_id, classifier.spec.class_names, ms_a_face, excuse, warning))
            self._settle("model")

        self._inference.submit("model", adopt, classifier.close)

    def _model_refused(self, model_id: str, sentence: str) -> None:
        fallback = self._fallback_model
        if model_id == fallback and self._model_excuse:
            # Neither the wanted model nor the one that was to stand in for it can be had.
            model_id, sentence = self._wanted_model, join_sentences(self._model_excuse, sentence)
        elif fallback and model_id != fallback and not self._running_model:
            # As where a remembered model's file is gone: without any model there would be no expressions at all.
            self._model_excuse = sentence
            self._models.request(fallback)
            return
        self._on_event(ModelRefused(model_id, sentence, self._running_model))
        self._settle("model")

    def _detector_ready(self, name: str, detector: FaceDetector) -> None:
        excuse = self._detector_excuse

        def adopt() -> None:
            self._pipeline.adopt_detector(detector)
            self._running_detector = name
            self._on_event(DetectorAdopted(name, excuse))
            self._settle("detector")

        self._inference.submit("detector", adopt, detector.close)

    def _detector_refused(self, name: str, sentence: str) -> None:
        if self._running_detector or name == self._fallback_detector:
            self._on_event(DetectorRefused(name, sentence, self._running_detector))
            self._settle("detector")
            return
        self._detector_excuse = sentence
        self._detectors.request(self._fallback_detector)

    def _settle(self, part: str) -> None:
        """It runs, or it is known that none can be had."""
        self._awaited.discard(part)
        if not self._awaited:
            self._ready.set()
