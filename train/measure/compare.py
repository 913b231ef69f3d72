"""Compares the accuracy of two networks on the same faces, with a confidence interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from train.data.labelled_faces import DatasetError
from train.measure.evaluate import FaceSource, duplicates_lines, left_out_text
from train.predictors import Predictor

RESAMPLES = 2000
SEED = 2013


def paired_interval(
    a_right: npt.NDArray[np.bool_], b_right: npt.NDArray[np.bool_], resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[float, float]:
    """The 95 % interval of B's accuracy minus A's, by a paired percentile bootstrap (Efron 1979).

    Both networks' answers to a face are drawn together, so faces that are hard for both do not widen the interval. A
    face counts +1, 0 or -1, so resampling faces means drawing the number of each from a multinomial.

    Args:
        a_right, b_right: bool (n,), for the same faces; n at least 1.
    """
    n = len(a_right)
    only_a, only_b = int((a_right & ~b_right).sum()), int((b_right & ~a_right).sum())
    shares = np.array([only_a, only_b, n - only_a - only_b]) / n
    drawn = np.random.default_rng(seed).multinomial(n, shares, size=resamples)
    low, high = np.percentile((drawn[:, 1] - drawn[:, 0]) / n, [2.5, 97.5])
    return float(low), float(high)


def compare(a: Predictor, b: Predictor, source: FaceSource) -> dict[str, Any]:
    """Both accuracies on the faces whose class both have, and B's minus A's with its 95 % interval.

    A prediction of a class that the other network lacks counts as wrong.

    Returns:
        ``{"n", "left_out", "accuracy_a", "accuracy_b", "difference", "interval", "only_a_right", "only_b_right",
        "resamples", "seed", "classes", "usage", "labels_as"}``.

    Raises:
        DatasetError: a file is missing or damaged, no face is left, or the networks share no class.
    """
    shared = tuple(name for name in a.class_names if name in b.class_names)
    if not shared:
        raise DatasetError("The two networks have no class in common.")
    faces = source.read(shared, a.input)
    inputs_b = faces.inputs if b.input == a.input else source.read(shared, b.input).inputs
    right = [_right(a, faces.inputs, faces.labels, shared), _right(b, inputs_b, faces.labels, shared)]
    accuracies = [float(answers.mean()) for answers in right]
    return {
        "n": len(faces.labels),
        "left_out": faces.left_out,
        "accuracy_a": accuracies[0],
        "accuracy_b": accuracies[1],
        "difference": accuracies[1] - accuracies[0],
        "interval": list(paired_interval(right[0], right[1])),
        "only_a_right": int((right[0] & ~right[1]).sum()),
        "only_b_right": int((right[1] & ~right[0]).sum()),
        "resamples": RESAMPLES,
        "seed": SEED,
        "classes": list(shared),
        "usage": source.usage,
        "labels_as": source.labels_as,
        **({} if source.duplicates_of is None else {"duplicates": faces.duplicates}),
    }


def _right(
    predictor: Predictor, inputs: npt.NDArray[np.float32], labels: npt.NDArray[np.int64], shared: tuple[str, ...]
) -> npt.NDArray[np.bool_]:
    """bool (n,): whether each face's prediction is its label; ``labels`` index ``shared``."""
    columns = np.array([predictor.class_names.index(name) for name in shared])
    right: npt.NDArray[np.bool_] = predictor.predict(inputs).argmax(1) == columns[labels]
    return right


def as_text(figures: dict[str, Any], a_name: str, b_name: str) -> str:
    """The comparison for a person to read."""
    low, high = (100 * end for end in figures["interval"])
    certain = "" if low <= 0 <= high else ", significant at 95 %"
    return "\n".join(
        [
            f"{figures['usage']}, labels {figures['labels_as']}: N {figures['n']}"
            + left_out_text(figures["left_out"], "not both have"),
            *duplicates_lines(figures),
            f"  A {a_name}: accuracy {figures['accuracy_a']:.2%}, alone right {figures['only_a_right']} times",
            f"  B {b_name}: accuracy {figures['accuracy_b']:.2%}, alone right {figures['only_b_right']} times",
            f"  B minus A: {100 * figures['difference']:+.2f} points, 95 % interval {low:+.2f} to {high:+.2f}{certain}",
            f"  (paired bootstrap, {figures['resamples']} resamples, seed {figures['seed']})",
        ]
    )
