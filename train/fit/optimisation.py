"""Learning rate schedule, weight decay, and the exponential moving average (EMA) of the weights. Needs PyTorch."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from train.recipe import Recipe


def learning_rate_at(step: int, total: int, recipe: Recipe) -> float:
    """Linear warm-up, then a cosine to 0 (Loshchilov and Hutter 2017, arXiv:1608.03983).

    Args:
        step: counted from 0 over all epochs.
        total: steps of the whole run.
    """
    warm_up = max(1, int(total * recipe.warm_up_epochs / recipe.epochs))
    peak = recipe.learning_rate * recipe.batch / 128
    if step < warm_up:
        return peak * (step + 1) / warm_up
    return peak * 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, total - warm_up)))


def parameter_groups(network: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Decays the weights of convolutions and dense layers, but neither biases nor batch norm."""
    decayed = [p for p in network.parameters() if p.ndim > 1]
    rest = [p for p in network.parameters() if p.ndim <= 1]
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": rest, "weight_decay": 0.0}]


@torch.no_grad()
def update_average(averaged: nn.Module, network: nn.Module, decay: float) -> None:
    """Moves the EMA ``averaged`` by 1 - ``decay`` towards ``network``."""
    averaged_state, state = averaged.state_dict(), network.state_dict()
    floats = [name for name, value in state.items() if value.dtype.is_floating_point]
    torch._foreach_lerp_([averaged_state[name] for name in floats], [state[name] for name in floats], 1 - decay)
