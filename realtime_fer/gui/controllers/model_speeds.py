"""Measures the speed of models that are not loaded, once a person opens the list to compare them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence

from PyQt5.QtCore import QObject, Qt, pyqtSignal

logger = logging.getLogger(__name__)

#: Ids, and what ends it early -> ids and milliseconds a face, of those that could be timed. Called in a thread.
TimeModels = Callable[[Sequence[str], threading.Event], Iterable[tuple[str, float]]]


class ModelSpeeds(QObject):
    """Measures each model once. Called only from the GUI thread."""

    #: Id and milliseconds a face, in the GUI thread.
    timed = pyqtSignal(str, float)

    _found = pyqtSignal(str, float)

    def __init__(self, time_models: TimeModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._time_models = time_models
        self._asked: set[str] = set()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._found.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def measure(self, model_ids: Sequence[str]) -> None:
        """Measures the models that were not measured before; does nothing while a measurement runs."""
        fresh = [model_id for model_id in model_ids if model_id not in self._asked]
        if not fresh or self._stopped.is_set() or (self._thread is not None and self._thread.is_alive()):
            return
        self._asked.update(fresh)
        self._thread = threading.Thread(target=self._run, args=(fresh,), name="model-speeds", daemon=True)
        self._thread.start()

    def stop(self, deadline_s: float = 2.0) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self, model_ids: Sequence[str]) -> None:
        try:
            for model_id, ms_a_face in self._time_models(model_ids, self._stopped):
                if not self._stopped.is_set():
                    self._found.emit(model_id, ms_a_face)
        except Exception:  # The list is usable without.
            logger.exception("Timing the models failed")

    def _pass_on(self, model_id: str, ms_a_face: float) -> None:
        if not self._stopped.is_set():
            self.timed.emit(model_id, ms_a_face)
