"""Loads a network that most people do without when a person asks for it, and has it adopted or ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.models.model_loader import ModelLoader


class _Closable(Protocol):
    def close(self) -> None: ...


Network = TypeVar("Network", bound=_Closable)


class OptionalNetwork(Generic[Network]):
    """Owns the thread that loads the network. ``want`` is called from the engine's owner's thread.

    Args:
        name: of the thread, and of what is asked of the pipeline.
        make: None where there is no such network at all; then nothing happens.
        adopt: gives it to the pipeline, which closes the one before; None ends it. Called in the inference thread.
        refused: takes the sentence why it cannot be had, in the loading thread.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], Network] | None,
        adopt: Callable[[Network | None], None],
        inference: InferenceWorker,
        refused: Callable[[str], None],
    ) -> None:
        self._name, self._adopt, self._inference = name, adopt, inference
        self._loader = (
            None if make is None else ModelLoader(name, lambda _: make(), self._ready, lambda _, why: refused(why))
        )
        self._wanted = self._started = False

    def want(self, wanted: bool) -> None:
        """Loads the network, or ends it; does nothing where that was asked for already.

        The thread starts with the first wish: most people have none.
        """
        if self._loader is None or wanted == self._wanted:
            return
        self._wanted = wanted
        if not wanted:
            self._inference.submit(self._name, lambda: self._adopt(None))
            return
        if not self._started:
            self._started = True
            self._loader.start()
        self._loader.request(self._name)

    def request_stop(self) -> None:
        if self._loader is not None:
            self._loader.request_stop()

    def join(self, timeout_s: float) -> None:
        if self._loader is not None and self._started:
            self._loader.join(timeout_s)

    def _ready(self, _: str, network: Network) -> None:
        """In the loading thread."""
        if not self._wanted:
            network.close()
            return
        self._inference.submit(self._name, lambda: self._adopt(network), network.close)
