"""Made-up samples: a person whose brows and mouth move a little, in five seconds of each expression."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.face_features.movements import MEASURE_KEYS
from realtime_fer.core.own_expressions.taught import Network, OwnExpressions, Samples

#: How far each expression is from the neutral face, by measure.
SKEPTICAL = {"left_inner_brow": 0.12, "left_outer_brow": 0.1, "mouth_corners_down": 0.04}
SMIRK = {"right_mouth_corner": 0.15, "smile": 0.12}


def samples(moved: dict[str, float] | None = None, seed: int = 0, network: Network = Network()) -> Samples:  # noqa: B008
    random = np.random.default_rng(seed)
    times = np.arange(80) / 16
    mean = np.array([(moved or {}).get(key, 0.0) for key in MEASURE_KEYS])
    # The whole face wanders slowly, so that neighbours are alike.
    slow = 0.008 * np.sin(times[:, None] * random.uniform(0.5, 2, 18) + random.uniform(0, 6, 18))
    measures = (0.3 + mean + slow + random.normal(0, 0.004, (80, 18))).astype(np.float32)
    classes = len(network.class_names)
    probabilities = np.full((80, classes), 1 / max(classes, 1), np.float32)
    return Samples(times, measures, probabilities, network)


def taught(*names: str) -> OwnExpressions:
    """A neutral face, and expressions that differ from it as ``SKEPTICAL`` and ``SMIRK`` do."""
    own = OwnExpressions().with_neutral(samples())
    for seed, (name, moved) in enumerate(zip(names, (SKEPTICAL, SMIRK), strict=False), 1):
        own = own.with_taught(name, samples(moved, seed))
    return own
