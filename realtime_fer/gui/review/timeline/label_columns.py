"""What a person showed in each column of pixels of any stretch of time, whatever the recording's length."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.recording import ROW_LABELS, RecordedRows
from realtime_fer.gui.review.review_document import LONGEST_BREAK_S, Track

#: Of a column in which the person is not in view; others are positions in ``ROW_LABELS``.
AWAY = -1


def lasting_until(time_s: npt.NDArray[np.float64], step_s: float) -> npt.NDArray[np.float64]:
    """Until when each row of one person counts: the next one, or ``step_s`` where none follows soon."""
    until_s = time_s + step_s
    goes_on = np.diff(time_s) <= max(LONGEST_BREAK_S, 3 * step_s)
    until_s[:-1][goes_on] = time_s[1:][goes_on]
    return until_s


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
        self._until_s = lasting_until(self._time_s, step_s)
        self.in_view_s = float((self._until_s - self._time_s).sum())

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


class ShareCurves:
    """One person's smoothed probabilities as curves of about as many points as there are pixels.

    Args:
        step_s: as of ``LabelColumns``.
    """

    def __init__(self, track: Track, rows: RecordedRows, step_s: float) -> None:
        self._time_s = rows.time_s[track.rows]
        self._shares = rows.smoothed[track.rows]
        self._longest_s = max(LONGEST_BREAK_S, 3 * step_s)
        self._sums = np.zeros((len(self._time_s) + 1, self._shares.shape[1]))
        np.cumsum(np.nan_to_num(self._shares), axis=0, out=self._sums[1:])

    def between(
        self, start_s: float, end_s: float, columns: int
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Times (m,) and shares (m, 8), with NaN where a curve breaks.

        Each row where they are few, else the mean of each column of pixels.
        """
        first, last = np.searchsorted(self._time_s, (start_s, end_s)).tolist()
        if last - first <= 2 * columns:
            # The neighbours too, so that the curves leave the view on both sides.
            seen = slice(max(0, first - 1), last + 1)
            time_s, shares = self._time_s[seen], self._shares[seen].astype(np.float64)
            breaks = np.flatnonzero(np.diff(time_s) > self._longest_s) + 1
            return np.insert(time_s, breaks, time_s[breaks]), np.insert(shares, breaks, np.nan, axis=0)
        edges_s = np.linspace(start_s, end_s, columns + 1)
        at = np.searchsorted(self._time_s, edges_s)
        counts = np.diff(at)[:, None]
        with np.errstate(invalid="ignore"):
            means = np.diff(self._sums[at], axis=0) / np.where(counts, counts, np.nan)
        return (edges_s[:-1] + edges_s[1:]) / 2, means
