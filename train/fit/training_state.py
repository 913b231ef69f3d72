"""All that a run changes while it trains, kept so that a resumed run goes on exactly. Needs PyTorch."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from train.fit.optimisation import parameter_groups, update_average
from train.recipe import Recipe


@dataclass
class TrainingState:
    """Networks, optimizer and random numbers of a run, and how far it has come.

    Attributes:
        network: the one that learns.
        averaged: the exponential moving average (EMA) of its weights, which is validated and kept.
        generator: what batches and augmentation draw from.
        epoch: whole epochs done.
        step: batches done, in all epochs.
        best_score: of the epoch that was kept, by the recipe's ``chosen_by``; higher is better.
        best_accuracy, best_epoch: of the same epoch; -1 before the first.
    """

    network: nn.Module
    averaged: nn.Module
    optimizer: torch.optim.Optimizer
    generator: torch.Generator
    device: torch.device
    epoch: int = 0
    step: int = 0
    best_score: float = -math.inf
    best_accuracy: float = -1.0
    best_epoch: int = -1

    @classmethod
    def begin(cls, network: nn.Module, recipe: Recipe, device: torch.device) -> TrainingState:
        """Before the first step. Moves ``network`` to the device."""
        network = network.to(device).to(memory_format=torch.channels_last)
        optimizer = torch.optim.SGD(
            parameter_groups(network, recipe.weight_decay), lr=0.1, momentum=recipe.momentum, nesterov=True
        )
        generator = torch.Generator(device=device).manual_seed(recipe.seed)
        return cls(network, copy.deepcopy(network).eval(), optimizer, generator, device)

    def learn(self, loss: torch.Tensor, learning_rate: float, average_decay: float) -> None:
        """One step down the gradient of ``loss``, at this learning rate; the EMA follows."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.step += 1
        # Early weights are of no use in the average, so it starts short.
        update_average(self.averaged, self.network, min(average_decay, (1 + self.step) / (10 + self.step)))

    def keeps_best(self, score: float, accuracy: float) -> bool:
        """Whether the epoch that just ended is the best so far; notes it if so."""
        if score <= self.best_score:
            return False
        self.best_score, self.best_accuracy, self.best_epoch = score, accuracy, self.epoch
        return True

    def state_dict(self) -> dict[str, Any]:
        """Everything, in plain values and tensors that a checkpoint can hold."""
        return {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            **random_state(self.generator, self.device),
            "epoch": self.epoch,
            "step": self.step,
            "best_score": self.best_score,
            "best_accuracy": self.best_accuracy,
            "best_epoch": self.best_epoch,
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Goes on from what ``state_dict`` gave.

        Raises:
            KeyError, RuntimeError, ValueError: an entry is missing, or is of another network.
        """
        self.network.load_state_dict(state["network"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        restore_random_state(state, self.generator, self.device)
        self.epoch, self.step = state["epoch"], state["step"]
        self.best_score = state["best_score"]
        self.best_accuracy, self.best_epoch = state["best_accuracy"], state["best_epoch"]


def random_state(generator: torch.Generator, device: torch.device) -> dict[str, torch.Tensor]:
    """The states of the run's own generator, and of those that dropout draws from: PyTorch's and the GPU's."""
    state = {"generator": generator.get_state(), "torch_rng": torch.get_rng_state()}
    if device.type == "cuda":
        state["cuda_rng"] = torch.cuda.get_rng_state(device)
    return state


def restore_random_state(state: Mapping[str, Any], generator: torch.Generator, device: torch.device) -> None:
    """Sets the generators to what ``random_state`` gave; a run of an older version has none of the GPU.

    Raises:
        KeyError, RuntimeError: a state is missing or damaged.
    """
    generator.set_state(state["generator"].cpu())
    torch.set_rng_state(state["torch_rng"].cpu())
    if device.type == "cuda" and "cuda_rng" in state:
        torch.cuda.set_rng_state(state["cuda_rng"].cpu(), device)
