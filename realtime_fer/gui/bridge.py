"""Brings the engine's calls from its threads into the GUI thread; nothing else crosses between them."""

from __future__ import annotations

import threading

from PyQt5.QtCore import QObject, Qt, pyqtSignal

from realtime_fer.runtime.events import EngineEvent


class _BridgeSignals(QObject):
    view_posted = pyqtSignal()
    event_posted = pyqtSignal(object)
    view_arrived = pyqtSignal()
    event_arrived = pyqtSignal(object)


class EngineBridge:
    """An ``EngineListener`` whose calls, from any thread, become signals in the thread that made the bridge.

    Events arrive in order and none is lost. At most one ``view_ready`` waits: the view takes the newest result anyway,
    so a busy GUI thread never finds a backlog. The bridge is not a QObject itself, since the listener's ``event`` would
    then override ``QObject.event``.

    Attributes:
        view_arrived: signal; a result may be taken.
        event_arrived: signal with the EngineEvent.
    """

    def __init__(self) -> None:
        self._signals = _BridgeSignals()
        self._lock = threading.Lock()
        self._view_waits = False
        self._closed = False
        # Some events come from the GUI thread itself; they are queued too. PyQt's stubs do not know the argument.
        self._signals.view_posted.connect(self._pass_view, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._signals.event_posted.connect(self._pass_event, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self.view_arrived = self._signals.view_arrived
        self.event_arrived = self._signals.event_arrived

    def view_ready(self) -> None:
        """Any thread."""
        with self._lock:
            if self._closed or self._view_waits:
                return
            self._view_waits = True
            self._signals.view_posted.emit()

    def event(self, event: EngineEvent) -> None:
        """Any thread."""
        with self._lock:
            if not self._closed:
                self._signals.event_posted.emit(event)

    def close(self) -> None:
        """Delivers nothing more, not even what waits. Any thread; for the end of the program."""
        with self._lock:
            self._closed = True

    def _pass_view(self) -> None:
        with self._lock:
            # Cleared before the view is taken: a result that arrives from now on is announced again.
            self._view_waits = False
            closed = self._closed
        if not closed:
            self.view_arrived.emit()

    def _pass_event(self, event: EngineEvent) -> None:
        if not self._closed:
            self.event_arrived.emit(event)
