"""Reads and writes checkpoints (``best.pt``, ``last.pt``). Needs PyTorch."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.errors import ModelError
from train.calibration import softmax
from train.cards.card import PUBLIC_TEST
from train.cards.card_data import data_set_name
from train.data.labelled_faces import FERPLUS_CLASSES
from train.data.readers import LabelsAs
from train.models import create_model

#: The heads of a network: classes, and FER+'s votes (see ``Recipe.auxiliary_weight``).
Head = Literal["labels", "votes"]


@dataclass(frozen=True)
class Checkpoint:
    """A trained network in evaluation mode, and how it was trained.

    Attributes:
        labels_as: which of FER2013's labels the outputs stand for.
        ferplus: FER+'s votes were learned, as labels or as the auxiliary task.
        head: the head that the network ends in.
        teachers_data: name, n and use of FER+'s votes of the teachers' data; () where it was not kept.
        validated_on: data set and split that chose the epoch.
        averaged: recipe, seed and epoch of each run in a model soup; () for a single run.
        beside: recipe, seed and epoch of each further network in an ensemble.
    """

    network: nn.Module
    class_names: tuple[str, ...]
    recipe: dict[str, Any]
    training_n: int
    epoch: int
    data_sources: tuple[dict[str, Any], ...] = ()
    teachers: tuple[str, ...] = ()
    labels_as: LabelsAs = "emotion"
    ferplus: bool = False
    head: Head = "labels"
    teachers_data: tuple[dict[str, Any], ...] = ()
    validated_on: str = PUBLIC_TEST
    averaged: tuple[dict[str, Any], ...] = ()
    beside: tuple[dict[str, Any], ...] = ()

    def sets(self) -> Sequence[dict[str, Any]]:
        """Name and n of each data set. A checkpoint that names none learned from FER2013 alone."""
        return self.data_sources or [{"name": "FER2013", "n": self.training_n}]


def load_state(path: Path, device: str | torch.device = "cpu") -> dict[str, Any]:
    """The dictionary in a checkpoint file.

    Raises:
        ModelError: no such file, damaged, or not a checkpoint.
    """
    try:
        state = torch.load(path, map_location=device, weights_only=True)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror or error}.") from error
    except (pickle.UnpicklingError, zipfile.BadZipFile, EOFError, RuntimeError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: is not a checkpoint, or a damaged one.") from error
    if not isinstance(state, dict):
        raise ModelError(f"{path}: is not a checkpoint.")
    return state


def save_state(path: Path, state: dict[str, Any]) -> None:
    """Writes whole or not at all: a run that is stopped while saving keeps its former checkpoint."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)


def load_checkpoint(path: Path, head: Head = "labels") -> Checkpoint:
    """The network of a ``best.pt``.

    Args:
        head: "votes" takes the auxiliary head instead, with FER+'s eight classes.

    Raises:
        ModelError: no such file, damaged, an unknown network, or a ``last.pt``.
    """
    state = load_state(path)
    try:
        network = create_model(state["recipe"]["model"], len(state["class_names"]), state["auxiliary_count"])
        network.load_state_dict(state["network"])
        class_names, labels = tuple(state["class_names"]), state["recipe"].get("labels")
        if head == "votes":
            if not state["auxiliary_count"]:
                raise ModelError(f"{path}: has not learned FER+'s votes beside its labels.")
            network.head, network.auxiliary_head = network.auxiliary_head, None
            class_names, labels = FERPLUS_CLASSES, "ferplus"
        checkpoint = Checkpoint(
            network.eval(),
            class_names,
            state["recipe"],
            state["training_n"],
            state["epoch"],
            tuple(state.get("data_sources", ())),
            tuple(state.get("teachers", ())),
            "ferplus" if labels == "ferplus" else "emotion",
            labels == "ferplus" or state["auxiliary_count"] > 0,
            head,
            tuple(state.get("teachers_data", ())),
            state.get("validated_on") or _validated_on(state.get("data_sources", ())),
            tuple(state.get("averaged", ())),
        )
    except KeyError as error:
        raise ModelError(f"{path}: has no entry {error}; give a run's best.pt.") from error
    except RuntimeError as error:
        raise ModelError(f"{path}: its weights do not fit the network '{state['recipe']['model']}'.") from error
    return checkpoint


def _validated_on(sources: Sequence[dict[str, Any]]) -> str:
    """For a run that did not keep it: the first data set always validated."""
    name = data_set_name(str(sources[0]["name"])) if sources else "FER2013"
    return PUBLIC_TEST if name == "FER2013" else f"{name} validation"


def load_network(path: Path) -> nn.Module:
    """The network of a ``best.pt`` with all its heads.

    Raises:
        ModelError: as ``load_checkpoint``, or the network has only one head.
    """
    network = load_checkpoint(path).network
    if getattr(network, "auxiliary_head", None) is None:
        raise ModelError(f"{path}: has not learned FER+'s votes beside its labels.")
    return network


class CheckpointPredictor:
    """A checkpoint's network as a ``Predictor``, in float32."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.class_names = checkpoint.class_names
        self.input = InputSpec()
        self._network = checkpoint.network

    def logits(self, inputs: npt.NDArray[np.float32], batch: int = 256) -> npt.NDArray[np.float32]:
        """(n, H, W, 1) grey values 0 to 255 -> (n, C)."""
        parts = [np.zeros((0, len(self.class_names)), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(inputs), batch):
                grey = torch.from_numpy(inputs[start : start + batch]).permute(0, 3, 1, 2)
                parts.append(self._network(grey).numpy())
        return np.concatenate(parts)

    def predict(self, inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return softmax(self.logits(inputs)).astype(np.float32)
