"""Loads, adopts, ends and refuses the comparison model, which runs beside the first."""

from __future__ import annotations

from collections.abc import Callable

from realtime_fer.core.protocols import ExpressionClassifier, Pipeline
from realtime_fer.runtime.events import ComparisonAdopted, ComparisonRefused, EngineEvent
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.models.model_loader import ModelLoader


class ComparisonControl:
    """Owns the thread that loads comparison models. ``load`` is called from the engine's owner's thread."""

    def __init__(
        self,
        make_classifier: Callable[[str], ExpressionClassifier],
        pipeline: Pipeline,
        inference: InferenceWorker,
        on_event: Callable[[EngineEvent], None],
    ) -> None:
        self._pipeline, self._inference, self._on_event = pipeline, inference, on_event
        self._loader = ModelLoader("comparison", make_classifier, self._ready, self._refused)
        self._wanted = ""
        self._running = ""

    def start(self) -> None:
        self._loader.start()

    def load(self, model_id: str) -> None:
        """Loads a comparison model; '' ends the comparison."""
        self._wanted = model_id
        if model_id:
            self._loader.request(model_id)
        else:
            self._inference.submit("comparison", lambda: self._adopt("", None))

    def request_stop(self) -> None:
        self._loader.request_stop()

    def join(self, timeout_s: float) -> bool:
        return self._loader.join(timeout_s)

    def _ready(self, model_id: str, classifier: ExpressionClassifier) -> None:
        if model_id != self._wanted:
            # The comparison ended, or another model was chosen, while this one was loaded.
            classifier.close()
            return
        self._inference.submit("comparison", lambda: self._adopt(model_id, classifier), classifier.close)

    def _refused(self, model_id: str, sentence: str) -> None:
        if model_id == self._wanted:
            self._wanted = self._running
            self._on_event(ComparisonRefused(model_id, sentence, self._running))

    def give_up(self, sentence: str) -> None:
        """In the inference thread: the running one gives no probabilities. The picture continues without it."""
        model_id, self._running = self._running, ""
        if self._wanted == model_id:
            self._wanted = ""
        self._pipeline.adopt_comparison(None)
        self._on_event(ComparisonRefused(model_id, sentence, ""))

    def _adopt(self, model_id: str, classifier: ExpressionClassifier | None) -> None:
        """In the inference thread."""
        self._pipeline.adopt_comparison(classifier)
        self._running = model_id
        self._on_event(ComparisonAdopted(model_id, classifier.spec.class_names if classifier is not None else ()))
