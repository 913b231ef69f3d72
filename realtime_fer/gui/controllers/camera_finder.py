"""Lists the cameras in a thread of its own: some systems take seconds."""

from __future__ import annotations

import logging
import threading

from PyQt5.QtCore import QObject, Qt, pyqtSignal

from realtime_fer.gui.panel.source_box import ListCameras

logger = logging.getLogger(__name__)


class CameraFinder(QObject):
    """Searches one at a time; another call while a search runs does nothing."""

    #: A list of (request, name), in the GUI thread.
    found = pyqtSignal(object)

    _listed = pyqtSignal(object)

    def __init__(self, list_cameras: ListCameras, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list_cameras = list_cameras
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._listed.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def search(self) -> None:
        if self._stopped or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._run, name="camera-list", daemon=True)
        self._thread.start()

    def stop(self, deadline_s: float = 2.0) -> None:
        """Waits for a running search and drops its answer."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self) -> None:
        try:
            cameras = list(self._list_cameras())
        except Exception:  # A driver's fault leaves the program usable without a list.
            logger.exception("Listing the cameras failed")
            cameras = []
        if not self._stopped:
            self._listed.emit(cameras)

    def _pass_on(self, cameras: object) -> None:
        if not self._stopped:
            self.found.emit(cameras)
