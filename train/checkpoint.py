"""Reads what ``fit`` keeps. Needs PyTorch."""

from __future__ import annotations

import pickle
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from realtime_fer.core.model_spec import InputSpec
from train.calibration import softmax
from train.models import build


@dataclass(frozen=True)
class Checkpoint:
    """A trained network, ready to predict, and what it was trained with."""

    network: nn.Module
    class_names: tuple[str, ...]
    recipe: dict[str, Any]
    training_n: int
    epoch: int
    data_sources: tuple[dict[str, Any], ...] = ()
    teachers: tuple[str, ...] = ()


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


def load_checkpoint(path: Path) -> Checkpoint:
    """The network of a ``best.pt``.

    Raises:
        ModelError: no such file, damaged, of an unknown network, or a ``last.pt``.
    """
    state = load_state(path)
    try:
        network = build(state["recipe"]["model"], len(state["class_names"]), state["auxiliary_count"])
        network.load_state_dict(state["network"])
        checkpoint = Checkpoint(
            network.eval(),
            tuple(state["class_names"]),
            state["recipe"],
            state["training_n"],
            state["epoch"],
            tuple(state.get("data_sources", ())),
            tuple(state.get("teachers", ())),
        )
    except KeyError as error:
        raise ModelError(f"{path}: has no entry {error}; give a run's best.pt.") from error
    except RuntimeError as error:
        raise ModelError(f"{path}: its weights do not fit the network '{state['recipe']['model']}'.") from error
    return checkpoint


class CheckpointPredictor:
    """The trained network in float32, before it is exported."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.class_names = checkpoint.class_names
        self.input = InputSpec()
        self._network = checkpoint.network

    def logits(self, inputs: npt.NDArray[np.float32], batch: int = 256) -> npt.NDArray[np.float32]:
        """(n, H, W, 1) -> (n, C)."""
        parts = [np.zeros((0, len(self.class_names)), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(inputs), batch):
                grey = torch.from_numpy(inputs[start : start + batch]).permute(0, 3, 1, 2)
                parts.append(self._network(grey).numpy())
        return np.concatenate(parts)

    def predict(self, inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return softmax(self.logits(inputs)).astype(np.float32)
