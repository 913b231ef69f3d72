"""The networks, one file each. ``build(model_id)`` makes one with fresh weights."""

from __future__ import annotations

from torch import nn

from train.models.fer_s import FerS

#: The same names as ``train.recipe.MODELS``.
BUILDERS: dict[str, type[FerS]] = {"fer-s": FerS}


def build(model_id: str, class_count: int, auxiliary_count: int = 0) -> nn.Module:
    """A fresh network whose ``forward`` maps (n, 1, h, w) grey values 0 to 255 to logits (n, class_count).

    Raises:
        KeyError: no network has that id.
    """
    return BUILDERS[model_id](class_count=class_count, auxiliary_count=auxiliary_count)
