"""Network L: begins from dlib's face recognition network: 5.6 M parameters, 48x48 grey faces.

Its convolutions are those of King's ``dlib_face_recognition_resnet_model_v1`` (https://github.com/davisking/dlib-models,
CC0 1.0), a narrower ResNet-34 (He et al. 2016, arXiv:1512.03385) that learned to tell people apart; what it knows of
faces is worth more epochs than two cores have. ``train.models.dlib_weights`` reads them.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from train.models.face_network import GREY_MEAN, GREY_STD, TwoHeads

#: Inputs and outputs of the residual blocks; the first of each width but the first halves the picture. The last halves
#: it too, at the same width.
BLOCKS = (
    *[(32, 32, False)] * 3,
    (32, 64, True), *[(64, 64, False)] * 3,
    (64, 128, True), *[(128, 128, False)] * 2,
    (128, 256, True), *[(256, 256, False)] * 2,
    (256, 256, True),
)  # fmt: skip


class DlibBlock(nn.Module):
    """Two 3x3 convolutions and a shortcut: the block of dlib's network, whose affine layers are batch norms here."""

    def __init__(self, inputs: int, outputs: int, halve: bool) -> None:
        super().__init__()
        self.halve = halve
        self.pool: nn.Module = nn.AvgPool2d(2)
        stride, padding = (2, 0) if halve else (1, 1)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut: nn.Module = nn.Identity()
        if inputs != outputs:
            # dlib adds zeros for the channels that the shortcut lacks; this begins as the same and can learn better.
            self.shortcut = nn.Conv2d(inputs, outputs, 1, bias=False)
            nn.init.dirac_(self.shortcut.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.halve and x.shape[2] % 2 == 0:
            # So that convolution and shortcut, both unpadded as dlib's, come out at one size.
            x = F.pad(x, (0, 1, 0, 1))
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.halve:
            x = self.pool(x)
        return F.relu(y + self.shortcut(x))


class FerL(TwoHeads):
    """(n, 1, 48, 48) grey values 0 to 255 -> logits (n, class_count).

    Args:
        class_count: outputs.
        auxiliary_count: outputs of a second head, used in training only (FER+ votes); 0 for none.
        side: the faces are enlarged to this; dlib's network learned from faces of about that size, in 150x150
            pictures with more room around them.
    """

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0, side: int = 96, dropout: float = 0.3) -> None:
        super().__init__()
        self.side = side
        self.stem = nn.Conv2d(1, BLOCKS[0][0], 7, stride=2, bias=False)
        self.stem_bn = nn.BatchNorm2d(BLOCKS[0][0])
        #: Stands in for normalisation, enlarging and stem in what is exported: ``train.export.deployable``.
        self.fast_stem: nn.Module | None = None
        self.blocks = nn.Sequential(*[DlibBlock(*block) for block in BLOCKS])
        self.dropout = nn.Dropout(dropout)
        width = BLOCKS[-1][1]
        self.head = nn.Linear(width, class_count)
        self.auxiliary_head = nn.Linear(width, auxiliary_count) if auxiliary_count else None

    def features(self, grey: torch.Tensor) -> torch.Tensor:
        """(n, 1, 48, 48) -> (n, width): the pooled features both heads read."""
        if self.fast_stem is not None:
            x = self.fast_stem(grey)
        else:
            x = (grey - GREY_MEAN) / GREY_STD
            x = F.interpolate(x, size=(self.side, self.side), mode="bilinear", align_corners=False)
            x = F.relu(self.stem_bn(self.stem(x)))
        x = self.blocks(F.max_pool2d(x, 3, stride=2))
        # Channels last, so that the exported graph pools its own layout and needs no transpose.
        return self.dropout(x.permute(0, 2, 3, 1).mean((1, 2)))
