"""Vector scaling: a factor and an offset for each class's logit (Guo et al. 2017, arXiv:1706.04599, section 4.2).

FER2013's own labels are wrong more often for some expressions than for others, so a network that learned them is too
sure of fear and anger and not sure enough of happiness. One temperature for all classes cannot correct that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.calibration import fit_temperature, softmax
from train.metrics import negative_log_likelihood

#: Least fall of the negative log likelihood (NLL) on faces that it was not fitted on; less is not worth two operations.
LEAST_GAIN = 0.002

#: Weight of the squared distance from one temperature for all: holds back classes of few faces.
_RIDGE = 1e-4

#: Fewer faces, for each class on average, do not tell two numbers a class.
_LEAST_FACES_A_CLASS = 50

_FOLDS = 5
_SEED = 2013
_STEPS = 50


@dataclass(frozen=True)
class ClassScaling:
    """``logits * factors + offsets``, one of each for each class."""

    factors: tuple[float, ...]
    offsets: tuple[float, ...]

    def apply(self, logits: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """(n, C) -> (n, C)."""
        return logits * np.array(self.factors, logits.dtype) + np.array(self.offsets, logits.dtype)

    def entry(self, class_names: tuple[str, ...]) -> dict[str, dict[str, float]]:
        """The entry in a card."""
        return {
            "factors": dict(zip(class_names, self.factors, strict=True)),
            "offsets": dict(zip(class_names, self.offsets, strict=True)),
        }


def fit_class_scaling(logits: npt.NDArray[np.floating], labels: npt.NDArray[np.int64]) -> ClassScaling:
    """The scaling with the lowest NLL of ``softmax(logits * factors + offsets)``, by Newton's method: it is convex.

    Args:
        logits: (n, C). Log-probabilities do not do here: their constant per row would be scaled differently by class.
        labels: (n,), column of the right class.
    """
    scores = logits.astype(np.float64)
    n, classes = scores.shape
    start = np.concatenate([np.full(classes, 1 / fit_temperature(scores, labels)), np.zeros(classes)])
    right = np.eye(classes)[labels]

    def loss(values: npt.NDArray[np.float64]) -> float:
        probabilities = softmax(scores * values[:classes] + values[classes:])
        return negative_log_likelihood(probabilities, labels) + _RIDGE * float(((values - start) ** 2).sum())

    values = start
    for _ in range(_STEPS):
        probabilities = softmax(scores * values[:classes] + values[classes:])
        error = (probabilities - right) / n
        slope = np.concatenate([(error * scores).sum(0), error.sum(0)]) + 2 * _RIDGE * (values - start)
        spread = (probabilities[:, :, None] * (np.eye(classes) - probabilities[:, None, :])) / n
        mixed = np.einsum("ni,nij->ij", scores, spread)
        curve = np.block([[np.einsum("ni,nij,nj->ij", scores, spread, scores), mixed], [mixed.T, spread.sum(0)]])
        step = np.linalg.solve(curve + 2 * _RIDGE * np.eye(2 * classes), slope)
        length, before = 1.0, loss(values)
        while length > 1e-6 and loss(values - length * step) > before:
            length /= 2
        values = values - length * step
        if np.abs(length * step).max() < 1e-7:
            break
    return ClassScaling(tuple(map(float, values[:classes])), tuple(map(float, values[classes:])))


def class_scaling_if_better(logits: npt.NDArray[np.floating], labels: npt.NDArray[np.int64]) -> ClassScaling | None:
    """``fit_class_scaling``, or None where it does not lower the NLL on faces that it was not fitted on.

    It is compared with one temperature for all classes in five folds of the faces. The fall must be ``LEAST_GAIN`` or
    more, and twice its standard error.
    """
    if len(labels) < _LEAST_FACES_A_CLASS * logits.shape[1]:
        return None
    fold = np.random.default_rng(_SEED).permutation(len(labels)) % _FOLDS
    gains = np.zeros(len(labels))
    for one in range(_FOLDS):
        rest, own = fold != one, fold == one
        plain = softmax(logits[own] / fit_temperature(logits[rest], labels[rest]))
        scaled = softmax(fit_class_scaling(logits[rest], labels[rest]).apply(logits[own]))
        rows = np.arange(int(own.sum()))
        gains[own] = np.log(scaled[rows, labels[own]]) - np.log(plain[rows, labels[own]])
    least = max(LEAST_GAIN, 2 * float(gains.std()) / len(gains) ** 0.5)
    return fit_class_scaling(logits, labels) if float(gains.mean()) >= least else None
