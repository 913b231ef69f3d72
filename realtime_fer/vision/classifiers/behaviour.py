"""Whether a network is given what it was trained on, told by what it says of pictures that differ much.

On values that are far too large a network is sure of everything, of noise too; on values that are far too small it says
nearly the same of everything. Neither is proof, so each is taken for a sign only where other values would mend it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_spec import InputSpec
from realtime_fer.vision.classifiers.outputs import activated, activation_of
from realtime_fer.vision.classifiers.suggestions import MINUS_ONE_TO_ONE, ZERO_TO_ONE, input_of, span_of

Float32 = npt.NDArray[np.float32]

#: Mean difference between what is said of two pictures, 0 to 1: below the first it is nearly the same, above the second
#: a network tells pictures from each other.
_NEARLY_SAME, _TELLS_APART = 0.02, 0.03

#: Of the pictures, some of which are no face, a network of fitting values is less sure than this of every fourth; one
#: of values that are far too large is surer than the other of nearly all.
_UNSURE, _SURE = 0.85, 0.9

#: Pixels that come in with less than this between black and white may be too small.
_SMALL = 100


def better_input(answers: Callable[[InputSpec], Float32], given: InputSpec) -> InputSpec | None:
    """How pixels seem to be meant where they seem to be meant otherwise than ``given``; else None.

    Args:
        answers: (pictures, values) of the network, as it gives them, where pixels come in so.
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
    """Mean, or greatest, total variation between what is said of any two pictures, 0 to 1."""
    rows = probabilities
    between = [np.abs(rows[one] - rows[other]).sum() / 2 for one in range(len(rows)) for other in range(one)]
    return float(max(between) if widest else np.mean(between))


def _sureness(rows: Float32) -> float:
    """The highest value, 0 to 1, that a fourth of the pictures does not exceed."""
    kind = activation_of(rows)
    # Of sigmoids several may be high at once.
    highest = (rows if kind == "sigmoid" else activated(rows, kind)).max(1)
    return float(np.quantile(highest, 0.25))


def _spread(rows: Float32) -> float:
    return variation(activated(rows, activation_of(rows)))


def _tells(rows: Float32) -> bool:
    return bool(np.isfinite(rows).all()) and _spread(rows) >= _TELLS_APART
