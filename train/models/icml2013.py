"""A network after the 2013 challenge: three convolutions and a dense layer, as its winners used.

Sources: Goodfellow et al. 2013 (arXiv:1307.0414), Tang 2013 (arXiv:1306.0239). Theirs ended in a squared hinge
(L2-SVM); this one ends in logits as all others here, so that its probabilities can be shown.
"""

from __future__ import annotations

from torch import nn

from train.models.face_network import ChannelsLastFlatten, FaceNetwork, convolution, dense


class Icml2013(FaceNetwork):
    """conv 32 5x5, 64 5x5, 128 5x5, each with batch norm and a 3x3 max-pool of stride 2; dense 1024."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        layers: list[nn.Module] = []
        for inputs, outputs in ((1, 32), (32, 64), (64, 128)):
            layers += [*convolution(inputs, outputs, 5), nn.MaxPool2d(3, 2, padding=1)]
        trunk = nn.Sequential(*layers, ChannelsLastFlatten(), *dense(128 * 6 * 6, 1024, 0.4))
        super().__init__(trunk, 1024, class_count, auxiliary_count)
