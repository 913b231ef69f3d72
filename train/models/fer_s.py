"""Network S: a small squeeze-and-excitation residual network for 48x48 grey faces, 1.1 M parameters.

Sources: basic residual blocks, He et al. 2016 (arXiv:1512.03385); squeeze and excitation, Hu et al. 2018
(arXiv:1709.01507); average-pooled downsampling with a pooled shortcut ("ResNet-D"), He et al. 2019
(arXiv:1812.01187), which also keeps aliasing low.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from train.models.face_network import GREY_MEAN, GREY_STD, TwoHeads


class SqueezeExcite(nn.Module):
    """Scales every channel by a gate computed from all channels' means."""

    def __init__(self, channels: int, reduction: int = 8) -> None:
        super().__init__()
        hidden = max(8, channels // reduction)
        self.squeeze = nn.Conv2d(channels, hidden, 1)
        self.excite = nn.Conv2d(hidden, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        gate = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.excite(F.relu(self.squeeze(gate))))


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with squeeze-and-excitation and a shortcut; halves the picture first if asked to."""

    def __init__(self, inputs: int, outputs: int, halve: bool) -> None:
        super().__init__()
        self.pool: nn.Module = nn.AvgPool2d(2) if halve else nn.Identity()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.se = SqueezeExcite(outputs)
        self.shortcut: nn.Module = nn.Identity()
        if inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        # Each block starts as its shortcut alone (Goyal et al. 2017, arXiv:1706.02677).
        nn.init.zeros_(self.bn2.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool(x)
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.se(self.bn2(self.conv2(y)))
        return F.relu(y + self.shortcut(x))


class FerS(TwoHeads):
    """(n, 1, 48, 48) grey values 0 to 255 -> logits (n, class_count).

    Args:
        class_count: outputs.
        auxiliary_count: outputs of a second head, used in training only (FER+ votes); 0 for none.
        stem_width, stage_widths, blocks: the network's size; the defaults are network S.
    """

    def __init__(
        self,
        class_count: int = 7,
        auxiliary_count: int = 0,
        stem_width: int = 32,
        stage_widths: tuple[int, ...] = (40, 80, 160),
        blocks: int = 2,
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, stem_width, 3, padding=1, bias=False)
        self.stem_bn = nn.BatchNorm2d(stem_width)
        self.pool: nn.Module = nn.AvgPool2d(2)
        #: Stands in for normalisation, stem and pooling in what is exported: ``train.export.deployable``.
        self.fast_stem: nn.Module | None = None
        layers: list[nn.Module] = []
        width = stem_width
        for stage, stage_width in enumerate(stage_widths):
            for block in range(blocks):
                layers.append(BasicBlock(width, stage_width, halve=stage > 0 and block == 0))
                width = stage_width
        self.stages = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, class_count)
        self.auxiliary_head = nn.Linear(width, auxiliary_count) if auxiliary_count else None

    def features(self, grey: torch.Tensor) -> torch.Tensor:
        """(n, 1, 48, 48) -> (n, width): the pooled features both heads read."""
        if self.fast_stem is not None:
            x = self.fast_stem(grey)
        else:
            x = self.pool(F.relu(self.stem_bn(self.stem((grey - GREY_MEAN) / GREY_STD))))
        x = self.stages(x)
        # Channels last, so that the exported graph pools its own layout and needs no transpose.
        return self.dropout(x.permute(0, 2, 3, 1).mean((1, 2)))
