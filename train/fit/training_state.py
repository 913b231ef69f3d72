"""Where the random numbers of a run stand, kept so that a resumed run draws the same ones. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch


def random_state(generator: torch.Generator, device: torch.device) -> dict[str, torch.Tensor]:
    """The states of the run's own generator, and of those that dropout draws from: PyTorch's and the GPU's."""
    state = {"generator": generator.get_state(), "torch_rng": torch.get_rng_state()}
    if device.type == "cuda":
        state["cuda_rng"] = torch.cuda.get_rng_state(device)
    return state


def restore_random_state(state: Mapping[str, Any], generator: torch.Generator, device: torch.device) -> None:
    """Sets the generators to what ``random_state`` gave; a run of an older version has none of the GPU.

    Raises:
        KeyError, RuntimeError: a state is missing, or is none.
    """
    generator.set_state(state["generator"].cpu())
    torch.set_rng_state(state["torch_rng"].cpu())
    if device.type == "cuda" and "cuda_rng" in state:
        torch.cuda.set_rng_state(state["cuda_rng"].cpu(), device)
