"""Judges the faces of each frame by a person's own expressions, smoothed over time for each identity."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.faces import Faces
from realtime_fer.core.own_expressions.model import OwnModel

Float32 = npt.NDArray[np.float32]

_FORGET_S = 2.0


class OwnExpressionsReader:
    """Called only from the pipeline's thread, which owns the model.

    Attributes:
        smoothing_s: time constant, seconds; 0 is off.
    """

    def __init__(self) -> None:
        self.smoothing_s = 0.3
        self._model: OwnModel | None = None
        self._state: dict[int, tuple[float, Float32]] = {}

    def adopt(self, model: OwnModel | None) -> None:
        """From the next frame on; None ends it."""
        self._model = model
        self._state.clear()

    def reset(self) -> None:
        """Other people are in view."""
        self._state.clear()

    def read(self, faces: Faces, model_sha256: str, now_s: float, *, mirrored: bool) -> OwnValues | None:
        """The values of all faces; None without a model.

        Args:
            faces: with measures and raw probabilities.
            model_sha256: of the network that these are from.
        """
        model = self._model
        if model is None:
            return None
        values = model.values(faces.measures, faces.probabilities, model_sha256, mirrored=mirrored)
        if self.smoothing_s > 0:
            self._smooth(values, faces.tracker_id.tolist(), now_s)
        return OwnValues(model.names, model.slugs, model.sha256, values)

    def _smooth(self, values: Float32, identities: list[int], now_s: float) -> None:
        for row, identity in enumerate(identities):
            if identity < 0 or math.isnan(values[row, 0]):
                continue
            known = self._state.get(identity)
            if known is not None:
                share = 1.0 - math.exp(-max(0.0, now_s - known[0]) / self.smoothing_s)
                values[row] = known[1] + share * (values[row] - known[1])
            self._state[identity] = (now_s, values[row].copy())
        if len(self._state) > len(identities):
            self._state = {key: kept for key, kept in self._state.items() if now_s - kept[0] <= _FORGET_S}
