"""A three-convolution network for eight classes: conv 16, 32, 64, each with a 2x2 max-pool; dense 1024."""

from __future__ import annotations

from torch import nn

from train.models.face_network import ChannelsLastFlatten, FaceNetwork, convolution, dense


class Cnn3(FaceNetwork):
    """3x3 convolutions of 16, 32 and 64 channels; dense 1024. Batch normalisation is our addition."""

    def __init__(self, class_count: int = 8, auxiliary_count: int = 0) -> None:
        layers: list[nn.Module] = []
        for inputs, outputs in ((1, 16), (16, 32), (32, 64)):
            layers += [*convolution(inputs, outputs, 3), nn.MaxPool2d(2)]
        trunk = nn.Sequential(*layers, ChannelsLastFlatten(), *dense(64 * 6 * 6, 1024, 0.4))
        super().__init__(trunk, 1024, class_count, auxiliary_count)
