"""What a card says of a checkpoint's training and size. Needs PyTorch."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from realtime_fer.core.cards.model_input import InputSpec
from train.cards.card_data import LAST_EPOCH, training_data
from train.fit.checkpoint import Checkpoint


def checkpoint_facts(checkpoint: Checkpoint) -> dict[str, Any]:
    """Data, recipe, seed, epoch, parameters and MACs, as a card has them."""
    return {
        "data": training_data(
            checkpoint.sets(),
            checkpoint.training_n,
            checkpoint.ferplus,
            checkpoint.teachers_data,
            LAST_EPOCH if checkpoint.recipe.get("chosen_by") == "last" else checkpoint.validated_on,
        ),
        "recipe": checkpoint.recipe,
        "head": checkpoint.head,
        "teachers": list(checkpoint.teachers),
        "seed": checkpoint.recipe["seed"],
        "epoch": checkpoint.epoch,
        "averaged": [dict(run) for run in checkpoint.averaged],
        "beside": [dict(network) for network in checkpoint.beside],
        "parameters": parameters(checkpoint.network),
        "macs": multiply_accumulates(checkpoint.network),
    }


def parameters(network: nn.Module) -> int:
    """Parameters without those of the auxiliary head, which a single-head export leaves out."""
    return sum(p.numel() for name, p in network.named_parameters() if "auxiliary" not in name)


def multiply_accumulates(network: nn.Module, side: int = InputSpec().height) -> int:
    """Multiply-accumulates (MACs) of convolutions and dense layers for one face."""
    counted = 0

    def count(module: nn.Module, _: Any, output: torch.Tensor) -> None:
        nonlocal counted
        if isinstance(module, nn.Conv2d):
            counted += output[0].numel() * module.weight[0].numel()
        elif isinstance(module, nn.Linear):
            counted += output[0].numel() * module.in_features

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    with torch.inference_mode():
        network(torch.zeros(1, 1, side, side))
    for hook in hooks:
        hook.remove()
    return counted
