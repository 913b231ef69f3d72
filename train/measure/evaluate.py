"""Measures a network on cropped, labelled faces. Needs no PyTorch for a ``.tflite`` file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.vision.preprocessing import to_network_input
from train.data.labelled_faces import DatasetError
from train.data.labels_csv import read_labels
from train.data.readers import LabelsAs, create_dataset, iterate_zip, labelled_key
from train.metrics import summarise
from train.predictors import Predictor


@dataclass(frozen=True)
class EvaluationFaces:
    """Faces as the network takes them, with their labels.

    Attributes:
        inputs: float32 (n, H, W, C), 0 to 255.
        labels: int64 (n,), index into the network's classes.
        left_out: number of faces whose class the network lacks.
        duplicates: number of faces left out because the same picture is a training face.
    """

    inputs: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    left_out: int
    duplicates: int = 0


@dataclass(frozen=True)
class FaceSource:
    """Where labelled faces are read from: a zip with its CSV, or anything that ``create_dataset`` reads.

    Attributes:
        usage: which rows, such as PublicTest.
        labels_as: "ferplus" takes the majority of the votes by FER+'s rule, without the rows that it drops.
        images, labels: a zip of images of any size, and the CSV with their classes.
        data: instead of both, a data set.
        duplicates_of: a data set; faces that are, pixel for pixel, one of its training faces are left out, since a
            network may have memorised them.
    """

    usage: str
    labels_as: LabelsAs = "emotion"
    images: Path | None = None
    labels: Path | None = None
    data: Path | None = None
    duplicates_of: Path | None = None

    def read(self, class_names: tuple[str, ...], input_spec: InputSpec) -> EvaluationFaces:
        """The faces of these classes; all others are counted as left out.

        Raises:
            DatasetError: a file is missing or damaged, no face is left, or no source is given.
        """
        if self.data is not None and self.images is None and self.labels is None:
            return self._from_data_set(self.data, class_names, input_spec)
        if self.data is None and self.images is not None and self.labels is not None:
            return self._from_zip(self.images, self.labels, class_names, input_spec)
        raise DatasetError("Give --data, or --images with --labels.")

    def files(self) -> dict[str, str]:
        """Names of the files for a card, without the folders of this machine."""
        paths = {"images": self.images, "labels": self.labels, "data": self.data}
        return {kind: path.name for kind, path in paths.items() if path is not None}

    def _from_zip(
        self, images_zip: Path, labels_csv: Path, class_names: tuple[str, ...], input_spec: InputSpec
    ) -> EvaluationFaces:
        inputs: list[npt.NDArray[np.float32]] = []
        labels: list[int] = []
        left_out = duplicates = 0
        learned = self._training_faces()
        for row, image in iterate_zip(images_zip, read_labels(labels_csv, self.usage)):
            key = labelled_key(row, self.labels_as)
            if key is None:
                continue
            if key not in class_names:
                left_out += 1
                continue
            if _pixels(image) in learned:
                duplicates += 1
                continue
            inputs.append(to_network_input(image[None], input_spec))
            labels.append(class_names.index(key))
        if not inputs:
            raise DatasetError(
                f"{images_zip}: holds no image that {labels_csv} puts into '{self.usage}' with a class of the network"
                + (", but for duplicates." if duplicates else ".")
            )
        return EvaluationFaces(np.concatenate(inputs), np.array(labels, np.int64), left_out, duplicates)

    def _from_data_set(self, path: Path, class_names: tuple[str, ...], input_spec: InputSpec) -> EvaluationFaces:
        faces = create_dataset(path, self.usage, labels_as=self.labels_as)
        column = np.array([class_names.index(key) if key in class_names else -1 for key in faces.class_names], np.int64)
        labels = column[faces.labels]
        of_a_class = labels >= 0
        learned = self._training_faces()
        again = of_a_class & np.array([_pixels(image) in learned for image in faces.images], bool)
        kept = of_a_class & ~again
        if not kept.any():
            but = ", but for duplicates" if again.any() else ""
            raise DatasetError(f"{path}: '{self.usage}' holds no face with a class of the network{but}.")
        return EvaluationFaces(
            to_network_input(faces.images[kept], input_spec), labels[kept], int((~of_a_class).sum()), int(again.sum())
        )

    def _training_faces(self) -> frozenset[bytes]:
        if self.duplicates_of is None:
            return frozenset()
        return frozenset(_pixels(image) for image in create_dataset(self.duplicates_of, "training").images)


def _pixels(image: npt.NDArray[np.uint8]) -> bytes:
    """Bytes that are equal only for pictures of the same size and values."""
    return repr(image.shape).encode() + image.tobytes()


def evaluate(predictor: Predictor, source: FaceSource) -> dict[str, Any]:
    """The figures of ``summarise`` (``n``, ``accuracy``, ``macro_f1``, ``ece``, ``recall`` …) and ``left_out``.

    Raises:
        DatasetError: a file is missing or damaged, or no face is left.
    """
    faces = source.read(predictor.class_names, predictor.input)
    figures = summarise(predictor.predict(faces.inputs), faces.labels, predictor.class_names)
    told = {**figures, "left_out": faces.left_out, "usage": source.usage, "labels_as": source.labels_as}
    return told if source.duplicates_of is None else {**told, "duplicates": faces.duplicates}


def as_table(figures: dict[str, Any]) -> str:
    """The figures for a person to read."""
    lines = [
        f"{figures['usage']}, labels {figures['labels_as']}: N {figures['n']}" + left_out_text(figures["left_out"]),
        *duplicates_lines(figures),
        f"  accuracy  {figures['accuracy']:8.2%}",
        f"  balanced  {figures['balanced_accuracy']:8.2%}",
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


def duplicates_lines(figures: dict[str, Any]) -> list[str]:
    """A line with the number of duplicates left out, if they were looked for."""
    return [f"  {figures['duplicates']} duplicates of training faces left out"] if "duplicates" in figures else []


def left_out_text(count: int, whose: str = "the network lacks") -> str:
    """How many faces were left out, or "" for none."""
    return f" ({count} of a class {whose} left out)" if count else ""
