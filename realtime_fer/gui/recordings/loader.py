"""Reads recordings in a thread of its own, so that hundreds of them block no window."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtGui import QImage

from realtime_fer.core.errors import reason_of
from realtime_fer.core.sessions.recordings import MakeReader, RecordingEntry
from realtime_fer.core.text.translation import Wording
from realtime_fer.gui.view.qimage import wrap_bgr

logger = logging.getLogger(__name__)

#: Largest side of a picture: enough for the list at 200 %.
PICTURE_PX = 240
#: Listed folders are told in pieces, so that the first are on screen at once.
_PIECE = 40
#: Pictures that wait; where more are wanted, the oldest wish is dropped until its row is painted again.
_MOST_WAITING = 60
#: After each recording: the video's threads share one interpreter with this one, and go first.
_PAUSE_S = 0.003


class RecordingsLoader(QObject):
    """Owns the thread. Lists first, then makes the pictures wanted last, then completes entries in their order.

    Called only from the GUI thread.
    """

    #: A tuple of entries of the folder that was asked for last.
    listed = pyqtSignal(object)
    #: The list is at its end; with '' or why it could not be read.
    ended = pyqtSignal(str)
    completed = pyqtSignal(object)
    #: A folder and its QImage; a null one where there is no picture.
    pictured = pyqtSignal(object, object)

    _told = pyqtSignal(object)

    def __init__(self, make_reader: MakeReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_reader = make_reader
        self._changed = threading.Condition()
        self._folder: Path | None = None
        #: Rises with each list asked for; what belongs to an earlier one is dropped.
        self._round = 0
        self._pictures: dict[Path, RecordingEntry] = {}
        self._incomplete: deque[RecordingEntry] = deque()
        self._stopped = False
        self._halt = threading.Event()
        self._thread: threading.Thread | None = None
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def list_folder(self, folder: Path) -> None:
        """Lists ``folder`` anew; drops what is still to do for an earlier list."""
        with self._changed:
            self._round += 1
            self._folder = folder
            self._pictures.clear()
            self._incomplete.clear()
            self._changed.notify()
        if self._thread is None and not self._stopped:
            self._thread = threading.Thread(target=self._run, name="recordings", daemon=True)
            self._thread.start()

    def want_picture(self, entry: RecordingEntry) -> None:
        """Makes its picture soon; the one wanted last comes first."""
        with self._changed:
            self._pictures.pop(entry.folder, None)
            self._pictures[entry.folder] = entry
            while len(self._pictures) > _MOST_WAITING:
                del self._pictures[next(iter(self._pictures))]
            self._changed.notify()

    def stop(self, deadline_s: float = 5.0) -> None:
        """Ends the thread after what it is reading."""
        self._halt.set()
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception:  # One odd folder must not cost the page.
                logger.exception("A recording could not be read")
            self._halt.wait(_PAUSE_S)

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._folder or self._pictures or self._incomplete)
            if self._stopped:
                return None
            asked = self._round
            if self._folder is not None:
                folder, self._folder = self._folder, None
                return lambda: self._list(folder, asked)
            if self._pictures:
                _, pictured = self._pictures.popitem()
                return lambda: self._picture(pictured, asked)
            entry = self._incomplete.popleft()
            return lambda: self._tell(asked, self.completed, self._make_reader().completed(entry))

    def _list(self, folder: Path, asked: int) -> None:
        piece: list[RecordingEntry] = []
        sentence = ""
        try:
            for entry in self._make_reader().entries(folder):
                if self._stopped or asked != self._round:
                    return
                piece.append(entry)
                self._halt.wait(_PAUSE_S)
                if entry.is_recording and (entry.people is None or entry.duration_s is None):
                    with self._changed:
                        if asked == self._round:
                            self._incomplete.append(entry)
                if len(piece) == _PIECE:
                    self._tell(asked, self.listed, tuple(piece))
                    piece = []
        except OSError as error:
            sentence = Wording(
                "Recordings", "The folder {folder} cannot be read: {reason}.", folder=folder, reason=reason_of(error)
            ).said
        self._tell(asked, self.listed, tuple(piece))
        self._tell(asked, self.ended, sentence)

    def _picture(self, entry: RecordingEntry, asked: int) -> None:
        made = None
        try:
            made = self._make_reader().picture(entry, PICTURE_PX)
        except Exception:  # A decoder's fault leaves the row without a picture.
            logger.exception("The picture of a recording could not be made")
        self._tell(asked, self.pictured, entry.folder, QImage() if made is None else wrap_bgr(made).copy())

    def _tell(self, asked: int, signal: object, *what: object) -> None:
        if not self._stopped:
            self._told.emit((asked, signal, what))

    def _pass_on(self, told: tuple[int, pyqtSignal, tuple[object, ...]]) -> None:
        asked, signal, what = told
        if not self._stopped and asked == self._round:
            signal.emit(*what)  # type: ignore[attr-defined]
