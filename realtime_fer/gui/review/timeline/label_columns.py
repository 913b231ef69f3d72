"""What a person showed in each column of pixels of any stretch of time, whatever the recording's length."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.recording import ROW_LABELS, RecordedRows
from realtime_fer.gui.review.review_document import LONGEST_BREAK_S, Track

#: Of a column in which the person is not in view; others are positions in ``ROW_LABELS``.
AWAY = -1


class LabelColumns:
    """One person's labels, counted once, so that a column of an hour costs as little as one of a second.

    Args:
        step_s: how long a row lasts that no other follows soon.
    """

    def __init__(self, track: Track, rows: RecordedRows, step_s: float) -> None:
        self._time_s = rows.time_s[track.rows]
        self._label = rows.label[track.rows]
        counts = np.zeros((len(self._label) + 1, len(ROW_LABELS)), np.int32)
        counts[np.arange(1, len(self._label) + 1), self._label] = 1
        self._counts = counts.cumsum(axis=0, dtype=np.int32)
        self._until_s = self._time_s + step_s
        follows_s = np.diff(self._time_s)
        goes_on = follows_s <= max(LONGEST_BREAK_S, 3 * step_s)
        self._until_s[:-1][goes_on] = self._time_s[1:][goes_on]
        self.in_view_s = float((self._until_s - self._time_s).sum())

    @property
    def first_s(self) -> float:
        return float(self._time_s[0])

    @property
    def last_s(self) -> float:
        return float(self._until_s[-1])

    @property
    def longest(self) -> int:
        """The label of most rows."""
        return int(self._counts[-1].argmax())

    def between(self, start_s: float, end_s: float, columns: int) -> npt.NDArray[np.int8]:
        """int8 (columns,): of each the label of most of its rows, or what goes on from before it, or ``AWAY``."""
        edges_s = np.linspace(start_s, end_s, columns + 1)
        at = np.searchsorted(self._time_s, edges_s, "left")
        counted = self._counts[at[1:]] - self._counts[at[:-1]]
        labels = counted.argmax(axis=1).astype(np.int8)
        empty = at[1:] == at[:-1]
        before = np.maximum(at[:-1] - 1, 0)
        goes_on = (at[:-1] > 0) & (edges_s[:-1] < self._until_s[before])
        labels[empty] = np.where(goes_on, self._label[before], AWAY)[empty]
        return labels
