"""The networks; ``create_model(model_id, class_count)`` makes one with random weights."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from train.models.alexnet import AlexNet
from train.models.cnn3 import Cnn3
from train.models.deep import Deep
from train.models.fer_l import FerL
from train.models.fer_s import FerS
from train.models.fer_xs import FerXs
from train.models.icml2013 import Icml2013
from train.models.plain import PlainL, PlainS, PlainXs
from train.models.shallow import Shallow

#: The same names as ``train.recipe.MODELS``.
NETWORKS: dict[str, Callable[..., nn.Module]] = {
    "fer-s": FerS,
    "fer-l": FerL,
    "fer-xs": FerXs,
    "plain-s": PlainS,
    "plain-l": PlainL,
    "plain-xs": PlainXs,
    "alexnet": AlexNet,
    "cnn3": Cnn3,
    "icml2013": Icml2013,
    "shallow": Shallow,
    "deep": Deep,
}


def create_model(model_id: str, class_count: int, auxiliary_count: int = 0) -> nn.Module:
    """A network with random weights: (n, 1, h, w) grey values 0 to 255 -> logits (n, class_count).

    Raises:
        KeyError: no network has that id.
    """
    return NETWORKS[model_id](class_count=class_count, auxiliary_count=auxiliary_count)
