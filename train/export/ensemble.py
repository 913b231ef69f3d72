"""Ensembles: the mean of several networks' logits, or of several looks at a face, as one network. Needs PyTorch.

Different networks are wrong about different faces, so their mean is right more often than each (Hansen and Salamon
1990, "Neural network ensembles"). Exported, they are one file, which takes the time of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from train.cards.card_data import merged
from train.fit.checkpoint import Checkpoint, Head, load_checkpoint


class MeanLogits(nn.Module):
    """The mean of several logits (n, C), or of each head's. A module, so that the converted graph keeps its name."""

    def forward(
        self, said: Sequence[torch.Tensor | tuple[torch.Tensor, ...]]
    ) -> torch.Tensor | tuple[torch.Tensor, ...]:
        if isinstance(said[0], torch.Tensor):
            return _mean(said)
        return tuple(_mean(of_head) for of_head in zip(*said, strict=True))


def _mean(logits: Sequence[Any]) -> torch.Tensor:
    # Not stacked: the converted graph would then accept only one batch size.
    total = logits[0]
    for more in logits[1:]:
        total = total + more
    mean: torch.Tensor = total / len(logits)
    return mean


class NetworkEnsemble(nn.Module):
    """(n, 1, H, W) -> the mean of several networks' logits, for each head."""

    def __init__(self, networks: Sequence[nn.Module]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        self.mean_logits = MeanLogits()

    def forward(self, grey: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        mean: torch.Tensor | tuple[torch.Tensor, ...] = self.mean_logits([network(grey) for network in self.networks])
        return mean


class Mirrored(nn.Module):
    """(n, 1, H, W) -> the mean of a network's logits for the face and for its mirror image, for each head.

    A mirrored face shows the same expression, but a network's logits differ a little: their mean is right more often,
    at twice the time.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.mean_logits = MeanLogits()

    def forward(self, grey: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        seen, mirrored = self.network(grey), self.network(torch.flip(grey, (3,)))
        mean: torch.Tensor | tuple[torch.Tensor, ...] = self.mean_logits([seen, mirrored])
        return mean


def load_ensemble(paths: Sequence[Path], head: Head = "labels") -> Checkpoint:
    """The first path's checkpoint, with an ensemble of all networks where there are several.

    Args:
        paths: of ``best.pt`` files.

    Raises:
        ModelError: as ``load_checkpoint``, or a network has other classes or labels than the first.
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
        network=NetworkEnsemble([one.network for one in every]).eval(),
        data_sources=tuple(sets[name] for name in names),
        teachers_data=tuple(merged(entry for one in every for entry in one.teachers_data)),
        ferplus=any(one.ferplus for one in every),
        beside=tuple(_named(one) for one in others),
    )


def _named(one: Checkpoint) -> dict[str, Any]:
    # The first network may have had no teachers, so each names its own.
    named = {"recipe": one.recipe.get("name") or one.recipe["model"], "seed": one.recipe["seed"], "epoch": one.epoch}
    return {**named, "teachers": list(one.teachers)} if one.teachers else named
