"""Reads thumbnails in a thread of its own, those asked for last first: these are the ones on screen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtGui import QImage

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.frame import Image
from realtime_fer.gui.view.qimage import wrap_bgr

logger = logging.getLogger(__name__)

#: From a folder, the name of one of its pictures and a length to that picture, its longer side at most so long, pixels.
ReadThumbnail = Callable[[Path, str, int], Image]

#: Wishes that wait; older ones were scrolled past, and are asked for again when they come back into view.
_MOST_WAITING = 200


class ThumbnailLoader(QObject):
    """Owns one thread, which ends with ``stop``. All methods are called from the GUI thread.

    Attributes:
        loaded: signal with the number of a picture and its QImage, which is null where it cannot be read.
    """

    loaded = pyqtSignal(int, QImage)

    _read_posted = pyqtSignal(int, QImage)

    def __init__(
        self, folder: Path, names: tuple[str, ...], side_px: int, read: ReadThumbnail, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._folder, self._names, self._side_px, self._read = folder, names, side_px, read
        self._condition = threading.Condition()
        self._waiting: list[int] = []
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._read_posted.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def ask(self, index: int) -> None:
        """``loaded`` tells. Asking twice while it waits only makes it the next one."""
        with self._condition:
            if self._stopped:
                return
            if index in self._waiting:
                self._waiting.remove(index)
            self._waiting.append(index)
            del self._waiting[:-_MOST_WAITING]
            self._condition.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="thumbnails", daemon=True)
            self._thread.start()

    def stop(self, deadline_s: float = 5.0) -> None:
        """Waits for the picture that is being read, and drops it."""
        with self._condition:
            self._stopped = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self) -> None:
        while True:
            with self._condition:
                while not self._waiting and not self._stopped:
                    self._condition.wait()
                if self._stopped:
                    return
                index = self._waiting.pop()
            image = self._image_of(index)
            with self._condition:
                if self._stopped:
                    return
                self._read_posted.emit(index, image)

    def _image_of(self, index: int) -> QImage:
        try:
            read = self._read(self._folder, self._names[index], self._side_px)
        except RealtimeFerError:
            return QImage()
        except Exception:  # A fault of one picture leaves the others to be seen.
            logger.exception("Reading the thumbnail of %s failed", self._names[index])
            return QImage()
        return wrap_bgr(read).copy()

    def _pass_on(self, index: int, image: QImage) -> None:
        if not self._stopped:
            self.loaded.emit(index, image)
