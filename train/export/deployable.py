"""Rewrites a trained network so that LiteRT runs it faster, with the same results. Needs PyTorch.

LiteRT hands whole stretches of a graph to XNNPACK's fast kernels. These lack average pooling of integers, so each such
layer ends a stretch and takes a slow path. A convolution of one channel leaves most of a vector register idle.
"""

from __future__ import annotations

import copy

import torch
from torch import nn
from torch.nn import functional as F

from train.models.face_network import GREY_MEAN, GREY_STD
from train.models.fer_l import FerL
from train.models.fer_s import FerS

#: Side of every network's input, pixels.
FACE_SIDE = 48


def deployable(network: nn.Module) -> nn.Module:
    """A copy of the network in evaluation mode, with the layers that LiteRT runs fastest.

    Its results differ from the network's only by the order of floating-point sums.
    """
    rewritten = copy.deepcopy(network).eval()
    for module in list(rewritten.modules()):
        if isinstance(module, FerS):
            module.fast_stem = StemOfSquares(module.stem, module.stem_bn)
        elif isinstance(module, FerL) and module.side == 2 * FACE_SIDE:
            module.fast_stem = StemOfShifts(module.stem, module.stem_bn)
        for name, child in list(module.named_children()):
            if isinstance(child, nn.AvgPool2d) and _halves(child):
                setattr(module, name, PoolByConvolution())
    return rewritten


def _halves(pool: nn.AvgPool2d) -> bool:
    return (pool.kernel_size, pool.stride, pool.padding, pool.ceil_mode) == (2, 2, 0, False)


class PoolByConvolution(nn.Module):
    """(n, c, h, w) -> (n, c, h // 2, w // 2): 2x2 average pooling as a depthwise convolution."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        channels = x.shape[1]
        return F.conv2d(x, torch.full((channels, 1, 2, 2), 0.25), stride=2, groups=channels)


class StemOfSquares(nn.Module):
    """(n, 1, h, w) grey values 0 to 255 -> (n, c, h / 2, w / 2): normalisation, stem and its pooling.

    Every 2x2 square of pixels becomes one position with four channels ("space to depth", the inverse of Shi et al.
    2016, arXiv:1609.05158). One convolution computes the stem at the square's four pixels, and a 1x1 convolution takes
    their mean.

    Args:
        stem: 3x3, of one channel, without bias.
        norm: what follows it, before the ReLU.
    """

    def __init__(self, stem: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        kernel, bias = _with_norm(stem, norm)
        channels = len(kernel)
        weight, mean = torch.zeros(4 * channels, 4, 3, 3), torch.zeros(channels, 4 * channels, 1, 1)
        every = torch.arange(channels)
        for row in range(2):
            for column in range(2):
                said = (2 * row + column) * channels + every
                mean[every, said] = 0.25
                for down in range(3):
                    for right in range(3):
                        # The pixel that the kernel's value stands for, counted from the square's upper left one.
                        y, x = row + down - 1, column + right - 1
                        weight[said, 2 * (y % 2) + x % 2, 1 + y // 2, 1 + x // 2] = kernel[:, 0, down, right]
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias.repeat(4))
        self.register_buffer("mean", mean)

    weight: torch.Tensor
    bias: torch.Tensor
    mean: torch.Tensor

    def forward(self, grey: torch.Tensor) -> torch.Tensor:
        height, width = grey.shape[2] // 2, grey.shape[3] // 2
        # Channels last, the exported graph's own layout.
        squares = grey.permute(0, 2, 3, 1).reshape(-1, height, 2, width, 2).permute(0, 1, 3, 2, 4)
        places = squares.reshape(-1, height, width, 4).permute(0, 3, 1, 2)
        at_each = F.relu(F.conv2d((places - GREY_MEAN) / GREY_STD, self.weight, self.bias, padding=1))
        return F.conv2d(at_each, self.mean)


class StemOfShifts(nn.Module):
    """(n, 1, 48, 48) grey values 0 to 255 -> (n, c, 45, 45): normalisation, enlarging twice, and network L's stem.

    Each pixel of the enlarged picture is a mean of a few of the picture's own, so that what the stem sees of it, 7x7 at
    every second place, is a kernel of 5x5 at every place of the picture itself. The pixel and its four right neighbours
    become five channels first.

    Args:
        stem: 7x7, stride 2, of one channel, without bias or padding.
        norm: what follows it, before the ReLU.
    """

    def __init__(self, stem: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        kernel, bias = _with_norm(stem, norm)
        # Bilinear, corners not aligned: an enlarged pixel is three quarters of the one it lies in and a quarter of the
        # neighbour on its side. Counted from the pixel before the stem's first.
        of_picture = torch.zeros(7, 5)
        for place in range(0, 7, 2):
            of_picture[place, place // 2 : place // 2 + 2] = torch.tensor([0.25, 0.75])
        for place in range(1, 7, 2):
            of_picture[place, place // 2 + 1 : place // 2 + 3] = torch.tensor([0.75, 0.25])
        small = torch.einsum("oyx,yi,xj->oij", kernel[:, 0], of_picture, of_picture)
        self.register_buffer("weight", small.transpose(1, 2).unsqueeze(3).contiguous())
        self.register_buffer("bias", bias)
        # Enlarging repeats the picture's edge; its lower and right one the stem never reaches.
        with_edge = torch.cat([torch.eye(FACE_SIDE)[:1], torch.eye(FACE_SIDE)])
        places = FACE_SIDE - 3
        shifts = torch.stack([with_edge[place + right] for place in range(places) for right in range(5)])
        self.register_buffer("rows", with_edge[..., None, None])
        self.register_buffer("shifts", shifts[..., None, None])

    weight: torch.Tensor
    bias: torch.Tensor
    rows: torch.Tensor
    shifts: torch.Tensor

    def forward(self, grey: torch.Tensor) -> torch.Tensor:
        x = (grey - GREY_MEAN) / GREY_STD
        # The picture's rows as channels, then its columns: what copies them is a convolution of a single place. Slices
        # would do, but the converted graph then takes one face at a time.
        x = F.conv2d(x.permute(0, 2, 1, 3), self.rows)
        x = F.conv2d(x.permute(0, 3, 1, 2), self.shifts)
        x = x.permute(0, 2, 3, 1).reshape(-1, FACE_SIDE + 1, FACE_SIDE - 3, 5).permute(0, 3, 1, 2)
        return F.relu(F.conv2d(x, self.weight, self.bias))


def _with_norm(convolution: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight and bias of both as one convolution."""
    weight, bias = torch.nn.utils.fusion.fuse_conv_bn_weights(
        convolution.weight, None, norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
    )
    return weight.detach(), bias.detach()
