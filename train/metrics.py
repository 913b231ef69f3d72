"""Metrics of probabilities against labels, with NumPy alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from realtime_fer.core.expressions import EXPRESSION_KEYS


def confusion_matrix(labels: np.ndarray, predicted: np.ndarray, class_count: int) -> np.ndarray:
    """int64 (C, C): row the label, column the prediction."""
    matrix = np.zeros((class_count, class_count), np.int64)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


def macro_f1(matrix: np.ndarray) -> float:
    """Mean F1 over the classes that occur in the labels or the predictions; ``matrix`` as of ``confusion_matrix``."""
    hits = np.diag(matrix).astype(np.float64)
    denominator = matrix.sum(0) + matrix.sum(1)
    present = denominator > 0
    return float(np.mean(2 * hits[present] / denominator[present]))


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 15) -> float:
    """ECE with equal-width bins (Guo et al. 2017, arXiv:1706.04599)."""
    confidence = probabilities.max(1)
    correct = probabilities.argmax(1) == labels
    index = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    gaps = [
        abs(correct[index == b].mean() - confidence[index == b].mean()) * (index == b).mean()
        for b in range(bins)
        if (index == b).any()
    ]
    return float(sum(gaps))


def negative_log_likelihood(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(-np.log(np.clip(probabilities[np.arange(len(labels)), labels], 1e-12, None)).mean())


def brier_score(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean squared distance to the one-hot label, summed over classes."""
    return float(((probabilities - np.eye(probabilities.shape[1])[labels]) ** 2).sum(1).mean())


def summarise(probabilities: np.ndarray, labels: np.ndarray, class_names: tuple[str, ...]) -> dict[str, Any]:
    """All metrics as plain numbers.

    Args:
        probabilities: (n, C), rows summing to 1.
        labels: (n,), index into ``class_names``.

    Returns:
        ``{"n", "accuracy", "balanced_accuracy" (mean of the recalls), "macro_f1", "ece", "nll", "brier",
        "recall": {class: share or None}, "support": {class: n}, "confusion": {"classes", "counts"}}``; a class without
        labels has recall None.
    """
    predicted = probabilities.argmax(1)
    matrix = confusion_matrix(labels, predicted, len(class_names))
    support = matrix.sum(1)
    return {
        "n": len(labels),
        "accuracy": float((predicted == labels).mean()),
        "balanced_accuracy": float((np.diag(matrix)[support > 0] / support[support > 0]).mean()),
        "macro_f1": macro_f1(matrix),
        "ece": expected_calibration_error(probabilities, labels),
        "nll": negative_log_likelihood(probabilities, labels),
        "brier": brier_score(probabilities, labels),
        "recall": {
            name: float(matrix[i, i] / support[i]) if support[i] else None for i, name in enumerate(class_names)
        },
        "support": {name: int(support[i]) for i, name in enumerate(class_names)},
        "confusion": in_display_order(matrix, class_names),
    }


def in_display_order(matrix: np.ndarray, class_names: tuple[str, ...]) -> dict[str, Any]:
    """``{"classes": [...], "counts": [[...]]}``: the (C, C) matrix in the program's display order."""
    order = sorted(range(len(class_names)), key=lambda index: EXPRESSION_KEYS.index(class_names[index]))
    counts = matrix[np.ix_(order, order)]
    return {"classes": [class_names[index] for index in order], "counts": counts.tolist()}
