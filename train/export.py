"""From a run's ``best.pt`` to what is shipped: ``<id>.tflite``, its card, and the golden faces its test compares.

Needs PyTorch, litert-torch and ai-edge-quantizer. Every figure of the card is measured on the exported file.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from realtime_fer.core.model_spec import InputSpec, read_model_spec
from realtime_fer.vision.preprocessing import to_network_input
from train.calibration import fit_temperature, softmax
from train.card import FER2013, as_json, model_card, write_whole
from train.checkpoint import Checkpoint, CheckpointPredictor, load_checkpoint
from train.convert import Precision, quantize, to_tflite
from train.datasets.labelled_faces import DatasetError
from train.datasets.readers import ZIP_OF_USAGE, open_dataset
from train.evaluate import evaluate, read_faces
from train.golden import golden_faces
from train.metrics import summarise
from train.predictors import TflitePredictor

CALIBRATION_FACES = 300

#: Most that an exported probability may differ from the trained network's, by precision.
TOLERANCE: dict[Precision, float] = {"float32": 1e-3, "float16": 1e-3, "dynamic": 0.15, "int8": 0.4}

#: Batches a live program runs; each must give the same probabilities.
BATCHES = (1, 2, 4, 8)


@dataclass(frozen=True)
class Exported:
    """An exported network and how it compares with the trained one on PublicTest."""

    precision: Precision
    content: bytes
    temperature: float
    figures: dict[str, Any]
    max_difference: float
    same_answer: float
    milliseconds_a_face: float

    def row(self) -> str:
        return (
            f"{self.precision:<8} {len(self.content) / 1e6:6.2f} MB  {self.milliseconds_a_face:6.2f} ms a face  "
            f"accuracy {self.figures['accuracy']:.4f} (N {self.figures['n']})  ECE {self.figures['ece']:.4f}  "
            f"T {self.temperature:.3f}  differs from the trained network by at most {self.max_difference:.1e}, "
            f"same answer for {self.same_answer:.2%}"
        )


class Exporter:
    """Holds a checkpoint and the faces it is measured on.

    Args:
        data: FER2013's folder, with ``labels.csv`` and the zips.
    """

    def __init__(self, checkpoint: Checkpoint, data: Path) -> None:
        if not (data / "labels.csv").is_file():
            raise DatasetError(f"{data}: has no labels.csv; export needs FER2013's folder with the zips.")
        self.checkpoint = checkpoint
        self.trained = CheckpointPredictor(checkpoint)
        self.zip, self.labels_csv = data / ZIP_OF_USAGE["PublicTest"], data / "labels.csv"
        spec, names = self.trained.input, checkpoint.class_names
        self.faces = read_faces(self.zip, self.labels_csv, "PublicTest", "emotion", names, spec)
        self.logits = self.trained.logits(self.faces.inputs)
        training = open_dataset(data, "Training").images
        self.calibration = to_network_input(training[:: max(1, len(training) // CALIBRATION_FACES)], spec)

    def make(self, precision: Precision) -> Exported:
        """The network in this precision, its temperature fitted on the file itself."""
        raw = self._convert(precision, 1.0)
        scores = np.log(np.clip(self._open(raw).predict(self.faces.inputs), 1e-30, None))
        temperature = fit_temperature(scores, self.faces.labels)
        content = self._convert(precision, temperature)
        predicted = self._open(content).predict(self.faces.inputs)
        # Quantising moves the best temperature a little; the trained network is compared at the same one.
        reference = softmax(self.logits / temperature)
        return Exported(
            precision,
            content,
            temperature,
            summarise(predicted, self.faces.labels, self.checkpoint.class_names),
            float(np.abs(predicted - reference).max()),
            float((predicted.argmax(1) == reference.argmax(1)).mean()),
            self._milliseconds(content),
        )

    def check_batches(self, content: bytes, tolerance: float = 1e-5) -> None:
        """Raises ModelError: a batch size gives other probabilities than single faces do."""
        faces = self.faces.inputs[: max(BATCHES)]
        single = self._open(content, batch=1).predict(faces)
        for batch in BATCHES[1:]:
            difference = float(np.abs(self._open(content, batch=batch).predict(faces) - single).max())
            if difference > tolerance:
                raise ModelError(f"The exported network differs by {difference:.1e} in batches of {batch}.")

    def _convert(self, precision: Precision, temperature: float) -> bytes:
        float_model = to_tflite(self.checkpoint.network, temperature, self.trained.input.height)
        return quantize(float_model, precision, self.calibration)

    def _open(self, content: bytes, threads: int = 1, batch: int = 16) -> TflitePredictor:
        return TflitePredictor(content, self.checkpoint.class_names, self.trained.input, threads, batch)

    def _milliseconds(self, content: bytes, repeats: int = 200) -> float:
        predictor, face = self._open(content, batch=1), self.faces.inputs[:1]
        predictor.predict(face)
        seconds = []
        for _ in range(repeats):
            started = time.perf_counter()
            predictor.predict(face)
            seconds.append(time.perf_counter() - started)
        return float(np.median(seconds) * 1000)


def export(
    checkpoint_path: Path,
    data: Path,
    out: Path,
    crops_path: Path,
    golden: Path | None,
    model_id: str = "fer-s",
    name: str = "FER S",
    precision: Precision = "float32",
) -> tuple[Exported, dict[str, Any]]:
    """Exports, measures and writes the network and its card; with ``golden`` the faces of its test too.

    Raises:
        ModelError, DatasetError, SinkError: with one sentence; nothing is written then.
    """
    checkpoint = load_checkpoint(checkpoint_path)
    crops = _read_crops(crops_path)
    exporter = Exporter(checkpoint, data)
    made = exporter.make(precision)
    if made.max_difference > TOLERANCE[precision]:
        raise ModelError(
            f"The exported network differs from the trained one by {made.max_difference:.1e}, "
            f"more than {TOLERANCE[precision]:.0e}; nothing was written."
        )
    exporter.check_batches(made.content)
    predictor = TflitePredictor(made.content, checkpoint.class_names, InputSpec())
    ferplus = evaluate(predictor, exporter.zip, exporter.labels_csv, "PublicTest", "ferplus")
    card = model_card(
        model_id=model_id,
        name=name,
        file_name=f"{model_id}.tflite",
        sha256=hashlib.sha256(made.content).hexdigest(),
        side=InputSpec().height,
        class_names=checkpoint.class_names,
        crops=crops,
        data={**FER2013, "split": "Training", "n": checkpoint.training_n},
        metrics={"PublicTest": made.figures, "PublicTest by FER+ majority": ferplus},
        training={"recipe": checkpoint.recipe, "seed": checkpoint.recipe["seed"], "epoch": checkpoint.epoch},
        network={
            "parameters": _parameters(checkpoint.network),
            "macs": _macs(checkpoint.network),
            "file_bytes": len(made.content),
            "precision": precision,
            "temperature": made.temperature,
        },
        parity={"max_abs_difference": made.max_difference, "n": len(exporter.faces.labels), "on": "PublicTest"},
    )
    files = {out / f"{model_id}.tflite": made.content, out / f"{model_id}.json": as_json(card)}
    if golden is not None:
        files[golden / f"{model_id}.npz"] = _golden(exporter, made)
    write_whole(files)
    read_model_spec(out / f"{model_id}.json").verify_file()
    return made, card


def _golden(exporter: Exporter, made: Exported) -> bytes:
    faces = golden_faces()
    logits = exporter.trained.logits(to_network_input(faces, exporter.trained.input))
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        faces=faces,
        probabilities=softmax(logits / made.temperature).astype(np.float32),
        tolerance=np.float64(TOLERANCE[made.precision]),
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


def _parameters(network: nn.Module) -> int:
    """Of what is shipped: the second head only trains."""
    return sum(p.numel() for name, p in network.named_parameters() if not name.startswith("auxiliary"))


def _macs(network: nn.Module, side: int = InputSpec().height) -> int:
    """Multiply-accumulates of the convolutions and linear layers for one face."""
    counted = 0

    def count(module: nn.Module, _: Any, output: torch.Tensor) -> None:
        nonlocal counted
        if isinstance(module, nn.Conv2d):
            counted += output[0].numel() * module.weight[0].numel()
        elif isinstance(module, nn.Linear):
            counted += module.weight.numel()

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    with torch.inference_mode():
        network(torch.zeros(1, 1, side, side))
    for hook in hooks:
        hook.remove()
    return counted
