"""Temperature scaling, which calibrates a network's confidence (Guo et al. 2017, arXiv:1706.04599)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from train.metrics import expected_calibration_error, negative_log_likelihood

#: Largest rise of the negative log likelihood (NLL) that a smaller ECE may cost: about a quarter of a per cent of it.
NLL_SLACK = 0.002


def softmax(logits: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """(n, C) -> (n, C), rows summing to 1."""
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def fit_temperature(logits: npt.NDArray[np.floating], labels: npt.NDArray[np.int64]) -> float:
    """The temperature, 0.1 to 10, with the lowest negative log likelihood of ``softmax(logits / temperature)``.

    Args:
        logits: (n, C); log-probabilities work too, since they differ by a constant per row.
        labels: (n,), column of the right class.
    """
    scores = logits.astype(np.float64)
    positions = np.arange(len(labels))

    def loss(log_temperature: float) -> float:
        scaled = scores / math.exp(log_temperature)
        scaled = scaled - scaled.max(1, keepdims=True)
        return float((np.log(np.exp(scaled).sum(1)) - scaled[positions, labels]).mean())

    # Convex in 1 / temperature, so it has one minimum in log temperature too, which golden-section search finds.
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
    """The temperature to ship: the one with the lowest ECE among those with nearly the lowest NLL.

    NLL is nearly flat around its minimum, and a few wrong labels move it. People read the confidence of the top class,
    which ECE measures.

    Args:
        logits, labels: as for ``fit_temperature``.
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
