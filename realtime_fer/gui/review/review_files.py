"""What the review window needs of files, given as functions. A thread reads; edits are saved soon after."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSignal

from realtime_fer.core.corrections.annotations import Annotations, read_annotations
from realtime_fer.core.corrections.joining import joined
from realtime_fer.core.corrections.recording import Recording
from realtime_fer.core.errors import RealtimeFerError, ReviewError
from realtime_fer.core.face_features.measures import MEASURE_KEYS
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.core.text.translation import said
from realtime_fer.gui.review.review_document import ReviewDocument

logger = logging.getLogger(__name__)

#: Of a program that is killed, at most the edits of this time are lost.
SAVE_AFTER_MS = 300
#: After a failure it is tried again.
_RETRY_MS = 5000


#: A recording and what is called with 0 to 1; float32 (n, 18 + k), columns as ``MEASURE_KEYS``, then ``Recording.own``.
ReadMeasures = Callable[[Recording, Callable[[float], None]], npt.NDArray[np.float32]]


def _nothing_known(recording: Recording, progress: Callable[[float], None]) -> npt.NDArray[np.float32]:
    return np.full((len(recording.rows), len(MEASURE_KEYS) + len(recording.own)), np.nan, np.float32)


@dataclass(frozen=True)
class ReviewFiles:
    """All raise RealtimeFerError with a sentence for people.

    Attributes:
        read: a recording's folder, and what is called with 0 to 1 meanwhile; called in a thread.
        save: replaces the corrections in the folder, whole or not at all.
        claim: keeps other programs from editing; returns what releases the folder, or None where another one edits it.
        open_film: not open; its thread opens it.
        report: the page that was written; called in a thread.
        read_measures: what the points of the recording's faces told, and own expressions; called in a thread, once rows
            of them are wanted.
        rows: the timeline's rows that were chosen last, as the settings have them.
        keep_rows: called with them when a person chooses others.
        export: formats and the folder to write into, the files that were written; called in a thread.
    """

    read: Callable[[Path, Callable[[float], None]], Recording]
    save: Callable[[Path, Annotations], None]
    claim: Callable[[Path], Callable[[], None] | None]
    open_film: Callable[[Path], SeekableSource]
    report: Callable[[Path], Path]
    export: Callable[[Path, Sequence[str], Path], Sequence[Path]]
    read_measures: ReadMeasures = _nothing_known
    rows: Callable[[], str] = str
    keep_rows: Callable[[str], None] = lambda rows: None


class Stopped(Exception):
    """Nobody waits for the result any more."""


class BackgroundTask(QObject):
    """Owns a thread that does one thing at a time. Called only from the GUI thread.

    The signals are delivered there, and not after ``stop``.
    """

    progressed = pyqtSignal(float)
    done = pyqtSignal(object)
    failed = pyqtSignal(str)
    _ended = pyqtSignal(object, str)
    _went_on = pyqtSignal(float)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._went_on.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, work: Callable[[Callable[[float], None]], object]) -> None:
        """Calls ``work`` with what it reports its progress to. Does nothing while something runs."""
        if not self.is_running and not self._stopped.is_set():
            self._thread = threading.Thread(target=self._run, args=(work,), name=self._name, daemon=True)
            self._thread.start()

    def stop(self, deadline_s: float = 5.0) -> None:
        """Waits until the thread has ended, which a read does at its next progress."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self, work: Callable[[Callable[[float], None]], object]) -> None:
        result: object = None
        sentence = ""
        try:
            result = work(self._progress)
        except Stopped:
            return
        except RealtimeFerError as error:
            sentence = said(error.sentence())
        except Exception as error:  # Said, so that nobody waits for it.
            logger.exception("%s failed", self._name)
            sentence = ReviewError("That failed unexpectedly: {error}.", error=error).wording
        if not self._stopped.is_set():
            self._ended.emit(result, str(said(sentence)))

    def _progress(self, share: float) -> None:
        if self._stopped.is_set():
            raise Stopped
        self._went_on.emit(share)

    def _tell(self, result: object, sentence: str) -> None:
        if self._stopped.is_set():
            return
        if self._thread is not None:
            self._thread.join()
        if sentence:
            self.failed.emit(sentence)
        else:
            self.done.emit(result)

    def _tell_progress(self, share: float) -> None:
        if not self._stopped.is_set():
            self.progressed.emit(share)


@dataclass(frozen=True)
class Loaded:
    """A recording with the corrections that lie beside it.

    Attributes:
        release: gives the folder free again; None where another program edits it.
        problem: why nothing can be edited; '' where it can.
    """

    recording: Recording
    annotations: Annotations
    release: Callable[[], None] | None
    problem: str = ""


def load(folder: Path, files: ReviewFiles, progress: Callable[[float], None]) -> Loaded:
    """Reads a recording and claims it.

    Raises:
        RealtimeFerError: it is no recording.
    """
    recording = files.read(folder, progress)
    problem = ""
    annotations = Annotations()
    try:
        annotations = read_annotations(folder)
    except ReviewError as error:
        problem = said(error.sentence())
    release = None
    if not problem:
        try:
            release = files.claim(folder)
            if release is None:
                raise ReviewError(
                    "This recording is open for review in another window already, so nothing can be changed here.",
                    "Close it there, and open the recording here again.",
                )
        except RealtimeFerError as error:
            problem = said(error.sentence())
    return Loaded(recording, annotations, release, problem)


class AutoSaver(QObject):
    """Saves a document's corrections soon after each change. Called only from the GUI thread."""

    failed = pyqtSignal(str)
    saved = pyqtSignal()

    def __init__(self, document: ReviewDocument, save: Callable[[Path, Annotations], None], parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._save = document, save
        self._on_disk = document.now
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._save_due)
        document.listen(self._changed)

    def save_now(self) -> bool:
        """False: it could not be written; it was said why, and it is tried again."""
        self._timer.stop()
        if not self._document.changed:
            return True
        folder = self._document.recording.folder
        try:
            self._take_in(read_annotations(folder))
            self._save(folder, self._document.now)
        except RealtimeFerError as error:
            self.failed.emit(str(said(error.sentence())))
            self._timer.start(_RETRY_MS)
            return False
        self._on_disk = self._document.now
        self._document.mark_saved()
        self.saved.emit()
        return True

    def stop(self) -> None:
        self._timer.stop()

    def _take_in(self, on_disk: Annotations) -> None:
        """Another program changed them meanwhile: a recording that still runs, in which people are named."""
        if on_disk != self._on_disk:
            edited = joined(self._on_disk, self._document.now, on_disk)
            self._on_disk = on_disk
            self._document.take_in(edited)

    def _save_due(self) -> None:
        self.save_now()

    def _changed(self) -> None:
        if self._document.changed and not self._timer.isActive():
            self._timer.start(SAVE_AFTER_MS)
