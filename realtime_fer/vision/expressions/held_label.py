"""Holds each person's label, so that it does not flicker between two expressions of like probability.

With the default smoothing (time constant 0.3 s) a real change shows within 0.4 s. Let the probabilities of the old and
the new class, d apart, change places at once. Smoothed, the new class leads after t seconds by d (1 - 2 exp(-t / 0.3)):
it takes the lead after 0.21 s, and after 0.4 s leads by 0.47 d, which reaches ``CLEAR_LEAD`` for every d from 0.32 on.
The smoothing takes a frame's values to have held since the frame before, so that the fourth frame at 10 a second, 0.3
to 0.4 s after the change, shows that lead too. A smaller lead must last for ``HELD_S``. A longer smoothing, which a
person may choose, delays all of this by its own time.

An open mouth makes a network say surprise, and a speaker's mouth is open all the time. While somebody speaks, their
face is called surprised only where brows or lids are raised too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS, is_speaking
from realtime_fer.core.faces import Faces

#: A class that leads the held one by this much replaces it at once.
CLEAR_LEAD = 0.15

#: One that leads by this much replaces it after ``HELD_S`` seconds.
LEAD = 0.04
HELD_S = 0.2

#: How far brows or lids of a speaker must be raised for surprise to be named, and to be kept.
RAISED, KEPT_RAISED = 0.4, 0.2

SURPRISE = "surprise"
_RAISED_COLUMNS = [MOVEMENT_COLUMNS.index(key) for key in ("eyes_wide", "outer_brows_up")]

_FORGET_S = 2.0


@dataclass
class _Held:
    column: int
    rival: int
    rival_since_s: float
    seen_s: float


class LabelHolder:
    """Fills in ``Faces.label``. Called only from the pipeline's thread."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}

    def reset(self) -> None:
        """Forgets everybody: classes or people are others."""
        self._held.clear()

    def hold(self, faces: Faces, now_s: float, class_names: tuple[str, ...] = ()) -> Faces:
        """The faces with ``label``, chosen by ``smoothed``; without classes they stay as they are.

        Args:
            class_names: of the columns.
        """
        if not faces.smoothed.shape[1]:
            return faces
        counted = self._without_spoken_surprise(faces, class_names)
        label = counted.argmax(axis=1).astype(np.int64)
        for row, identity in enumerate(faces.tracker_id.tolist()):
            if identity < 0:
                continue
            best = int(label[row])
            known = self._held.get(identity)
            if known is None:
                self._held[identity] = _Held(best, best, now_s, now_s)
                continue
            lead = float(counted[row, best] - counted[row, known.column])
            if best == known.column or lead < LEAD:
                known.rival = known.column
            elif lead >= CLEAR_LEAD:
                known.column = known.rival = best
            elif known.rival != best:
                known.rival, known.rival_since_s = best, now_s
            elif now_s - known.rival_since_s >= HELD_S - 1e-9:
                known.column = best
            known.seen_s = now_s
            label[row] = known.column
        self._held = {key: held for key, held in self._held.items() if now_s - held.seen_s <= _FORGET_S}
        return faces.with_label(label)

    def _without_spoken_surprise(self, faces: Faces, class_names: tuple[str, ...]) -> npt.NDArray[np.float32]:
        """``smoothed``, with -1 for surprise where an open mouth alone may stand for it."""
        if SURPRISE not in class_names or len(class_names) < 2:
            return faces.smoothed
        speaking = np.flatnonzero(is_speaking(faces.movements))
        if not len(speaking):
            return faces.smoothed
        column, counted = class_names.index(SURPRISE), faces.smoothed.copy()
        for row in speaking.tolist():
            known = self._held.get(int(faces.tracker_id[row]))
            enough = KEPT_RAISED if known is not None and known.column == column else RAISED
            if faces.movements[row, _RAISED_COLUMNS].max() < enough:
                counted[row, column] = -1
        return counted
