"""Whether a network's values are probabilities, looked at on made-up faces before it is used and at each face after.

What is no probability would be shown as one: of NaN every comparison is false, and the first class would come out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import ModelError
from realtime_fer.core.model_spec import InputSpec, ModelSpec

Float32 = npt.NDArray[np.float32]

#: How far from 0, 1 and a sum of 1: of eight classes in steps of 1/256 the sum may be 0.016 off by rounding.
TOLERANCE = 0.02


def made_up_faces(wanted: InputSpec) -> Float32:
    """(4, H, W, C) values 0 to 255: black, flat grey, a gradient, noise. The same ones always."""
    shape = (wanted.height, wanted.width, wanted.channels)
    faces = np.zeros((4, *shape), np.float32)
    faces[1] = 127
    faces[2] = np.linspace(0, 255, wanted.height, dtype=np.float32)[:, None, None]
    faces[3] = np.random.default_rng(0).integers(0, 256, shape)
    return faces


def check_probabilities(spec: ModelSpec, values: Float32) -> None:
    """(n, classes) values of the network, for n faces.

    Raises:
        ModelError: they are not finite, not 0 to 1, or those of a face do not add up to 1.
    """
    if not len(values):
        return
    low, high = float(values.min()), float(values.max())
    # NaN and infinity come through as themselves; comparisons with NaN are false, so each asks for what is right.
    if not -np.inf < low <= high < np.inf:
        raise ModelError(
            "The model {model_id} cannot be used: it gives values that are not finite numbers for some faces.",
            "Get the network again, or export it again.",
            model_id=spec.model_id,
        )
    if low < -TOLERANCE or high > 1 + TOLERANCE:
        raise ModelError(
            "The model {model_id} cannot be used: it gives values from {low:.3g} to {high:.3g} for a face, and "
            "probabilities are 0 to 1.",
            "Export it again with a softmax as its last layer.",
            model_id=spec.model_id,
            low=low,
            high=high,
        )
    sums = values.sum(1)
    worst = float(sums[np.abs(sums - 1).argmax()])
    if abs(worst - 1) > TOLERANCE:
        raise ModelError(
            "The model {model_id} cannot be used: its values for a face add up to {sum:.3g}, and probabilities add up "
            "to 1.",
            "Export it again with a softmax as its last layer.",
            model_id=spec.model_id,
            sum=worst,
        )
