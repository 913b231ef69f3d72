"""Plain networks: 3x3 convolutions, max-pooling and a mean, without shortcuts or gates.

Sources: Simonyan and Zisserman 2015 (arXiv:1409.1556); batch normalisation, Ioffe and Szegedy 2015 (arXiv:1502.03167).
Small VGGs are the best single networks of their size on FER2013 (Pramerdorfer and Kampel 2016, arXiv:1612.02903), and
dense convolutions of 64 channels and more are what both CPUs and LiteRT run fastest.
"""

from __future__ import annotations

import torch
from torch import nn

from train.models.face_network import GREY_MEAN, GREY_STD, TwoHeads, convolution


def neck(inputs: int, hidden: int, outputs: int, dropout: float) -> nn.Sequential:
    """A head with a hidden layer, since FER2013's label is FER+'s majority for only two thirds of the faces."""
    return nn.Sequential(
        nn.Linear(inputs, hidden), nn.ReLU(inplace=True), nn.Dropout(dropout), nn.Linear(hidden, outputs)
    )


class Plain(TwoHeads):
    """(n, 1, 48, 48) grey values 0 to 255 -> logits (n, class_count).

    Args:
        class_count: outputs.
        auxiliary_count: outputs of a second head, used in training only (FER+ votes); 0 for none.
        stages: output channels of each stage's convolutions; 2x2 max-pooling lies between stages.
        neck_width: of each head's hidden layer.
        dropout: of the pooled features and within the necks.
    """

    def __init__(
        self,
        class_count: int = 7,
        auxiliary_count: int = 0,
        stages: tuple[tuple[int, ...], ...] = ((32,), (64, 64, 64), (128, 128, 128), (256, 256)),
        neck_width: int = 128,
        dropout: float = 0.3,
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width = 1
        for number, stage in enumerate(stages):
            if number:
                layers.append(nn.MaxPool2d(2))
            for outputs in stage:
                layers += convolution(width, outputs, 3)
                width = outputs
        self.trunk = nn.Sequential(*layers)
        #: Replaces normalisation and the first convolution in the export: ``train.export.deployable``.
        self.fast_stem: nn.Module | None = None
        self.dropout = nn.Dropout(dropout)
        self.head = neck(width, neck_width, class_count, dropout)
        self.auxiliary_head = neck(width, neck_width, auxiliary_count, dropout) if auxiliary_count else None

    def features(self, grey: torch.Tensor) -> torch.Tensor:
        """(n, 1, 48, 48) -> (n, width): the pooled features both heads read."""
        x = self.fast_stem(grey) if self.fast_stem is not None else (grey - GREY_MEAN) / GREY_STD
        x = self.trunk(x)
        # Channels last, so that the exported graph pools its own layout and needs no transpose.
        return self.dropout(x.permute(0, 2, 3, 1).mean((1, 2)))


class PlainS(Plain):
    """1.4 M parameters, 139 M multiply-adds."""


class PlainXs(Plain):
    """0.34 M parameters, 65 M multiply-adds."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        stages = ((32,), (56, 56, 56), (72, 72, 72), (88, 88))
        super().__init__(class_count, auxiliary_count, stages, neck_width=64, dropout=0.1)


class PlainL(Plain):
    """4.9 M parameters."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        stages = ((64, 64), (128, 128), (256, 256), (512, 512))
        super().__init__(class_count, auxiliary_count, stages, neck_width=128, dropout=0.4)
