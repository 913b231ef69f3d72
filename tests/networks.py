"""Tiny TFLite networks, written as flatbuffers by hand: one layer between an input and an output of choice."""

from __future__ import annotations

from typing import Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

KINDS = {"float32": schema.TensorType.FLOAT32, "int8": schema.TensorType.INT8, "uint8": schema.TensorType.UINT8}

#: Of values 0 to 1, as converters write it: (scale, zero point).
STEPS_OF_0_TO_1 = {"int8": (1 / 255, -128), "uint8": (1 / 255, 0)}


def tiny_network(
    weights: np.ndarray,
    bias: list[float],
    *,
    activation: str = "softmax",
    kind: str = "float32",
    steps: tuple[float, int] | None = None,
    batch: int = 1,
    fixed: bool = False,
) -> bytes:
    """A network that answers ``activation(weights x face + bias)``.

    Args:
        weights: (classes, side, side, channels).
        activation: "softmax", "sigmoid" or "" for logits.
        kind: of the input; with ``steps`` it is quantised, and without the numbers are the values.
        batch: faces that the file names.
        fixed: whether it takes that number of faces and no other.
    """
    classes, *face = weights.shape
    flat = int(np.prod(face))
    model, graph = schema.ModelT(), schema.SubGraphT()
    model.version, model.buffers, model.operatorCodes = 3, [schema.BufferT()], []
    graph.tensors, graph.operators = [], []

    def tensor(shape: list[int], content: np.ndarray | None = None, kind: int = KINDS["float32"]) -> int:
        made = schema.TensorT()
        made.name, made.shape, made.type, made.buffer = f"t{len(graph.tensors)}", shape, kind, 0
        if content is not None:
            made.buffer = len(model.buffers)
            model.buffers.append(schema.BufferT())
            model.buffers[-1].data = np.frombuffer(content.tobytes(), np.uint8)
        graph.tensors.append(made)
        return len(graph.tensors) - 1

    def operator(name: str, inputs: list[int], output: int, options: Any = None) -> int:
        code = schema.OperatorCodeT()
        code.builtinCode = code.deprecatedBuiltinCode = getattr(schema.BuiltinOperator, name)
        code.version = 2 if name == "DEQUANTIZE" else 1
        made = schema.OperatorT()
        made.opcodeIndex, made.inputs, made.outputs = len(model.operatorCodes), inputs, [output]
        if options is not None:
            made.builtinOptions = options
            made.builtinOptionsType = getattr(schema.BuiltinOptions, type(options).__name__.removesuffix("T"))
        model.operatorCodes.append(code)
        graph.operators.append(made)
        return output

    last = tensor([batch, *face], kind=KINDS[kind])
    graph.inputs = [last]
    if steps is not None:
        quantisation = schema.QuantizationParametersT()
        quantisation.scale, quantisation.zeroPoint = np.array([steps[0]], np.float32), np.array([steps[1]], np.int64)
        graph.tensors[last].quantization = quantisation
        last = operator("DEQUANTIZE", [last], tensor([batch, *face]), schema.DequantizeOptionsT())
    elif kind != "float32":
        casting = schema.CastOptionsT()
        casting.inDataType, casting.outDataType = KINDS[kind], KINDS["float32"]
        last = operator("CAST", [last], tensor([batch, *face]), casting)
    if fixed:
        shape = np.array([batch, flat], np.int32)
        given = tensor([2], shape, schema.TensorType.INT32)
        last = operator("RESHAPE", [last, given], tensor([batch, flat]), schema.ReshapeOptionsT())
        graph.operators[-1].builtinOptions.newShape = shape
    layer = [tensor([classes, flat], weights.astype(np.float32)), tensor([classes], np.array(bias, np.float32))]
    options = schema.FullyConnectedOptionsT()
    last = operator("FULLY_CONNECTED", [last, *layer], tensor([batch, classes]), options)
    if activation == "softmax":
        softmax = schema.SoftmaxOptionsT()
        softmax.beta = 1.0
        last = operator("SOFTMAX", [last], tensor([batch, classes]), softmax)
    elif activation == "sigmoid":
        last = operator("LOGISTIC", [last], tensor([batch, classes]))
    graph.outputs = [last]
    model.subgraphs = [graph]
    builder = flatbuffers.Builder(4096)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def brightness(side: int = 48, channels: int = 1, most: float = 1.0) -> np.ndarray:
    """Weights (3, side, side, channels) of a network that was trained on values of 0 to ``most``.

    With the biases ``BRIGHTNESS_BIAS`` it tells bright faces from dark ones and upper light from lower.
    """
    rows = np.linspace(-1, 1, side)[:, None, None] * np.ones((side, side, channels))
    mean = 1 / (side * side * channels * most)
    return np.stack([np.zeros_like(rows), 12 * mean * np.ones_like(rows), 30 * mean * rows])


BRIGHTNESS_BIAS = [0.0, -5.0, 0.0]
