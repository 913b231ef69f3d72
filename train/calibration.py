"""One temperature that makes a network's confidence mean what it says (Guo et al. 2017, arXiv:1706.04599)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from train.metrics import expected_calibration_error, negative_log_likelihood

#: Most that the mean negative log likelihood may rise for a smaller ECE: a quarter of a per cent of what it is.
NLL_SLACK = 0.002


def softmax(logits: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """(n, C) -> (n, C), rows summing to 1."""
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def fit_temperature(logits: npt.NDArray[np.floating], labels: npt.NDArray[np.int64]) -> float:
    """The temperature, 0.1 to 10, with the lowest negative log likelihood of ``softmax(logits / temperature)``.

    Args:
        logits: (n, C); log-probabilities do as well, since they differ by a constant per row.
        labels: (n,), column of the right class.
    """
    scores = logits.astype(np.float64)
    positions = np.arange(len(labels))

    def loss(log_temperature: float) -> float:
        scaled = scores / math.exp(log_temperature)
        scaled = scaled - scaled.max(1, keepdims=True)
        return float((np.log(np.exp(scaled).sum(1)) - scaled[positions, labels]).mean())

    # Convex in 1 / temperature, so it has one valley in log temperature too: golden-section search finds it.
    low, high = math.log(0.1), math.log(10.0)
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def calibrated_temperature(logits: npt.NDArray[np.floating], labels: npt.NDArray[np.int64]) -> float:
    """The temperature that is shipped: the least ECE among those about as likely as the likeliest.

    The likelihood is nearly flat about its best temperature, and a few faces with wrong labels move it; what a person
    reads is the confidence of the first answer, which the ECE is about.

    Args:
        logits, labels: as of ``fit_temperature``.
    """
    scores = logits.astype(np.float64)
    likeliest = fit_temperature(scores, labels)
    least = negative_log_likelihood(softmax(scores / likeliest), labels)
    found = (math.inf, likeliest)
    for temperature in likeliest * np.linspace(0.88, 1.12, 49):
        probabilities = softmax(scores / temperature)
        if negative_log_likelihood(probabilities, labels) <= least + NLL_SLACK:
            found = min(found, (expected_calibration_error(probabilities, labels), float(temperature)))
    return found[1]
