"""What the points told of each row of a recording: rows below the chosen strip, read once somebody wants them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, QPoint, pyqtSignal
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.corrections.recording import Recording
from realtime_fer.core.face_features.measures import MEASURE_KEYS, measure_title
from realtime_fer.gui.review.review_document import ReviewDocument, Track
from realtime_fer.gui.review.review_files import BackgroundTask, ReadMeasures
from realtime_fer.gui.review.timeline.label_columns import lasting_until
from realtime_fer.gui.timeline.rows_menu import RowsMenu, rows_of, text_of
from realtime_fer.gui.widgets.plain_text import plain

Float32 = npt.NDArray[np.float32]

#: In the settings: a person wants no rows. What is empty is no choice yet.
NO_ROWS = "none"


class MeasureColumns:
    """One measure of one person, summed once, so that a column of an hour costs as little as one of a second.

    Args:
        values: float32 (m,) of the track's rows, NaN where not known.
        step_s: how long a row lasts that no other follows soon.
    """

    def __init__(self, time_s: npt.NDArray[np.float64], values: Float32, step_s: float) -> None:
        self._time_s, self._values = time_s, values
        self._until_s = lasting_until(time_s, step_s)
        known = np.isfinite(values)
        self._sums, self._counts = np.zeros(len(values) + 1), np.zeros(len(values) + 1, np.int64)
        np.cumsum(np.where(known, values, 0), out=self._sums[1:])
        np.cumsum(known, out=self._counts[1:])

    def between(self, start_s: float, end_s: float, columns: int) -> Float32:
        """(columns,): of each the mean of its rows, or what goes on from before it; NaN where nothing is known."""
        if not len(self._time_s):
            return np.full(columns, np.nan, np.float32)
        edges_s = np.linspace(start_s, end_s, columns + 1)
        at = np.searchsorted(self._time_s, edges_s, "left")
        counts = np.diff(self._counts[at])
        means = np.diff(self._sums[at]) / np.where(counts, counts, np.nan)
        before = np.maximum(at[:-1] - 1, 0)
        goes_on = (at[1:] == at[:-1]) & (at[:-1] > 0) & (edges_s[:-1] < self._until_s[before])
        return np.where(goes_on, self._values[before], means).astype(np.float32)


class MeasureLanes(QObject):
    """Which rows are wanted, and their values. Called only from the GUI thread; owns the thread that reads."""

    #: Rows were chosen, or their values are there.
    changed = pyqtSignal()
    #: A person chose these, as ``text_of`` writes them.
    chosen = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, document: ReviewDocument, read: ReadMeasures, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._read = document, read
        self._values: Float32 | None = None
        # The recording may be read again, and be longer then.
        self._values_of: Recording | None = None
        self._asked_of: Recording | None = None
        self._columns: dict[tuple[int, int, str], MeasureColumns] = {}
        self._wanted: tuple[str, ...] = ()
        self._reading = BackgroundTask("review-measures", self)
        self._reading.done.connect(self._take)
        self._reading.failed.connect(self._fail)

    def open_menu(self, place: QPoint, parent: QWidget) -> None:
        """The choice of rows; ``place``: of the screen."""
        menu = RowsMenu(self._wanted, self._choose_and_tell, parent, self._document.recording.own)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(place)

    def _choose_and_tell(self, wanted: tuple[str, ...]) -> None:
        self.choose(wanted)
        self.chosen.emit(text_of(wanted) or NO_ROWS)

    def begin(self, kept: str) -> None:
        """With the rows of the settings; as long as nobody chose any, with those of own expressions."""
        self.choose(rows_of(kept) if kept else tuple(self._document.recording.own))

    @property
    def wanted(self) -> tuple[str, ...]:
        """Of ``MEASURE_KEYS`` and of the recording's own expressions. Those that another recording has stay chosen."""
        own = self._document.recording.own
        return tuple(key for key in self._wanted if key in MEASURE_KEYS or key in own)

    def title_of(self, key: str) -> str:
        return measure_title(key) if key in MEASURE_KEYS else plain(self._document.recording.own[key])

    def choose(self, wanted: tuple[str, ...]) -> None:
        self._wanted = wanted
        if self.wanted:
            self.read()
        self.changed.emit()

    def read(self) -> None:
        """Reads the values of the recording as it is now, unless they are there; after a failure again."""
        recording = self._document.recording
        if self._values_of is not recording and not self._reading.is_running:
            self._asked_of = recording
            self._reading.start(lambda progress: self._read(recording, progress))

    @property
    def values(self) -> Float32 | None:
        """(n, 18 + k) for the recording's rows, columns as ``ReadMeasures`` says; None where they are not read."""
        if self._values_of is self._document.recording:
            return self._values
        if self._values_of is not None and self._asked_of is not self._document.recording:
            self.read()
        return None

    def of(self, track: Track, key: str) -> MeasureColumns:
        """Empty while the table is being read."""
        place = (self._document.tracks_version, track.person, key)
        if place not in self._columns:
            values = self.values
            if values is None:
                return MeasureColumns(np.zeros(0), np.zeros(0, np.float32), 1.0)
            self._columns = {known: kept for known, kept in self._columns.items() if known[0] == place[0]}
            recording = self._document.recording
            at = (*MEASURE_KEYS, *recording.own).index(key)
            of_track = values[track.rows, at]
            self._columns[place] = MeasureColumns(recording.rows.time_s[track.rows], of_track, recording.step_s)
        return self._columns[place]

    def stop(self) -> None:
        self._reading.stop()

    def _take(self, values: Float32) -> None:
        self._values, self._values_of = values, self._asked_of
        self._columns.clear()
        if self._values_of is not self._document.recording:
            self.read()
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self._wanted = ()
        self.changed.emit()
        self.failed.emit(sentence)
