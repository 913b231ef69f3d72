"""What other programs ask of ``realtime-fer live``: markers and, with the token, recordings, snapshots and models."""

from __future__ import annotations

import queue
from collections.abc import Callable, Collection, Sequence

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.printable import say
from realtime_fer.runtime.engine import Engine


class RemoteControl:
    """Takes commands in any thread and runs them in the command's own. Bound: none is dropped; programs send few, and
    each is answered before its program's next one is read.

    Args:
        wake: called when one waits.
        model_ids: gives the models that may be chosen. A file's path is for the person alone to give.
    """

    def __init__(self, wake: Callable[[], None], model_ids: Callable[[], Collection[str]]) -> None:
        self._wake, self._model_ids = wake, model_ids
        self._waiting: queue.SimpleQueue[tuple[str, str, float | None]] = queue.SimpleQueue()

    def run(self, command: str, text: str) -> None:
        """As of ``core.live.RunCommand``."""
        self._waiting.put((command, text, None))
        self._wake()

    def take_marker(self, text: str, at_s: float) -> None:
        """As of ``core.live.TakeMarker``."""
        self._waiting.put(("marker", text, at_s))
        self._wake()

    def run_waiting(self, engines: Sequence[Engine]) -> None:
        """Each command goes to all sources."""
        while not self._waiting.empty():
            command, text, at_s = self._waiting.get()
            if command == "model" and text not in self._known_models():
                say(f"realtime-fer: There is no model '{text}'.", error=True)
                continue
            for engine in engines:
                _COMMANDS[command](engine, text, at_s)

    def _known_models(self) -> Collection[str]:
        try:
            return self._model_ids()
        except RealtimeFerError:
            return ()


_COMMANDS: dict[str, Callable[[Engine, str, float | None], None]] = {
    "start_recording": lambda engine, text, at_s: engine.start_recording(),
    "stop_recording": lambda engine, text, at_s: engine.stop_recording(),
    "marker": lambda engine, text, at_s: engine.add_marker(text, at_s),
    "snapshot": lambda engine, text, at_s: engine.take_snapshot(),
    "model": lambda engine, text, at_s: engine.load_model(text),
}
