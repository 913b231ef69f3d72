"""The deep network of Alizadeh and Fazel 2017 (arXiv:1704.06756): four convolutions and two dense layers."""

from __future__ import annotations

from torch import nn

from train.models.face_network import ChannelsLastFlatten, FaceNetwork, convolution, dense


class Deep(FaceNetwork):
    """conv 64 3x3, 128 5x5, 512 3x3, 512 3x3, each with batch norm, 2x2 max-pool and dropout; dense 256 and 512."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        layers: list[nn.Module] = []
        for inputs, outputs, kernel in ((1, 64, 3), (64, 128, 5), (128, 512, 3), (512, 512, 3)):
            layers += [*convolution(inputs, outputs, kernel), nn.MaxPool2d(2), nn.Dropout(0.1)]
        trunk = nn.Sequential(
            *layers,
            ChannelsLastFlatten(),
            *dense(512 * 3 * 3, 256, 0.25),
            *dense(256, 512, 0.25),
        )
        super().__init__(trunk, 512, class_count, auxiliary_count)
