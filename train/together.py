"""Several trained networks as one: the mean of what they say. Needs PyTorch.

Networks of different kinds are wrong about different faces, so that their mean is more often right than each (Hansen
and Salamon 1990, "Neural network ensembles"). Exported, they are one file, which takes the time of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from train.card_data import merged
from train.checkpoint import Checkpoint, Head, load_checkpoint


class Together(nn.Module):
    """(n, 1, H, W) -> the mean of several networks' logits, of each of their heads."""

    def __init__(self, networks: Sequence[nn.Module]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, grey: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        said = [network(grey) for network in self.networks]
        if isinstance(said[0], torch.Tensor):
            return _mean(said)
        return tuple(_mean(of_head) for of_head in zip(*said, strict=True))


def _mean(logits: Sequence[torch.Tensor]) -> torch.Tensor:
    # Not by stacking them: the converted graph would then be of one batch size alone.
    total = logits[0]
    for more in logits[1:]:
        total = total + more
    return total / len(logits)


def load_together(paths: Sequence[Path], head: Head = "labels") -> Checkpoint:
    """The first ``best.pt``'s checkpoint with the networks of all; of one path, just that.

    Raises:
        ModelError: as ``load_checkpoint``, or a network has other classes than the first.
    """
    first, *others = [load_checkpoint(path, head) for path in paths]
    if not others:
        return first
    for path, other in zip(paths[1:], others, strict=True):
        if (other.class_names, other.labels_as) != (first.class_names, first.labels_as):
            raise ModelError(f"{path}: has learned other classes or labels than {paths[0]}.")
    every = (first, *others)
    sets = {str(entry["name"]): entry for one in reversed(every) for entry in one.sets()}
    names = dict.fromkeys(str(entry["name"]) for one in every for entry in one.sets())
    return replace(
        first,
        network=Together([one.network for one in every]).eval(),
        data_sources=tuple(sets[name] for name in names),
        teachers_data=tuple(merged(entry for one in every for entry in one.teachers_data)),
        ferplus=any(one.ferplus for one in every),
        beside=tuple(_named(one) for one in others),
    )


def _named(one: Checkpoint) -> dict[str, Any]:
    # Its teachers stand here, since the first network's training was perhaps without.
    named = {"recipe": one.recipe.get("name") or one.recipe["model"], "seed": one.recipe["seed"], "epoch": one.epoch}
    return {**named, "teachers": list(one.teachers)} if one.teachers else named
