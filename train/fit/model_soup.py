"""Model soups: the mean of several runs' weights, one network about as good as their ensemble. Needs PyTorch.

Runs that start from the same weights end close enough together for their mean to be a good network too (Wortsman et al.
2022, "Model soups", arXiv:2203.05482).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from train.cards.card_data import merged
from train.fit.checkpoint import load_state
from train.models import create_model

_ALIKE = ("class_names", "auxiliary_count")


def model_soup(paths: Sequence[Path], faces: npt.NDArray[np.uint8], batch: int = 256) -> dict[str, Any]:
    """The contents of a ``best.pt`` with the mean of the weights of several; all other entries are the first one's.

    Batch norm statistics are measured anew, since their mean is not the statistics of the mean network.

    Args:
        faces: uint8 (n, h, w) to measure them on, ten thousand or more for a shipped network.

    Raises:
        ModelError: a file is not a ``best.pt``, or the runs have different networks or classes.
    """
    states = [load_state(path) for path in paths]
    first = states[0]
    try:
        for path, state in zip(paths, states, strict=True):
            alike = state["recipe"]["model"] == first["recipe"]["model"]
            if not alike or any(state[key] != first[key] for key in _ALIKE):
                raise ModelError(f"{path}: is of another network, or of other classes, than {paths[0]}.")
        network = create_model(first["recipe"]["model"], len(first["class_names"]), first["auxiliary_count"])
        weights = [state["network"] for state in states]
        network.load_state_dict(
            {
                name: torch.stack([one[name].float() for one in weights]).mean(0).to(value.dtype)
                for name, value in weights[0].items()
            }
        )
    except KeyError as error:
        raise ModelError(f"A checkpoint has no entry {error}; give each run's best.pt.") from error
    _measure_norms(network, faces, batch)
    teachers = [teacher for state in states for teacher in state.get("teachers", ())]
    return {
        **first,
        "network": network.state_dict(),
        "teachers": list(dict.fromkeys(teachers)),
        "teachers_data": merged(entry for state in states for entry in state.get("teachers_data", ())),
        "averaged": [_named(state["recipe"], state["epoch"], len(faces)) for state in states],
    }


def _named(recipe: dict[str, Any], epoch: int, norms_of: int) -> dict[str, Any]:
    """A run's entry: recipe, seed, epoch, and how many faces batch norm was measured on."""
    name = recipe.get("name") or recipe["model"]
    return {"recipe": name, "seed": recipe["seed"], "epoch": epoch, "norms_of": norms_of}


@torch.no_grad()
def _measure_norms(network: nn.Module, faces: npt.NDArray[np.uint8], batch: int) -> None:
    norms = [part for part in network.modules() if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d)]
    network.eval()
    for norm in norms:
        norm.reset_running_stats()
        # Without momentum, PyTorch keeps the plain mean over all batches.
        norm.momentum = None
        norm.train()
    for start in range(0, len(faces), batch):
        grey = torch.from_numpy(faces[start : start + batch]).float().unsqueeze(1)
        network(grey.contiguous(memory_format=torch.channels_last))
