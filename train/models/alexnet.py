"""AlexNet (Krizhevsky et al. 2012) fitted to 48x48 faces: five convolutions, three max-pools, two dense layers."""

from __future__ import annotations

from torch import nn

from train.models.face_network import ChannelsLastFlatten, FaceNetwork, convolution, dense


class AlexNet(FaceNetwork):
    """64-192-384-256-256 channels, 3x3 with batch norm in place of local response normalisation.

    The first convolution has stride 2, as the original's had stride 4 on 224 pixels; its two dense layers of 4096
    have 1024 here, since the features are 3x3 and not 6x6.
    """

    def __init__(self, class_count: int = 6, auxiliary_count: int = 0) -> None:
        trunk = nn.Sequential(
            *convolution(1, 64, 5, stride=2),
            nn.MaxPool2d(2),
            *convolution(64, 192, 3),
            nn.MaxPool2d(2),
            *convolution(192, 384, 3),
            *convolution(384, 256, 3),
            *convolution(256, 256, 3),
            nn.MaxPool2d(2),
            ChannelsLastFlatten(),
            *dense(256 * 3 * 3, 1024, 0.4),
            *dense(1024, 1024, 0.4),
        )
        super().__init__(trunk, 1024, class_count, auxiliary_count)
