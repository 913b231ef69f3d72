"""Imports what draws plots while the picture goes on, so that the first opening of a timeline does not stop it."""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress

from PyQt5.QtCore import QObject, QTimer

from realtime_fer.gui.bridge import EngineBridge

#: The first second belongs to the picture and the models.
_AFTER_FIRST_PICTURE_MS = 2000

#: What a person may open next; neither makes anything of Qt's when it is imported.
_MODULES = ("realtime_fer.gui.timeline.plot", "realtime_fer.gui.review.review_window")

#: Qt's own modules that those load. They begin in the GUI thread, in milliseconds: sip's table of types has no lock,
#: and a module that enters it while that thread looks a type up ends the program.
_QT_MODULES = ("PyQt5.QtSvg", "PyQt5.QtTest")

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
        self._timer.timeout.connect(self._start)
        self._view_arrived.connect(self._begin)

    def stop(self) -> None:
        """Ends it; waits for an import that is under way, which the end of the program would tear apart."""
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join(_DEADLINE_S)

    def _begin(self) -> None:
        self._view_arrived.disconnect(self._begin)
        self._timer.start()

    def _start(self) -> None:
        for name in _QT_MODULES:
            with suppress(ImportError):  # The thread tells of it.
                importlib.import_module(name)
        self._thread.start()


def _import_all() -> None:
    for name in _MODULES:
        importlib.import_module(name)
