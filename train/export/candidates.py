"""Export candidates: a trained network in one precision, measured against the trained one.

Needs PyTorch, litert-torch and ai-edge-quantizer.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import nn

from realtime_fer.core.errors import ModelError
from realtime_fer.vision.preprocessing import to_network_input
from train.calibration import calibrated_temperature
from train.cards.card import RANGE_SHARE, split_key
from train.class_scaling import ClassScaling, class_scaling_if_better
from train.data.labelled_faces import DatasetError
from train.data.readers import ZIP_OF_USAGE, LabelsAs, SplitName, create_dataset
from train.data.training_faces import named_split
from train.export.convert import Calibration, Precision, quantize, to_tflite
from train.export.golden import golden_faces
from train.fit.checkpoint import Checkpoint, CheckpointPredictor
from train.measure.evaluate import FaceSource, evaluate
from train.measure.prior import fit_prior
from train.metrics import summarise
from train.predictors import TflitePredictor, milliseconds_a_face

CALIBRATION_FACES = 300

#: Largest difference of a probability from the trained network's, by precision.
TOLERANCE: dict[Precision, float] = {"float32": 1e-3, "float16": 1e-3, "dynamic": 0.25, "dynamic4": 0.5, "int8": 0.5}

#: Largest loss of accuracy, 0 to 1.
MAX_LOSS = 0.005

#: Added to the largest difference measured here, since other processors round differently.
SLACK = 0.02

#: Batch sizes of the live program; each must give the same probabilities.
BATCHES = (1, 2, 4, 8)


@dataclass(frozen=True)
class Candidate:
    """A converted network, and how it compares with the trained one at the same calibration.

    Attributes:
        figures: on the validation split, by the labels that it was trained on.
        max_difference: largest difference of a probability, on that split and the golden faces.
        trained_accuracy: of the trained network on the same split, 0 to 1.
        same_answer: share of that split with the same class from both.
    """

    precision: Precision
    content: bytes
    calibration: Calibration
    figures: dict[str, Any]
    max_difference: float
    trained_accuracy: float
    same_answer: float
    milliseconds_a_face: float

    @property
    def tolerance(self) -> float:
        """Largest difference of a probability that a test may accept."""
        exact = self.precision in ("float32", "float16")
        return TOLERANCE[self.precision] if exact else round(self.max_difference + SLACK, 3)

    def row(self) -> str:
        scaled = ", classes scaled" if self.calibration.scaling else ""
        return (
            f"{self.precision:<8} {len(self.content) / 1e6:6.2f} MB  {self.milliseconds_a_face:6.2f} ms a face  "
            f"accuracy {self.figures['accuracy']:.4f} (N {self.figures['n']})  ECE {self.figures['ece']:.4f}  "
            f"T {self.calibration.temperature:.3f}{scaled}  differs from the trained network "
            f"({self.trained_accuracy:.4f}) by at most {self.max_difference:.1e}, "
            f"same answer for {self.same_answer:.2%}"
        )


class HeadExporter:
    """Converts one head of a checkpoint, and measures the file on the validation split.

    Args:
        data: the data set that it learned from, in any form that ``create_dataset`` reads.
        output: index of the file's output that the head becomes.
        range_share: as of ``quantize``.
    """

    def __init__(self, checkpoint: Checkpoint, data: Path, output: int = 0, range_share: float = RANGE_SHARE) -> None:
        self.checkpoint = checkpoint
        self.output = output
        self.range_share = range_share
        self.data = data
        self.trained = CheckpointPredictor(checkpoint)
        self.labels_as: LabelsAs = checkpoint.labels_as
        self.split = named_split(data, "PublicTest")
        self.source = _source(data, self.split, self.labels_as)
        self.faces = self.source.read(checkpoint.class_names, self.trained.input)
        self.logits = self.trained.logits(self.faces.inputs)
        self.golden = golden_faces()
        self.golden_logits = self.trained.logits(to_network_input(self.golden, self.trained.input))

    @cached_property
    def range_faces(self) -> npt.NDArray[np.float32]:
        """Some Training faces, to measure activation ranges on."""
        training = create_dataset(self.data, "Training").images
        return to_network_input(training[:: max(1, len(training) // CALIBRATION_FACES)], self.trained.input)

    def make(self, precision: Precision) -> Candidate:
        """The network in this precision, with a temperature that is fitted on the converted file."""
        return export_heads([self], self.checkpoint.network, precision)[0]

    @cached_property
    def scaling(self) -> ClassScaling | None:
        """Of each class, fitted on the trained network's logits; None where one temperature does as well."""
        return class_scaling_if_better(self.logits, self.faces.labels)

    def temperature(self, raw: bytes) -> float:
        """Fits the temperature of a file that has none yet."""
        scores = np.log(np.clip(self._open(raw).predict(self.faces.inputs), 1e-30, None))
        return calibrated_temperature(scores, self.faces.labels)

    def measured(self, content: bytes, calibration: Calibration, precision: Precision) -> Candidate:
        """Measures the finished file against the trained network."""
        network = self._open(content)
        predicted = network.predict(self.faces.inputs)
        # Quantizing moves the best temperature a little, so both are compared at the same one.
        reference = calibration.probabilities(self.logits)
        golden = network.predict(to_network_input(self.golden, self.trained.input)) - self.golden_probabilities(
            calibration
        )
        return Candidate(
            precision,
            content,
            calibration,
            summarise(predicted, self.faces.labels, self.checkpoint.class_names),
            float(max(np.abs(predicted - reference).max(), np.abs(golden).max())),
            float((reference.argmax(1) == self.faces.labels).mean()),
            float((predicted.argmax(1) == reference.argmax(1)).mean()),
            milliseconds_a_face(self._open(content, batch=1)),
        )

    def golden_probabilities(self, calibration: Calibration) -> npt.NDArray[np.float32]:
        """The trained network's probabilities (n, C) for the golden faces."""
        return calibration.probabilities(self.golden_logits).astype(np.float32)

    def check(self, made: Candidate) -> None:
        """Raises ModelError: the file differs too much from the trained network, or depends on the batch size."""
        if made.max_difference > TOLERANCE[made.precision]:
            raise ModelError(
                f"The exported network differs from the trained one by {made.max_difference:.1e}, "
                f"more than {TOLERANCE[made.precision]:.0e}; nothing was written."
            )
        if made.trained_accuracy - made.figures["accuracy"] > MAX_LOSS:
            raise ModelError(
                f"In {made.precision} the network's accuracy falls from {made.trained_accuracy:.2%} to "
                f"{made.figures['accuracy']:.2%}; nothing was written."
            )
        faces = self.faces.inputs[: max(BATCHES)]
        single = self._open(made.content, batch=1).predict(faces)
        for batch in BATCHES[1:]:
            difference = float(np.abs(self._open(made.content, batch=batch).predict(faces) - single).max())
            if difference > 1e-5:
                raise ModelError(
                    f"The exported network differs by {difference:.1e} in batches of {batch}; nothing was written."
                )

    def splits(self, made: Candidate) -> dict[str, dict[str, Any]]:
        """The card's figures on the validation split: first by the labels it was trained on.

        All are measured on the converted file.
        """
        found = {}
        others: LabelsAs = "emotion" if self.labels_as == "ferplus" else "ferplus"
        for labels_as in (self.labels_as, others):
            source = replace(self.source, labels_as=labels_as)
            try:
                figures = evaluate(self._open(made.content, threads=2), source)
            except DatasetError:
                if labels_as == self.labels_as:
                    raise
                continue
            name = split_key(self.split.split, labels_as)
            found[name] = {**figures, "dataset": self.split.data_set, **source.files()}
        return found

    def prior(self, made: Candidate) -> dict[str, Any]:
        """The card's ``prior``, fitted on the same split and labels."""
        fitted_on = f"{self.split.data_set} {split_key(self.split.split, self.labels_as)}"
        probabilities = self._open(made.content, threads=2).predict(self.faces.inputs)
        return fit_prior(probabilities, self.faces.labels, self.checkpoint.class_names, fitted_on)[0]

    def converted(self, network: nn.Module, precision: Precision, *calibrations: Calibration) -> bytes:
        """Converts and quantizes ``network``, with a calibration for each head."""
        float_model = to_tflite(network, *calibrations, side=self.trained.input.height)
        range_faces = self.range_faces if precision == "int8" else self.faces.inputs[:0]
        return quantize(float_model, precision, range_faces, self.range_share)

    def _open(self, content: bytes, threads: int = 1, batch: int = 16) -> TflitePredictor:
        return TflitePredictor(content, self.checkpoint.class_names, self.trained.input, threads, batch, self.output)


def export_heads(exporters: Sequence[HeadExporter], network: nn.Module, precision: Precision) -> list[Candidate]:
    """Converts all heads of ``network`` into one file, each with its own calibration, and measures each.

    Args:
        exporters: one for each output, in order.
    """
    first = exporters[0]
    raw = first.converted(network, precision, *[Calibration(scaling=exporter.scaling) for exporter in exporters])
    calibrations = [Calibration(exporter.temperature(raw), exporter.scaling) for exporter in exporters]
    content = first.converted(network, precision, *calibrations)
    return [
        exporter.measured(content, calibration, precision)
        for exporter, calibration in zip(exporters, calibrations, strict=True)
    ]


def _source(data: Path, split: SplitName, labels_as: LabelsAs) -> FaceSource:
    if split.split in ZIP_OF_USAGE and (data / "labels.csv").is_file():
        images = data / ZIP_OF_USAGE[split.split]
        return FaceSource(split.split, labels_as, images=images, labels=data / "labels.csv")
    return FaceSource(split.split, labels_as, data=data)


def golden_file(exporter: HeadExporter, made: Candidate) -> bytes:
    """Golden faces and the trained network's probabilities, as an ``.npz`` for the file's test."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        faces=exporter.golden,
        probabilities=exporter.golden_probabilities(made.calibration),
        tolerance=np.float64(made.tolerance),
    )
    return buffer.getvalue()
