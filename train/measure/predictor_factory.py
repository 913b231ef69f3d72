"""Opens a network for measuring, from a ``.tflite`` file, a card or a checkpoint. Only a checkpoint needs PyTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.errors import ModelError
from train.predictors import Predictor, TflitePredictor


def create_predictor(
    weights: Path, threads: int = 2, batch: int = 16, head: Literal["labels", "votes"] = "labels"
) -> Predictor:
    """The network in ``weights``: a ``.tflite`` file with its card beside it, a card, or ``head`` of a ``.pt``.

    Raises:
        ModelError: the file or its card is missing, damaged or of an unknown kind.
    """
    if not weights.is_file():
        raise ModelError(f"{weights}: no such file.")
    if weights.suffix == ".pt":
        from train.fit.checkpoint import CheckpointPredictor, load_checkpoint

        return CheckpointPredictor(load_checkpoint(weights, head))
    if weights.suffix not in (".tflite", ".json"):
        raise ModelError(f"{weights}: is not a .tflite file, a card (.json) or a checkpoint (.pt).")
    card = weights.with_suffix(".json")
    if not card.is_file():
        raise ModelError(f"{weights}: its card {card.name} is not beside it, so the order of its classes is unknown.")
    spec = read_model_spec(card)
    if weights.suffix == ".tflite" and spec.path.name != weights.name:
        raise ModelError(f"{card}: describes {spec.path.name}, not {weights.name}.")
    return TflitePredictor.of_card(spec, threads, batch)
