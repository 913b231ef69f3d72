"""Loads the networks for blendshapes when a person asks for these, and has them adopted or ended."""

from __future__ import annotations

from collections.abc import Callable

from realtime_fer.core.protocols import BlendshapeNetwork, Pipeline
from realtime_fer.runtime.events import BlendshapesRefused, EngineEvent
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.models.model_loader import ModelLoader

_NAME = "blendshapes"


class BlendshapeControl:
    """Owns the thread that loads the networks. ``want`` is called from the engine's owner's thread.

    Args:
        make: None where there are no blendshapes at all; then nothing happens.
    """

    def __init__(
        self,
        make: Callable[[], BlendshapeNetwork] | None,
        pipeline: Pipeline,
        inference: InferenceWorker,
        on_event: Callable[[EngineEvent], None],
    ) -> None:
        self._pipeline, self._inference, self._on_event = pipeline, inference, on_event
        self._loader = None if make is None else ModelLoader(_NAME, lambda _: make(), self._ready, self._refused)
        self._wanted = self._started = False

    def want(self, wanted: bool) -> None:
        """Loads the networks, or ends the blendshapes; does nothing where that was asked for already.

        The thread starts with the first wish: most people have none.
        """
        if self._loader is None or wanted == self._wanted:
            return
        self._wanted = wanted
        if not wanted:
            self._inference.submit(_NAME, lambda: self._pipeline.adopt_blendshapes(None))
            return
        if not self._started:
            self._started = True
            self._loader.start()
        self._loader.request(_NAME)

    def request_stop(self) -> None:
        if self._loader is not None:
            self._loader.request_stop()

    def join(self, timeout_s: float) -> None:
        if self._loader is not None and self._started:
            self._loader.join(timeout_s)

    # In the loading thread.

    def _ready(self, _: str, network: BlendshapeNetwork) -> None:
        if not self._wanted:
            network.close()
            return
        self._inference.submit(_NAME, lambda: self._pipeline.adopt_blendshapes(network), network.close)

    def _refused(self, _: str, sentence: str) -> None:
        self._on_event(BlendshapesRefused(sentence))
