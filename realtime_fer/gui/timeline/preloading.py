"""Imports what draws plots while the picture goes on, so that the first opening of a timeline does not stop it."""

from __future__ import annotations

import importlib
import threading

from PyQt5.QtCore import QObject, QTimer

from realtime_fer.gui.bridge import EngineBridge

#: The first second belongs to the picture and the models.
_AFTER_FIRST_PICTURE_MS = 2000

#: What a person may open next; neither makes anything of Qt's when it is imported.
_MODULES = ("realtime_fer.gui.timeline.plot", "realtime_fer.gui.review.review_window")

_DEADLINE_S = 5.0


class PlotsPreloading(QObject):
    """Owns the importing thread. Called only from the GUI thread."""

    def __init__(self, bridge: EngineBridge) -> None:
        super().__init__()
        self._view_arrived = bridge.view_arrived
        self._thread = threading.Thread(target=_import_all, name="plots-import", daemon=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_FIRST_PICTURE_MS)
        self._timer.timeout.connect(self._thread.start)
        self._view_arrived.connect(self._begin)

    def stop(self) -> None:
        """Ends it; waits for an import that is under way, which the end of the program would tear apart."""
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join(_DEADLINE_S)

    def _begin(self) -> None:
        self._view_arrived.disconnect(self._begin)
        self._timer.start()


def _import_all() -> None:
    for name in _MODULES:
        importlib.import_module(name)
