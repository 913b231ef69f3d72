"""One temperature that makes a network's confidence mean what it says (Guo et al. 2017, arXiv:1706.04599)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt


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
