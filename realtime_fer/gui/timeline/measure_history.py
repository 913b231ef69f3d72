"""What each face's points told in the steps of the timeline, and what comes of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.gaze import gaze_key
from realtime_fer.core.face_features.measures import gaze_measures
from realtime_fer.core.faces import Faces

Float32 = npt.NDArray[np.float32]
Steps = npt.NDArray[np.int64]


def measures_of_face(faces: Faces, face: int) -> Float32:
    """(18,), columns as ``MEASURE_KEYS``."""
    gaze = gaze_measures(gaze_key(int(faces.gaze[face])))
    return np.concatenate([faces.movements[face], faces.pose[face], gaze]).astype(np.float32)


class MeasureHistory:
    """A ring for each place of ``ExpressionHistory``, made when somebody's points are first known there.

    Called only by ``ExpressionHistory``. A ring of 600 steps and 18 columns takes 43 kB.
    """

    def __init__(self, steps: int, columns: int) -> None:
        self._steps, self._columns = steps, columns
        self._rings: dict[int, Float32] = {}

    def add(self, slot: int, at: int, values: Float32) -> None:
        """The values (columns,) of one face; the last columns may be left out."""
        if slot not in self._rings and np.isnan(values).all():
            return
        ring = self._rings.get(slot)
        if ring is None:
            ring = self._rings[slot] = np.full((self._steps, self._columns), np.nan, np.float32)
        ring[at, : len(values)] = values

    def clear(self, at: Steps) -> None:
        """Nothing is known of these steps."""
        for ring in self._rings.values():
            ring[at] = np.nan

    def hold(self, slot: int, at: Steps, like: int) -> None:
        """Those steps are as the one at ``like``."""
        if slot in self._rings:
            self._rings[slot][at] = self._rings[slot][like]

    def forget(self, slot: int) -> None:
        self._rings.pop(slot, None)

    def of(self, slot: npt.NDArray[np.int64] | npt.NDArray[np.intp], order: Steps) -> Float32:
        """(n, columns) of the places ``slot`` at the steps ``order``; NaN where not known."""
        found = np.full((len(order), self._columns), np.nan, np.float32)
        for one in set(slot.tolist()) & set(self._rings):
            there = slot == one
            found[there] = self._rings[one][order[there]]
        return found
