"""Converts a PyTorch network to a ``.tflite`` file and quantizes it. Needs litert-torch and ai-edge-quantizer."""

from __future__ import annotations

import contextlib
import io
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from train.calibration import softmax
from train.cards.card import RANGE_SHARE
from train.class_scaling import ClassScaling
from train.export.deployable import deployable

#: ``dynamic`` has int8 weights, ``dynamic4`` also int4 weights in dense layers; both quantize activations at run time.
#: ``int8`` has activation ranges that are measured beforehand.
Precision = Literal["float32", "float16", "dynamic", "dynamic4", "int8"]

PRECISIONS: tuple[Precision, ...] = ("float32", "float16", "dynamic", "dynamic4", "int8")

#: Names of the last layers in the converted graph: ``head`` and ``auxiliary_head``, the last layer of a neck of that
#: name, the mean of an ensemble, and the scaling of each class.
HEAD = (
    r".*(Linear_(auxiliary_)?head|Sequential_(auxiliary_)?head/[\w.]*Linear_3|MeanLogits_mean_logits"
    r"|CalibratedSoftmax_\d).*"
)


@dataclass(frozen=True)
class Calibration:
    """What a head's logits go through before the softmax: a scaling of each class, then one temperature."""

    temperature: float = 1.0
    scaling: ClassScaling | None = None

    def probabilities(self, logits: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """(n, C) -> (n, C), rows summing to 1."""
        return softmax((self.scaling.apply(logits) if self.scaling else logits) / self.temperature)


class BothHeads(nn.Module):
    """(n, 1, H, W) -> logits of FER+'s votes (n, 8), and of the labels (n, C)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        labels, votes = self.network.forward_both(grey)
        return votes, labels


class CalibratedSoftmax(nn.Module):
    """(n, C) logits -> (n, C) calibrated probabilities."""

    def __init__(self, calibration: Calibration) -> None:
        super().__init__()
        self.temperature = calibration.temperature
        scaling = calibration.scaling
        self.scaled = scaling is not None
        if scaling is not None:
            self.register_buffer("factors", torch.tensor(scaling.factors) / calibration.temperature)
            self.register_buffer("offsets", torch.tensor(scaling.offsets) / calibration.temperature)

    def forward(self, logits: torch.Tensor) -> torch.Tensor:
        return torch.softmax(logits * self.factors + self.offsets if self.scaled else logits / self.temperature, 1)


class Deployed(nn.Module):
    """The shipped graph: (n, H, W, 1) grey values 0 to 255 -> (n, C) probabilities, for each head where there are two.

    Normalisation, calibration and the softmax are part of the graph, so that the file gives calibrated probabilities.
    """

    def __init__(self, network: nn.Module, *calibrations: Calibration) -> None:
        super().__init__()
        self.network = network
        self.calibrated = nn.ModuleList(map(CalibratedSoftmax, calibrations))

    def forward(self, faces: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        logits = self.network(faces.permute(0, 3, 1, 2))
        if isinstance(logits, torch.Tensor):
            probabilities: torch.Tensor = self.calibrated[0](logits)
            return probabilities
        return tuple(softened(of) for of, softened in zip(logits, self.calibrated, strict=True))


def to_tflite(network: nn.Module, *calibrations: Calibration, side: int = 48) -> bytes:
    """The network as a float32 file for any batch size, with a calibration for each head."""
    import litert_torch

    # The converter prints its progress on stdout, which belongs to the figures.
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(action="ignore", category=FutureWarning),
    ):
        path = Path(folder) / "network.tflite"
        example = (torch.full((1, side, side, 1), 128.0),)
        litert_torch.convert(Deployed(deployable(network), *calibrations).eval(), example).export(str(path))
        return for_any_batch(path.read_bytes())


def for_any_batch(content: bytes) -> bytes:
    """The file with -1 as the batch size of every RESHAPE.

    The converter writes the batch size of its example, 1, into the shape that flattens features, and LiteRT then
    refuses every other one.
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


def _every_bound(seen: dict[str, Any], of_face: dict[str, Any]) -> dict[str, Any]:
    """Lists of an activation's bounds on each face; the first face's come alone."""
    lists = {bound: values if isinstance(values, list) else [values] for bound, values in seen.items()}
    return {bound: [*values, of_face[bound]] for bound, values in lists.items()}


def _activation_ranges(float_model: bytes, faces: npt.NDArray[np.float32], share: float) -> dict[str, Any]:
    """One range for each activation, from quantiles of its minimum and maximum on every face.

    The quantizer's default, a moving average, gives the range of an average face: bright or contrasty faces are
    clipped, and a few of their probabilities are far from the trained network's.
    """
    from ai_edge_quantizer import calibrator, recipe_manager

    # LiteRT's own measurement takes a tenth of the time of reading every activation, for the same ranges.
    mode = calibrator.CalibrationMode.CALIBRATION_PROFILER_BASED
    measured = calibrator.Calibrator(float_model, num_threads=1, mode=mode, qsv_update_func=_every_bound)
    with contextlib.redirect_stderr(io.StringIO()):  # a progress bar
        one_by_one = [{"args_0": face[None]} for face in faces]
        measured.calibrate({"serving_default": one_by_one}, recipe_manager.RecipeManager())
    quantiles = {"min": 1 - share, "max": share}
    return {
        name: {
            bound: np.quantile(np.stack(values), quantiles[bound], axis=0).astype(np.float32)
            for bound, values in bounds.items()
        }
        for name, bounds in measured.get_model_qsvs().items()
    }


def quantize(
    float_model: bytes, precision: Precision, faces: npt.NDArray[np.float32], range_share: float = RANGE_SHARE
) -> bytes:
    """Quantizes the float32 file; input and output stay float32.

    The last layer and the softmax stay float32 in every integer form: int8 probabilities have steps of 1/256, which is
    visible in bars and spoils the calibration.

    Args:
        faces: float32 (n, H, W, 1), to measure activation ranges on; for ``int8`` only.
        range_share: share of the faces whose activations lie wholly within the range; 1 holds all, in coarser steps.
    """
    if precision == "float32":
        return float_model
    from ai_edge_quantizer import qtyping, quantizer
    from ai_edge_quantizer.algorithm_manager import AlgorithmName

    operation = qtyping.TFLOperationName
    # Some releases of the quantizer take file names and some take bytes; files work in all.
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
            calibration = _activation_ranges(float_model, faces, range_share)
        work.quantize(calibration).export_model(str(target), overwrite=True)
        return target.read_bytes()
