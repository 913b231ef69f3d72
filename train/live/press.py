"""Measures networks on press photographs in folds by person, with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.core.text.percentages import wilson_interval
from realtime_fer.vision.preprocessing import to_network_input
from train.data.labelled_faces import DatasetError
from train.data.splits import fold_of
from train.live.figures import balanced_each, difference_of, interval_of, resampled
from train.live.pictures import LabelledPicture
from train.live.report import difference_lines, percent

FOLDS = 5

Float32 = npt.NDArray[np.float32]


def predict_pictures(classifier: ExpressionClassifier, pictures: Sequence[LabelledPicture]) -> Float32:
    """(n, C) probabilities for the whole pictures, without smoothing or prior."""
    inputs = [to_network_input(picture.image[None], classifier.spec.input) for picture in pictures]
    return np.concatenate([classifier.predict(np.concatenate(inputs[i : i + 8])) for i in range(0, len(inputs), 8)])


def press_figures(
    probabilities: Float32, class_names: Sequence[str], pictures: Sequence[LabelledPicture], folds: int = FOLDS
) -> dict[str, Any]:
    """One network's figures.

    Args:
        probabilities: (n, C), columns as ``class_names``, a row for each picture.

    Returns:
        ``classes``: by expression ``n``, ``recall`` and ``top2`` (among the two most probable), each with its Wilson
        95 % interval; ``balanced_accuracy``: the mean of the recalls, with the 95 % ``interval`` over resamples of the
        people; ``folds``: balanced accuracy and N of each. An expression that the network lacks counts as wrong.

    Raises:
        DatasetError: the pictures' names do not tell the person.
    """
    if not all(picture.person for picture in pictures):
        raise DatasetError("Folds are by person, and these pictures' names do not tell the person.")
    right, second = _hits(probabilities, class_names, pictures)
    keys, labels = _labelled(pictures)
    classes = {}
    for column, key in enumerate(keys):
        own = labels == column
        n = int(own.sum())
        hits, among_two = int(right[own].sum()), int((right | second)[own].sum())
        classes[key] = {
            "n": n,
            "recall": hits / n,
            "interval": list(wilson_interval(hits / n, n)),
            "top2": among_two / n,
            "top2_interval": list(wilson_interval(among_two / n, n)),
            "known": key in class_names,
        }
    counts = counted_by_person(right, labels, pictures, len(keys))
    fold = np.array([fold_of(picture.person, folds) for picture in pictures])
    return {
        "n": len(pictures),
        "people": len(counts),
        "classes": classes,
        "balanced_accuracy": float(balanced_each(counts.sum(0)[None], of_named=False)[0]),
        "interval": interval_of(resampled(counts)),
        "folds": [_fold(right[fold == one], labels[fold == one], len(keys)) for one in range(folds) if one in fold],
    }


def press_difference(
    first: tuple[Float32, Sequence[str]], other: tuple[Float32, Sequence[str]], pictures: Sequence[LabelledPicture]
) -> dict[str, Any]:
    """The other network's balanced accuracy minus the first one's, with its 95 % interval over resamples of the people.

    Args:
        first, other: probabilities and class names, as for ``press_figures``.
    """
    keys, labels = _labelled(pictures)
    counts = [counted_by_person(_hits(*one, pictures)[0], labels, pictures, len(keys)) for one in (first, other)]
    return difference_of(counts[0], counts[1])


def _labelled(pictures: Sequence[LabelledPicture]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The expressions that occur, and the index (n,) of each picture's."""
    keys = [key for key in EXPRESSION_KEYS if any(picture.key == key for picture in pictures)]
    return keys, np.array([keys.index(picture.key) for picture in pictures])


def _hits(
    probabilities: Float32, class_names: Sequence[str], pictures: Sequence[LabelledPicture]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Two (n,): whether the label is the most probable class, and whether it is the second."""
    order = np.argsort(-probabilities, axis=1, kind="stable")
    column = np.array([class_names.index(p.key) if p.key in class_names else -1 for p in pictures])
    return order[:, 0] == column, order[:, min(1, order.shape[1] - 1)] == column


def counted_by_person(
    right: npt.NDArray[np.bool_], labels: npt.NDArray[np.int64], pictures: Sequence[LabelledPicture], classes: int
) -> npt.NDArray[np.int64]:
    """int64 (people, C, 2): pictures, and those that are named correctly."""
    people = sorted({picture.person for picture in pictures})
    place = {person: row for row, person in enumerate(people)}
    cell = np.array([place[picture.person] for picture in pictures]) * classes + labels
    counted = [np.bincount(cells, minlength=len(people) * classes) for cells in (cell, cell[right])]
    return np.stack(counted, -1).reshape(len(people), classes, 2)


def _fold(right: npt.NDArray[np.bool_], labels: npt.NDArray[np.int64], classes: int) -> dict[str, Any]:
    recalls = [float(right[labels == column].mean()) for column in range(classes) if (labels == column).any()]
    return {"n": len(labels), "balanced_accuracy": float(np.mean(recalls))}


def as_text(report: dict[str, Any]) -> str:
    """The figures as text."""
    data = ", ".join(f"{entry['name']} (N {entry['n']})" for entry in report["data"])
    lines = [f"Whole pictures of {data}, in folds by person"]
    for model in report["models"]:
        low, high = model["interval"]
        folds = ", ".join(f"{percent(fold['balanced_accuracy'])} (N {fold['n']})" for fold in model["folds"])
        learned = "; it learned from the training pictures among these" if model["learned"] else ""
        lines += [
            "",
            f"{model['model']}: balanced accuracy {percent(model['balanced_accuracy'])} "
            f"(95 % interval {percent(low)} to {percent(high)}), N {model['n']} of {model['people']} people{learned}",
            f"  folds {folds}",
            "  expression      N  recall  95 % interval    among the two most probable",
        ]
        for key, figures in model["classes"].items():
            lacking = "" if figures["known"] else "  (the network lacks it)"
            lines.append(
                f"  {key:<10}  {figures['n']:>5}  {figures['recall']:>6.1%}  {_range(figures['interval'])}"
                f"  {figures['top2']:>6.1%}  {_range(figures['top2_interval'])}{lacking}"
            )
    return "\n".join([*lines, *difference_lines(report, "same pictures")])


def _range(interval: Sequence[float]) -> str:
    return f"{interval[0]:>5.1%} to {interval[1]:>6.1%}"
