"""The smaller forms of a network keep its last layers in float32."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("litert_torch")
pytest.importorskip("ai_edge_quantizer")

from train.export.convert import BothHeads, Calibration, quantize, to_tflite  # noqa: E402
from train.models import create_model  # noqa: E402


@pytest.mark.parametrize("name", ["plain-s", "fer-xs"])
def test_the_last_layers_stay_in_float32(name: str) -> None:
    from ai_edge_litert.interpreter import Interpreter

    network = BothHeads(create_model(name, 7, 8)).eval()
    faces = np.random.default_rng(0).uniform(0, 255, (4, 48, 48, 1)).astype(np.float32)
    content = quantize(to_tflite(network, Calibration(), Calibration()), "int8", faces)
    interpreter = Interpreter(model_content=content)
    weights = [(tuple(detail["shape"]), detail["dtype"]) for detail in interpreter.get_tensor_details()]
    heads = {shape[0]: dtype for shape, dtype in weights if len(shape) == 2 and shape[0] in (7, 8)}
    assert heads == {7: np.float32, 8: np.float32}
    assert np.int8 in [dtype for shape, dtype in weights if len(shape) == 4 and shape[1:3] == (3, 3)]
