"""Guesses from a network's answers on very different images whether it gets pixels as it was trained on them.

On values far too large a network is sure of everything, even of noise; on values far too small it says nearly the same
of everything. Neither is proof, so each counts as a sign only where other values would mend it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.vision.classifiers.outputs import activated, activation_of
from realtime_fer.vision.classifiers.suggestions import MINUS_ONE_TO_ONE, ZERO_TO_ONE, input_of, span_of

Float32 = npt.NDArray[np.float32]

#: Mean difference between the answers for two images, 0 to 1: below the first they are nearly the same, above the
#: second the network tells images apart.
_NEARLY_SAME, _TELLS_APART = 0.02, 0.03

#: Some of the images show no face. With fitting values a network is less sure than the first of every fourth image;
#: with values far too large it is surer than the second of nearly all.
_UNSURE, _SURE = 0.85, 0.9

#: With less than this between black and white, pixel values may be too small.
_SMALL = 100


def better_input(answers: Callable[[InputSpec], Float32], given: InputSpec) -> InputSpec | None:
    """The input that the network seems to be trained on, where that differs from ``given``; else None.

    Args:
        answers: the network's own (images, values) for an input.
    """
    now = answers(given)
    if not np.isfinite(now).all():
        return None
    least, most = span_of(given)
    if most - least < _SMALL and _spread(now) < _NEARLY_SAME:
        plain = input_of(given, (1.0, 0.0, 1.0))
        return plain if _tells(answers(plain)) and _sureness(answers(plain)) < _SURE else None
    if _sureness(now) < _SURE:
        return None
    for numbers in (ZERO_TO_ONE, MINUS_ONE_TO_ONE):
        kind = input_of(given, numbers)
        if kind != given and _tells(answers(kind)) and _sureness(answers(kind)) < _UNSURE:
            return kind
    return None


def variation(probabilities: Float32, widest: bool = False) -> float:
    """Mean, or greatest, total variation distance between the answers for any two images, 0 to 1."""
    rows = probabilities
    between = [np.abs(rows[one] - rows[other]).sum() / 2 for one in range(len(rows)) for other in range(one)]
    return float(max(between) if widest else np.mean(between))


def _sureness(rows: Float32) -> float:
    """The first quartile over the images of the highest value, 0 to 1."""
    kind = activation_of(rows)
    # Of sigmoids several may be high at once.
    highest = (rows if kind == "sigmoid" else activated(rows, kind)).max(1)
    return float(np.quantile(highest, 0.25))


def _spread(rows: Float32) -> float:
    return variation(activated(rows, activation_of(rows)))


def _tells(rows: Float32) -> bool:
    return bool(np.isfinite(rows).all()) and _spread(rows) >= _TELLS_APART
