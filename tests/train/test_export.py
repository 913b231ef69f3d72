"""The exported network is the trained one: random weights, converted, compared on the same faces."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("litert_torch")

from realtime_fer.core.model_spec import InputSpec  # noqa: E402
from train.convert import Deployed, to_tflite  # noqa: E402
from train.datasets.labelled_faces import FER2013_CLASSES  # noqa: E402
from train.golden import golden_faces  # noqa: E402
from train.models import build  # noqa: E402
from train.predictors import TflitePredictor  # noqa: E402


def as_if_trained(faces: torch.Tensor) -> torch.nn.Module:
    """Random weights, every block at work, batch norms that know the faces, and outputs that differ by face."""
    torch.manual_seed(4)
    network = build("fer-s", 7, 8)
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.2)
                module.momentum = 1.0
        network.train()(faces.permute(0, 3, 1, 2))
        features = network.eval().features(faces.permute(0, 3, 1, 2))
        network.head.weight.normal_(0, 0.3).div_(features.std(0))
        network.head.bias.copy_(-network.head.weight @ features.mean(0))
    return network


def test_trained_and_exported_network_agree_within_a_thousandth() -> None:
    faces = golden_faces()[..., None].astype(np.float32)
    network = as_if_trained(torch.from_numpy(faces))
    with torch.inference_mode():
        expected = Deployed(network, 0.8).eval()(torch.from_numpy(faces)).numpy()
    # The faces tell the outputs apart, or agreeing on them would mean nothing.
    assert len(set(expected.argmax(1))) >= 3
    assert expected.max() > 0.5
    content = to_tflite(network, 0.8)
    for batch in (1, 2, 4, 8):
        given = TflitePredictor(content, FER2013_CLASSES, InputSpec(), threads=1, batch=batch).predict(faces)
        np.testing.assert_allclose(given, expected, atol=1e-3, rtol=0)


def test_the_graph_needs_no_transpose() -> None:
    from ai_edge_litert.interpreter import Interpreter

    network = build("fer-s", 7).eval()
    interpreter = Interpreter(model_content=to_tflite(network, 1.0))
    interpreter.allocate_tensors()
    names = {detail["op_name"] for detail in interpreter._get_ops_details()}
    assert not names & {"TRANSPOSE", "RESHAPE", "PAD", "CUSTOM"}
