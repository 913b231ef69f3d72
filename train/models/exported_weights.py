"""Initialises a ``Plain`` network with the weights of an exported ``.tflite`` file. Needs PyTorch.

Checkpoints are large and not kept beside the program, but a shipped file holds all weights, so a run can continue from
it. Integers are scaled back to floats. An exported file has each batch norm as part of the convolution before it; its
mean and deviation are measured anew. What calibrated the outputs may be part of the last layers.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from realtime_fer.core.errors import ModelError
from train.data.labelled_faces import FERPLUS_CLASSES
from train.models.batch_norms import set_weights
from train.models.face_network import GREY_STD
from train.models.plain import Plain

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """A convolution (outputs, inputs, height, width) or dense layer (outputs, inputs), and its bias (outputs,).

    Attributes:
        reads, gives: numbers of the tensors that it reads and gives.
    """

    weight: Weights
    bias: Weights
    reads: int
    gives: int


def read_exported_networks(path: Path) -> list[list[Layer]]:
    """The layers of each network in a file, nearest the input first; weights shared with a mirrored face come once.

    Raises:
        ModelError: no such file, or not one that ``export`` writes.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror or error}.") from error
    if content[4:8] != b"TFL3":
        raise ModelError(f"{path}: is not a .tflite file.")
    try:
        layers = list(_layers(content))
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error
    except (struct.error, AttributeError, IndexError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: is damaged or incomplete.") from error
    networks: list[list[Layer]] = []
    for layer in layers:
        # Only what sees the face itself has a single channel.
        if layer.weight.ndim == 4 and layer.weight.shape[1] == 1:
            networks.append([])
            # The converter has taken the division by the standard deviation into these weights.
            layer = dataclasses.replace(layer, weight=layer.weight * np.float32(GREY_STD))
        if not networks:
            raise ModelError(f"{path}: is not a network that starts with a convolution of grey values.")
        networks[-1].append(layer)
    return networks


def _layers(content: bytes) -> Iterator[Layer]:
    from ai_edge_litert import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
    kinds = schema.BuiltinOperator
    seen = set()
    for graph in model.subgraphs:
        same: dict[int, int] = {}
        for operator in graph.operators:
            code = model.operatorCodes[operator.opcodeIndex]
            kind = max(code.builtinCode, code.deprecatedBuiltinCode)
            if kind in (kinds.QUANTIZE, kinds.DEQUANTIZE):
                same[operator.outputs[0]] = same.get(operator.inputs[0], operator.inputs[0])
            if kind not in (kinds.CONV_2D, kinds.DEPTHWISE_CONV_2D, kinds.FULLY_CONNECTED):
                continue
            weight, bias = (graph.tensors[number] for number in operator.inputs[1:3])
            if weight.buffer in seen:
                continue
            seen.add(weight.buffer)
            values = _values(content, model, weight)
            if kind == kinds.DEPTHWISE_CONV_2D:
                values = values.transpose(3, 0, 1, 2)
            elif kind == kinds.CONV_2D:
                values = values.transpose(0, 3, 1, 2)
            reads = same.get(operator.inputs[0], operator.inputs[0])
            yield Layer(np.ascontiguousarray(values), _values(content, model, bias), reads, operator.outputs[0])


def _values(content: bytes, model: Any, tensor: Any) -> Weights:
    """A constant's values; integers are scaled back."""
    from ai_edge_litert import schema_py_generated as schema

    kinds = {schema.TensorType.FLOAT32: "<f4", schema.TensorType.INT32: "<i4", schema.TensorType.INT8: "i1"}
    if tensor.type not in kinds:
        raise ModelError("has weights of a precision that cannot be read; only float32 and int8 can.")
    buffer = model.buffers[tensor.buffer]
    # Large constants lie behind the graph's description.
    constant = content[buffer.offset : buffer.offset + buffer.size] if buffer.data is None else bytes(buffer.data)
    stored = np.frombuffer(constant, kinds[tensor.type])
    if stored.size != np.prod(tensor.shape):
        raise ModelError("is damaged or incomplete: it lacks weights of a layer.")
    stored = stored.reshape(tensor.shape)
    steps = tensor.quantization
    if steps is None or steps.scale is None:
        return stored.astype(np.float32)
    along = [1] * stored.ndim
    along[steps.quantizedDimension] = -1
    scale = np.asarray(steps.scale, np.float32).reshape(along)
    zero = np.asarray(steps.zeroPoint, np.int64).reshape(along)
    return ((stored - zero) * scale).astype(np.float32)


@torch.no_grad()
def begin_from_exported(
    network: Plain,
    layers: Sequence[Layer],
    faces: npt.NDArray[np.uint8],
    of_file: tuple[str, ...],
    of_network: tuple[str, ...],
) -> list[str]:
    """Sets all weights but those of a head that the file lacks or has for other classes.

    Args:
        layers: one of ``read_exported_networks``.
        faces: uint8 (n, 48, 48), some hundreds, to measure batch norm on.
        of_file: classes of the card's output, in its order.
        of_network: classes of the head of the labels.

    Returns:
        What each head that is still untrained is of.

    Raises:
        ModelError: the layers are another network's.
    """
    trunk = list(network.trunk)
    pairs = [(part, trunk[number + 1]) for number, part in enumerate(trunk) if isinstance(part, nn.Conv2d)]
    convolutions, dense = layers[: len(pairs)], layers[len(pairs) :]
    fits = all(
        layer.weight.shape == tuple(convolution.weight.shape)
        for (convolution, _), layer in zip(pairs, convolutions, strict=False)
    )
    if not fits or len(layers) < len(pairs) or any(layer.weight.ndim != 2 for layer in dense):
        raise ModelError("The file's network has other layers than the recipe's; it may hold others (--network).")
    necks = [(hidden, last) for hidden in dense for last in dense if last.reads == hidden.gives]
    # The converter writes heads in any order, so the one that the card describes is known by its number of classes.
    described = [neck for neck in necks if len(neck[1].bias) == len(of_file)]
    votes = [neck for neck in necks if len(neck[1].bias) == len(FERPLUS_CLASSES)]
    others = votes if len(of_file) != len(FERPLUS_CLASSES) else []
    untrained = []
    for head, classes, of in (
        (network.head, of_network, "the labels"),
        (network.auxiliary_head, FERPLUS_CLASSES, "FER+'s votes"),
    ):
        found = described if classes == of_file else others if head is network.auxiliary_head else []
        if head is not None and len(found) == 1:
            for part, layer in zip((head[0], head[3]), found[0], strict=True):  # type: ignore[index]
                part.weight.copy_(torch.from_numpy(layer.weight))
                part.bias.copy_(torch.from_numpy(layer.bias))
        elif head is not None:
            untrained.append(of)
    trained = zip(pairs, convolutions, strict=True)
    weights = [(*pair, layer.weight, np.ones_like(layer.bias), layer.bias) for pair, layer in trained]
    set_weights(network, weights, faces)
    return untrained
