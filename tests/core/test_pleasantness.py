from __future__ import annotations

import math

import numpy as np
import pytest

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.pleasantness import pleasantness, strength


def of(**probabilities: float) -> np.ndarray:
    return np.array([probabilities.get(key, 0.0) for key in EXPRESSION_KEYS], np.float32)


@pytest.mark.parametrize(
    ("probabilities", "pleasant", "strong"),
    [
        ({"happy": 1.0}, 1, 1),
        ({"angry": 1.0}, -1, 1),
        ({"neutral": 1.0}, 0, 0),
        ({"surprise": 1.0}, 0, 1),
        # The strongest alone counts, not the sum of all.
        ({"happy": 0.3, "sad": 0.3, "fear": 0.4}, -0.1, 1),
        ({"neutral": 0.6, "happy": 0.3, "contempt": 0.1}, 0.2, 0.4),
    ],
)
def test_happy_less_the_strongest_unpleasant_one(
    probabilities: dict[str, float], pleasant: float, strong: float
) -> None:
    smoothed = of(**probabilities)
    assert pleasantness(smoothed, EXPRESSION_KEYS) == pytest.approx(pleasant)
    assert strength(smoothed, EXPRESSION_KEYS) == pytest.approx(strong)


def test_what_a_model_does_not_know_is_not_known() -> None:
    values = np.array([0.4, 0.6], np.float32)
    assert math.isnan(pleasantness(values, ("neutral", "surprise")))
    assert math.isnan(pleasantness(values, ("happy", "surprise")))
    assert math.isnan(strength(values, ("happy", "sad")))
    # No model has run: names, but no values.
    assert math.isnan(pleasantness(np.zeros(0, np.float32), EXPRESSION_KEYS))
