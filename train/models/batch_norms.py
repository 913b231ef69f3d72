"""Gives a network weights that came without their batch norm statistics. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

Weights = npt.NDArray[np.float32]


@torch.no_grad()
def set_weights(
    network: nn.Module,
    layers: Iterable[tuple[nn.Conv2d, nn.BatchNorm2d, Weights, Weights, Weights]],
    faces: npt.NDArray[np.uint8],
) -> None:
    """Sets convolutions whose batch norm is known as the scale and shift it came to, without mean and deviation.

    Those are measured layer by layer, so that the network computes the same as before.

    Args:
        layers: nearest the input first, each with its weight (outputs, inputs, height, width), and scale and shift
            (outputs,) of what the convolution gives.
        faces: uint8 (n, h, w), some hundreds.
    """
    hooks = []
    for convolution, norm, weight, scale, shift in layers:
        outputs = len(weight)
        # Batch norm undoes any scale of a filter, but the step that is right for it goes with the square of its length.
        # So every filter gets the length that He et al. 2015 (arXiv:1502.01852) begin with.
        longer = np.sqrt(2) / np.maximum(np.linalg.norm(weight.reshape(outputs, -1), axis=1), 1e-12)
        longer = longer.astype(np.float32)
        convolution.weight.copy_(torch.from_numpy(weight * longer.reshape(-1, *[1] * (weight.ndim - 1))))
        measure = _measuring(norm, torch.from_numpy(scale / longer), torch.from_numpy(shift))
        hooks.append(convolution.register_forward_hook(measure))
    network.eval()
    network(torch.from_numpy(faces).float().unsqueeze(1))
    for hook in hooks:
        hook.remove()


def _measuring(
    norm: nn.BatchNorm2d, scale: torch.Tensor, shift: torch.Tensor
) -> Callable[[nn.Module, object, torch.Tensor], None]:
    def measure(module: nn.Module, inputs: object, output: torch.Tensor) -> None:
        mean, variance = output.mean((0, 2, 3)), output.var((0, 2, 3))
        deviation = (variance + norm.eps).sqrt()
        norm.running_mean.copy_(mean)  # type: ignore[union-attr]
        norm.running_var.copy_(variance)  # type: ignore[union-attr]
        norm.weight.copy_(scale * deviation)
        norm.bias.copy_(scale * mean + shift)

    return measure
