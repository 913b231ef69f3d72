"""Smooths probabilities over time for each identity, in seconds rather than frames."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.movements import is_speaking
from realtime_fer.core.faces import Faces

Float32 = npt.NDArray[np.float32]

#: Of somebody who speaks, the time constant is so much longer: sounds pull the mouth into the shapes of expressions,
#: and 0.3 s times this is as long as two or three syllables.
SLOWER_IN_SPEECH = 2.5


class ProbabilitySmoother:
    """Exponential smoothing with the time constant ``time_constant_s``: the same at 10 and at 60 frames a second.

    It is longer for a face that speaks (``SLOWER_IN_SPEECH``).

    A new identity starts at its first values; one not seen for ``forget_s`` is forgotten. Called only from the
    pipeline's thread.
    """

    def __init__(self, time_constant_s: float = 0.3, forget_s: float = 2.0) -> None:
        self.time_constant_s = time_constant_s
        self._forget_s = forget_s
        self._state: dict[int, tuple[float, Float32]] = {}

    def reset(self) -> None:
        """Forgets everybody: classes or people are others."""
        self._state.clear()

    def smooth(self, faces: Faces, now_s: float) -> Faces:
        """The faces with ``smoothed``; its rows sum to what those of ``probabilities`` sum to."""
        if faces.probabilities.shape[1] == 0:
            return faces
        smoothed, speaks = faces.probabilities.copy(), is_speaking(faces.movements)
        for row, identity in enumerate(faces.tracker_id.tolist()):
            known = self._state.get(identity) if identity >= 0 else None
            if known is not None and self.time_constant_s > 0:
                then_s, value = known
                time_constant_s = self.time_constant_s * (SLOWER_IN_SPEECH if speaks[row] else 1.0)
                share = 1.0 - math.exp(-max(0.0, now_s - then_s) / time_constant_s)
                smoothed[row] = value + share * (faces.probabilities[row] - value)
            if identity >= 0:
                self._state[identity] = (now_s, smoothed[row].copy())
        stale = [identity for identity, (then_s, _) in self._state.items() if now_s - then_s > self._forget_s]
        for identity in stale:
            del self._state[identity]
        return faces.with_smoothed(smoothed)
