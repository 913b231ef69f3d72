"""From a run's ``best.pt`` to what is shipped: ``<id>.tflite``, its card, and the golden faces its test compares.

Needs PyTorch, litert-torch and ai-edge-quantizer. Every figure of the card is measured on the exported file.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import ModelError
from realtime_fer.core.model_spec import InputSpec, read_model_spec
from realtime_fer.vision.preprocessing import to_network_input
from train.calibration import fit_temperature, softmax
from train.card import as_json, display_name, model_card, split_key, with_temperature, write_whole
from train.checkpoint import Checkpoint, CheckpointPredictor, Head, load_checkpoint
from train.convert import Precision, quantize, to_tflite
from train.datasets.labelled_faces import DatasetError
from train.datasets.readers import ZIP_OF_USAGE, LabelsAs, SplitName, open_dataset
from train.evaluate import FaceSource, evaluate
from train.golden import golden_faces
from train.metrics import summarise
from train.network_facts import checkpoint_facts
from train.predictors import TflitePredictor, milliseconds_a_face
from train.training_faces import named_split

CALIBRATION_FACES = 300

#: Most that an exported probability may differ from the trained network's, by precision.
TOLERANCE: dict[Precision, float] = {"float32": 1e-3, "float16": 1e-3, "dynamic": 0.25, "dynamic4": 0.5, "int8": 0.5}

#: Most accuracy that a smaller form may lose, as a share of the faces it is measured on.
MAX_LOSS = 0.005

#: What differs beyond the largest difference seen here: other processors round other faces another way.
SLACK = 0.02

#: Batches a live program runs; each must give the same probabilities.
BATCHES = (1, 2, 4, 8)


@dataclass(frozen=True)
class Exported:
    """An exported network and how it compares with the trained one, at the same temperature.

    Attributes:
        figures: on the validation split by the labels it was trained on.
        max_difference: largest difference of a probability, on that split and the golden faces.
        trained_accuracy: of the network before it was exported.
        same_answer: share of that split that gets the same class from both.
    """

    precision: Precision
    content: bytes
    temperature: float
    figures: dict[str, Any]
    max_difference: float
    trained_accuracy: float
    same_answer: float
    milliseconds_a_face: float

    @property
    def tolerance(self) -> float:
        """Most that a probability may differ from the trained network's anywhere."""
        exact = self.precision in ("float32", "float16")
        return TOLERANCE[self.precision] if exact else round(self.max_difference + SLACK, 3)

    def row(self) -> str:
        return (
            f"{self.precision:<8} {len(self.content) / 1e6:6.2f} MB  {self.milliseconds_a_face:6.2f} ms a face  "
            f"accuracy {self.figures['accuracy']:.4f} (N {self.figures['n']})  ECE {self.figures['ece']:.4f}  "
            f"T {self.temperature:.3f}  differs from the trained network ({self.trained_accuracy:.4f}) by at most "
            f"{self.max_difference:.1e}, same answer for {self.same_answer:.2%}"
        )


class Exporter:
    """Holds a checkpoint and the faces it is measured on: FER2013's PublicTest or another data set's validation split,
    by the labels it was trained on.

    Args:
        data: FER2013's folder, with ``labels.csv`` and the zips, or another form that ``open_dataset`` reads.
    """

    def __init__(self, checkpoint: Checkpoint, data: Path) -> None:
        self.checkpoint = checkpoint
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
    def calibration(self) -> npt.NDArray[np.float32]:
        """A few Training faces, to measure the ranges of activations on."""
        training = open_dataset(self.data, "Training").images
        return to_network_input(training[:: max(1, len(training) // CALIBRATION_FACES)], self.trained.input)

    def make(self, precision: Precision) -> Exported:
        """The network in this precision, its temperature fitted on the file itself."""
        raw = self._convert(precision, 1.0)
        scores = np.log(np.clip(self._open(raw).predict(self.faces.inputs), 1e-30, None))
        temperature = fit_temperature(scores, self.faces.labels)
        content = self._convert(precision, temperature)
        network = self._open(content)
        predicted = network.predict(self.faces.inputs)
        # Quantising moves the best temperature a little; the trained network is compared at the same one.
        reference = softmax(self.logits / temperature)
        golden = network.predict(to_network_input(self.golden, self.trained.input)) - self.golden_probabilities(
            temperature
        )
        return Exported(
            precision,
            content,
            temperature,
            summarise(predicted, self.faces.labels, self.checkpoint.class_names),
            float(max(np.abs(predicted - reference).max(), np.abs(golden).max())),
            float((reference.argmax(1) == self.faces.labels).mean()),
            float((predicted.argmax(1) == reference.argmax(1)).mean()),
            milliseconds_a_face(self._open(content, batch=1)),
        )

    def golden_probabilities(self, temperature: float) -> npt.NDArray[np.float32]:
        """What the trained network says of the golden faces."""
        return softmax(self.golden_logits / temperature).astype(np.float32)

    def check(self, made: Exported) -> None:
        """Raises ModelError: the file is too far from the trained network, or depends on the batch size."""
        if made.max_difference > TOLERANCE[made.precision]:
            raise ModelError(
                f"The exported network differs from the trained one by {made.max_difference:.1e}, "
                f"more than {TOLERANCE[made.precision]:.0e}; nothing was written."
            )
        if made.trained_accuracy - made.figures["accuracy"] > MAX_LOSS:
            raise ModelError(
                f"As {made.precision} the network is right {made.figures['accuracy']:.2%} of the time, trained it was "
                f"{made.trained_accuracy:.2%}; nothing was written."
            )
        faces = self.faces.inputs[: max(BATCHES)]
        single = self._open(made.content, batch=1).predict(faces)
        for batch in BATCHES[1:]:
            difference = float(np.abs(self._open(made.content, batch=batch).predict(faces) - single).max())
            if difference > 1e-5:
                raise ModelError(
                    f"The exported network differs by {difference:.1e} in batches of {batch}; nothing was written."
                )

    def splits(self, made: Exported) -> dict[str, dict[str, Any]]:
        """The card's figures on the validation split: first by the labels it was trained on, then by the others.

        Those where there are any. All on the exported file.
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

    def _convert(self, precision: Precision, temperature: float) -> bytes:
        float_model = to_tflite(self.checkpoint.network, temperature, self.trained.input.height)
        calibration = self.calibration if precision == "int8" else self.faces.inputs[:0]
        return quantize(float_model, precision, calibration)

    def _open(self, content: bytes, threads: int = 1, batch: int = 16) -> TflitePredictor:
        return TflitePredictor(content, self.checkpoint.class_names, self.trained.input, threads, batch)


def export(
    checkpoint_path: Path,
    data: Path,
    out: Path,
    crops_path: Path,
    golden: Path | None,
    model_id: str | None = None,
    name: str | None = None,
    precision: Precision = "float32",
    head: Head = "labels",
    force: bool = False,
) -> tuple[Exported, dict[str, Any]]:
    """Exports, measures and writes the network and its card; with ``golden`` the faces of its test too.

    Args:
        head: of the trained network, "labels" or "votes".
        model_id: of the files; None takes the recipe's network.
        name: to show; None takes the one known for the id.
        force: replace a network of other classes too.

    Raises:
        ModelError, DatasetError, SinkError: with one sentence; nothing is written then.
    """
    checkpoint = load_checkpoint(checkpoint_path, head)
    model_id = model_id or str(checkpoint.recipe["model"])
    if not force:
        _check_replaced(out / f"{model_id}.json", checkpoint.class_names)
    crops = _read_crops(crops_path)
    exporter = Exporter(checkpoint, data)
    made = exporter.make(precision)
    exporter.check(made)
    facts = checkpoint_facts(checkpoint)
    card = model_card(
        model_id=model_id,
        name=name or display_name(model_id),
        file_name=f"{model_id}.tflite",
        sha256=hashlib.sha256(made.content).hexdigest(),
        side=InputSpec().height,
        class_names=checkpoint.class_names,
        crops=crops,
        data=with_temperature(facts["data"], str(exporter.split)),
        metrics=exporter.splits(made),
        training={key: facts[key] for key in ("recipe", "head", "teachers", "seed", "epoch")},
        network={
            "parameters": facts["parameters"],
            "macs": facts["macs"],
            "file_bytes": len(made.content),
            "precision": precision,
            "temperature": made.temperature,
        },
        parity={
            "max_abs_difference": made.max_difference,
            "tolerance": made.tolerance,
            "same_answer": made.same_answer,
            "trained_accuracy": made.trained_accuracy,
            "n": len(exporter.faces.labels) + len(exporter.golden),
            "on": f"{split_key(exporter.split.split, exporter.labels_as)} and the golden faces",
        },
    )
    files = {out / f"{model_id}.tflite": made.content, out / f"{model_id}.json": as_json(card)}
    if golden is not None:
        files[golden / f"{model_id}.npz"] = _golden(exporter, made)
    write_whole(files)
    read_model_spec(out / f"{model_id}.json").verify_file()
    return made, card


def _check_replaced(card: Path, class_names: tuple[str, ...]) -> None:
    """Raises ModelError: a card is there whose network has other classes, or which cannot be read."""
    if not card.exists():
        return
    hint = "Name another with --id or --out, or replace it with --force."
    try:
        there = read_model_spec(card).class_names
    except ModelError as error:
        raise ModelError(f"{card}: is there already and is no usable card.", hint) from error
    if set(there) != set(class_names):
        raise ModelError(
            f"{card}: is of a network of other classes ({', '.join(there)}) than {', '.join(class_names)}.", hint
        )


def _source(data: Path, split: SplitName, labels_as: LabelsAs) -> FaceSource:
    if split.split in ZIP_OF_USAGE and (data / "labels.csv").is_file():
        images = data / ZIP_OF_USAGE[split.split]
        return FaceSource(split.split, labels_as, images=images, labels=data / "labels.csv")
    return FaceSource(split.split, labels_as, data=data)


def _golden(exporter: Exporter, made: Exported) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        faces=exporter.golden,
        probabilities=exporter.golden_probabilities(made.temperature),
        tolerance=np.float64(made.tolerance),
    )
    return buffer.getvalue()


def _read_crops(path: Path) -> dict[str, Any]:
    try:
        crops = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}; 'python -m train crops' writes it.") from error
    except ValueError as error:
        raise ModelError(f"{path}: is not JSON: {error}.") from error
    if not isinstance(crops, dict):
        raise ModelError(f"{path}: is not an object of crops by detector.")
    return crops
