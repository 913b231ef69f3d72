"""From a trained PyTorch network to the bytes of a ``.tflite`` file. Needs litert-torch and ai-edge-quantizer."""

from __future__ import annotations

import contextlib
import io
import tempfile
import warnings
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from train.cards.card import RANGE_SHARE
from train.export.deployable import deployable

#: ``dynamic`` has int8 weights, ``dynamic4`` besides int4 ones in its dense layers; both compute with activations
#: that are quantised as they come. ``int8`` has ranges of activations measured beforehand.
Precision = Literal["float32", "float16", "dynamic", "dynamic4", "int8"]

PRECISIONS: tuple[Precision, ...] = ("float32", "float16", "dynamic", "dynamic4", "int8")

#: The last layers' names in the converted graph: every network calls them ``head`` and ``auxiliary_head``, or ends a
#: neck of that name with them; and that of the mean of several answers.
HEAD = r".*(Linear_(auxiliary_)?head|Sequential_(auxiliary_)?head/[\w.]*Linear_3|MeanLogits_mean_logits).*"


class BothHeads(nn.Module):
    """(n, 1, H, W) -> the logits of FER+'s votes, and those of the labels."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        labels, votes = self.network.forward_both(grey)
        return votes, labels


class Deployed(nn.Module):
    """What is shipped: (n, H, W, 1) grey values 0 to 255 -> (n, C) probabilities, of each head where there are two.

    The network normalises its input itself; the temperature of :mod:`train.calibration` and the softmax are
    part of the graph too, so that whoever runs the file gets calibrated probabilities.
    """

    def __init__(self, network: nn.Module, *temperatures: float) -> None:
        super().__init__()
        self.network = network
        self.temperatures = temperatures

    def forward(self, faces: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        logits = self.network(faces.permute(0, 3, 1, 2))
        if isinstance(logits, torch.Tensor):
            return torch.softmax(logits / self.temperatures[0], 1)
        return tuple(torch.softmax(of / at, 1) for of, at in zip(logits, self.temperatures, strict=True))


def to_tflite(network: nn.Module, *temperatures: float, side: int = 48) -> bytes:
    """The network in float32, for any batch once LiteRT has resized its input; a temperature for each of its heads."""
    import litert_torch

    # The converter tells its progress on stdout, which belongs to the figures.
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(action="ignore", category=FutureWarning),
    ):
        path = Path(folder) / "network.tflite"
        example = (torch.full((1, side, side, 1), 128.0),)
        litert_torch.convert(Deployed(deployable(network), *temperatures).eval(), example).export(str(path))
        return for_any_batch(path.read_bytes())


def for_any_batch(content: bytes) -> bytes:
    """The file with -1 for the batch in every RESHAPE.

    The converter writes the batch it saw, 1, into the constant that says how features are flattened, and LiteRT
    then refuses every other batch.
    """
    import flatbuffers  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from ai_edge_litert import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
    for graph in model.subgraphs:
        for operator in graph.operators:
            code = model.operatorCodes[operator.opcodeIndex]
            if max(code.builtinCode, code.deprecatedBuiltinCode) != schema.BuiltinOperator.RESHAPE:
                continue
            constant = model.buffers[graph.tensors[operator.inputs[1]].buffer]
            if constant.data is None:
                continue
            shape = np.frombuffer(bytes(constant.data), np.int32).copy()
            if shape[0] == 1:
                shape[0] = -1
                constant.data = np.frombuffer(shape.tobytes(), np.uint8)
                if operator.builtinOptions is not None:
                    operator.builtinOptions.newShape = shape.tolist()
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _activation_ranges(of_faces: list[dict[str, Any]], share: float) -> dict[str, Any]:
    """One range per activation, from the least and greatest value of each on every single face.

    The quantizer's own way, a moving average over the faces, ends at the range of an average face: bright or contrasty
    faces are then cut off, and a few of their answers are far from the trained network's.
    """
    ranges: dict[str, Any] = {}
    for name, first in of_faces[0].items():
        ranges[name] = dict(first)
        for bound, quantile in (("min", 1 - share), ("max", share)):
            if bound in first:
                values = np.stack([of_face[name][bound] for of_face in of_faces])
                ranges[name][bound] = np.quantile(values, quantile, axis=0).astype(np.float32)
    return ranges


def quantize(
    float_model: bytes, precision: Precision, faces: npt.NDArray[np.float32], range_share: float = RANGE_SHARE
) -> bytes:
    """The float32 file with smaller weights; input and output stay float32.

    The last layer and the softmax stay float32 in every integer form: an int8 probability has steps of 1/256,
    which shows in bars and ruins the calibration.

    Args:
        faces: float32 (n, H, W, 1), to measure the range of each activation on; used for ``int8`` only.
        range_share: of these faces, whose activations lie wholly within the range; with 1 all do, in coarser steps.
    """
    if precision == "float32":
        return float_model
    from ai_edge_quantizer import qtyping, quantizer
    from ai_edge_quantizer.algorithm_manager import AlgorithmName

    operation = qtyping.TFLOperationName
    # The quantizer reads and writes files by name in some releases and bytes in others; files work in all.
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        source, target = Path(folder) / "float.tflite", Path(folder) / "small.tflite"
        source.write_bytes(float_model)
        work = quantizer.Quantizer(str(source))
        calibration = None
        if precision == "float16":
            work.add_weight_only_config(".*", operation.ALL_SUPPORTED, 16, algorithm_key=AlgorithmName.FLOAT_CASTING)
        elif precision in ("dynamic", "dynamic4"):
            work.add_dynamic_config(".*", operation.ALL_SUPPORTED, 8)
            if precision == "dynamic4":
                work.add_dynamic_config(".*", operation.FULLY_CONNECTED, 4)
        else:
            work.add_static_config(".*", operation.ALL_SUPPORTED, 8, 8)
        if precision != "float16":
            for kept in (operation.INPUT, operation.OUTPUT, operation.SOFTMAX):
                work.update_quantization_recipe(".*", kept, algorithm_key=AlgorithmName.NO_QUANTIZE)
            for kept in (operation.FULLY_CONNECTED, operation.ADD, operation.MUL):
                work.update_quantization_recipe(HEAD, kept, algorithm_key=AlgorithmName.NO_QUANTIZE)
        if precision == "int8":
            with contextlib.redirect_stderr(io.StringIO()):  # a progress bar for every face
                calibration = _activation_ranges(
                    [work.calibrate({"serving_default": [{"args_0": face[None]}]}, num_threads=1) for face in faces],
                    range_share,
                )
        work.quantize(calibration).export_model(str(target), overwrite=True)
        return target.read_bytes()
