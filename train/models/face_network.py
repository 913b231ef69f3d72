"""Base classes of all networks: normalisation inside, features, a head and an auxiliary head. Needs PyTorch."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import nn

#: Mean and standard deviation of FER2013 Training. Networks normalise inside the graph, so that nobody who runs the
#: file can do it wrongly.
GREY_MEAN = 129.4
GREY_STD = 65.0


class TwoHeads(nn.Module, ABC):
    """Features, and one head or two that read them. Subclasses define ``head``, ``auxiliary_head`` and ``features``."""

    head: nn.Module
    auxiliary_head: nn.Module | None

    @abstractmethod
    def features(self, grey: torch.Tensor) -> torch.Tensor:
        """(n, 1, 48, 48) grey values 0 to 255 -> (n, width): what both heads read."""

    def forward(self, grey: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.head(self.features(grey))
        return logits

    def forward_both(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Logits (n, C) of the classes, and those of the auxiliary head or None."""
        features = self.features(grey)
        return self.head(features), self.auxiliary_head(features) if self.auxiliary_head is not None else None


class FaceNetwork(TwoHeads):
    """(n, 1, 48, 48) grey values 0 to 255 -> logits (n, class_count).

    Args:
        trunk: normalised (n, 1, 48, 48) -> features (n, width).
        width: of the features.
        class_count: outputs.
        auxiliary_count: outputs of a second head, used in training only (FER+ votes); 0 for none.
    """

    def __init__(self, trunk: nn.Module, width: int, class_count: int, auxiliary_count: int = 0) -> None:
        super().__init__()
        self.trunk = trunk
        self.head = nn.Linear(width, class_count)
        self.auxiliary_head = nn.Linear(width, auxiliary_count) if auxiliary_count else None

    def features(self, grey: torch.Tensor) -> torch.Tensor:
        """(n, 1, 48, 48) -> (n, width): what both heads read."""
        features: torch.Tensor = self.trunk((grey - GREY_MEAN) / GREY_STD)
        return features


class ChannelsLastFlatten(nn.Module):
    """(n, c, h, w) -> (n, h * w * c), channels fastest.

    The exported graph, whose layout is (n, h, w, c), then flattens without moving values.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.permute(0, 2, 3, 1).flatten(1)


def convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> list[nn.Module]:
    """A convolution that keeps the size (for stride 1), batch normalisation (Ioffe and Szegedy 2015), ReLU."""
    return [
        nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    ]


def dense(inputs: int, outputs: int, dropout: float) -> list[nn.Module]:
    """A fully connected layer with batch normalisation, ReLU and dropout."""
    return [
        nn.Linear(inputs, outputs, bias=False),
        nn.BatchNorm1d(outputs),
        nn.ReLU(inplace=True),
        nn.Dropout(dropout),
    ]
