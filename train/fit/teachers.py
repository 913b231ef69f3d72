"""Trained networks that another one learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from train.cards.card_data import as_teachers_data
from train.data.labelled_faces import DatasetError
from train.fit.checkpoint import load_checkpoint


class Teacher(nn.Module):
    """A trained network's logits, in the order of the student's classes.

    A class that only the teacher knows is left out: the softmax over the others is then the teacher's opinion
    given that the face shows one of them.

    Args:
        network: (n, 1, h, w) grey values 0 to 255 -> logits of ``class_names``.
        wanted: the student's classes.
        name: of the teacher, for the student's card.
        data: what the teacher and its own teachers learned from, for that card too.

    Raises:
        DatasetError: the teacher lacks one of them.
    """

    columns: torch.Tensor

    def __init__(
        self,
        network: nn.Module,
        class_names: tuple[str, ...],
        wanted: tuple[str, ...],
        name: str = "",
        data: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__()
        missing = [name for name in wanted if name not in class_names]
        if missing:
            raise DatasetError(f"lacks the classes to be learned: {', '.join(missing)}.")
        self.network = network
        self.name = name
        self.data = tuple(data)
        self.register_buffer("columns", torch.tensor([class_names.index(name) for name in wanted]))

    def forward_both(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Logits of the student's classes, and of FER+'s eight where the teacher has learned the votes."""
        logits, votes = self.network.forward_both(grey)
        return logits[:, self.columns], votes

    def forward(self, grey: torch.Tensor) -> torch.Tensor:
        return self.forward_both(grey)[0]


def load_teacher(path: Path, wanted: tuple[str, ...]) -> Teacher:
    """The network of a checkpoint, as a teacher of ``wanted``.

    Raises:
        DatasetError: it lacks one of the classes.
        ModelError: not a checkpoint.
    """
    checkpoint = load_checkpoint(path)
    data = [*as_teachers_data(checkpoint.sets(), checkpoint.ferplus), *checkpoint.teachers_data]
    try:
        return Teacher(checkpoint.network, checkpoint.class_names, wanted, str(checkpoint.recipe["model"]), data)
    except DatasetError as error:
        raise DatasetError(f"The teacher {path} {error}") from error
