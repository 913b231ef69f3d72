"""The shallow network of Alizadeh and Fazel 2017 (arXiv:1704.06756): two convolutions and one dense layer."""

from __future__ import annotations

from torch import nn

from train.models.face_network import ChannelsLastFlatten, FaceNetwork, convolution, dense


class Shallow(FaceNetwork):
    """conv 32 3x3, conv 64 3x3, each with batch norm, 2x2 max-pool and dropout; dense 512."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        trunk = nn.Sequential(
            *convolution(1, 32, 3),
            nn.MaxPool2d(2),
            nn.Dropout(0.1),
            *convolution(32, 64, 3),
            nn.MaxPool2d(2),
            nn.Dropout(0.1),
            ChannelsLastFlatten(),
            *dense(64 * 12 * 12, 512, 0.3),
        )
        super().__init__(trunk, 512, class_count, auxiliary_count)
