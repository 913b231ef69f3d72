"""Measures a network on labelled faces that are cropped already. Needs no PyTorch for a ``.tflite`` file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.model_spec import InputSpec
from realtime_fer.vision.preprocessing import to_network_input
from train.datasets.labelled_faces import DatasetError
from train.datasets.labels_csv import read_labels
from train.datasets.readers import LabelsAs, iterate_zip, labelled_key
from train.metrics import summarise
from train.predictors import Predictor


@dataclass(frozen=True)
class EvaluationFaces:
    """Faces as the network takes them, with their right classes.

    Attributes:
        inputs: float32 (n, H, W, C), 0 to 255.
        labels: int64 (n,), index into the network's classes.
        left_out: faces whose class the network does not have.
    """

    inputs: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    left_out: int


def read_faces(
    images_zip: Path,
    labels_csv: Path,
    usage: str,
    labels_as: LabelsAs,
    class_names: tuple[str, ...],
    input_spec: InputSpec,
) -> EvaluationFaces:
    """The labelled faces of a zip for a network of these classes; images of any size.

    Rows that FER+'s majority rule drops are not part of the set and not counted.

    Raises:
        DatasetError: a file is missing or damaged, or no face is left.
    """
    inputs: list[npt.NDArray[np.float32]] = []
    labels: list[int] = []
    left_out = 0
    for row, image in iterate_zip(images_zip, read_labels(labels_csv, usage)):
        key = labelled_key(row, labels_as)
        if key is None:
            continue
        if key not in class_names:
            left_out += 1
            continue
        inputs.append(to_network_input(image[None], input_spec))
        labels.append(class_names.index(key))
    if not inputs:
        raise DatasetError(
            f"{images_zip}: holds no image that {labels_csv} puts into '{usage}' with a class of the network."
        )
    return EvaluationFaces(np.concatenate(inputs), np.array(labels, np.int64), left_out)


def evaluate(
    predictor: Predictor, images_zip: Path, labels_csv: Path, usage: str, labels_as: LabelsAs = "emotion"
) -> dict[str, Any]:
    """``summarise``'s figures (``n``, ``accuracy``, ``macro_f1``, ``ece``, ``recall`` …) and ``left_out``.

    Raises:
        DatasetError: a file is missing or damaged, or no face is left.
    """
    faces = read_faces(images_zip, labels_csv, usage, labels_as, predictor.class_names, predictor.input)
    figures = summarise(predictor.predict(faces.inputs), faces.labels, predictor.class_names)
    return {**figures, "left_out": faces.left_out, "usage": usage, "labels_as": labels_as}


def as_table(figures: dict[str, Any]) -> str:
    """The figures for a person to read."""
    lines = [
        f"{figures['usage']}, labels {figures['labels_as']}: N {figures['n']}"
        + (f" ({figures['left_out']} of a class the network lacks left out)" if figures["left_out"] else ""),
        f"  accuracy  {figures['accuracy']:8.2%}",
        f"  macro F1  {figures['macro_f1']:8.3f}",
        f"  ECE       {figures['ece']:8.3f}",
        f"  NLL       {figures['nll']:8.3f}",
        f"  Brier     {figures['brier']:8.3f}",
        "  recall",
    ]
    for name, recall in figures["recall"].items():
        share = "       -" if recall is None else f"{recall:8.2%}"
        lines.append(f"    {name:<10}{share}  (N {figures['support'][name]})")
    return "\n".join(lines)
