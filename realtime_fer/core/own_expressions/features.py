"""What own expressions are learned from: the measures of a face's points, and what the network says of the face."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.movements import MEASURE_KEYS

Float32 = npt.NDArray[np.float32]

#: How far each measure goes, in the order of ``MEASURE_KEYS``: of the movements as ``vision.landmarks.movements`` has
#: it, of one side as that of both. A feature is a measure in these units.
_OF_MOVEMENTS = (0.044, 0.044, 0.043, 0.284, 0.291, 0.051, 0.123, 0.102, 0.067, 0.035, 0.123)
_OF_SIDES = (0.123, 0.123, 0.102, 0.102, 0.15, 0.15, 0.291)
_RANGES: Float32 = np.array([*_OF_MOVEMENTS, *_OF_SIDES], np.float32)
assert len(_RANGES) == len(MEASURE_KEYS)

#: Smaller probabilities tell nothing more.
_LEAST_PROBABILITY = 0.01

#: What a factor of e in a probability counts.
_LOG_WEIGHT = 0.25


def features_of(measures: Float32, probabilities: Float32 | None) -> Float32:
    """(n, 18) measures, and (n, C) raw probabilities where they count -> (n, 18) or (n, 18 + C) features.

    The network's part are the logarithms of the probabilities less their mean.
    """
    points = measures / _RANGES
    if probabilities is None:
        return np.asarray(points, np.float32)
    logs = np.log(np.maximum(probabilities, _LEAST_PROBABILITY))
    logs = (logs - logs.mean(axis=1, keepdims=True)) * _LOG_WEIGHT
    return np.concatenate([points, logs], axis=1).astype(np.float32)
