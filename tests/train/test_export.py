"""The exported network is the trained one: random weights, converted, compared on the same faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("litert_torch")

from realtime_fer.core.model_spec import InputSpec, read_model_spec  # noqa: E402
from tests.train.made_up import write_fer2013  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.convert import Deployed, Precision, quantize, to_tflite  # noqa: E402
from train.datasets.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES  # noqa: E402
from train.golden import golden_faces  # noqa: E402
from train.models import build  # noqa: E402
from train.network_facts import multiply_accumulates, parameters  # noqa: E402
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


def test_integers_have_room_for_faces_unlike_the_average_one() -> None:
    faces = golden_faces()[..., None].astype(np.float32)
    dark = faces * 0.3
    content = to_tflite(as_if_trained(torch.from_numpy(faces)), 1.0)

    def answers(model: bytes) -> np.ndarray:
        return TflitePredictor(model, FER2013_CLASSES, InputSpec(), threads=1, batch=1).predict(faces)

    # Most of the faces that ranges are measured on are dark; those asked about are as bright as only a few of them.
    seen = np.concatenate([dark, dark, dark, faces[:8]])
    difference = np.abs(answers(quantize(content, "int8", seen)) - answers(content))
    narrow = np.abs(answers(quantize(content, "int8", dark)) - answers(content))
    assert difference.mean() < 0.5 * narrow.mean()
    assert np.quantile(difference.max(1), 0.9) < 0.25


def test_the_graph_needs_no_transpose() -> None:
    from ai_edge_litert.interpreter import Interpreter

    network = build("fer-s", 7).eval()
    interpreter = Interpreter(model_content=to_tflite(network, 1.0))
    interpreter.allocate_tensors()
    names = {detail["op_name"] for detail in interpreter._get_ops_details()}
    assert not names & {"TRANSPOSE", "RESHAPE", "PAD", "CUSTOM"}


@pytest.mark.parametrize("precision", ["float32", "float16", "dynamic", "dynamic4"])
def test_a_dense_network_takes_every_batch_in_every_precision(precision: Precision, dense: bytes) -> None:
    faces = golden_faces(8)[..., None].astype(np.float32)
    content = quantize(dense, precision, faces[:0])
    share = {"float32": 1.0, "float16": 0.55, "dynamic": 0.3, "dynamic4": 0.17}[precision]
    assert len(content) <= share * len(dense)
    single = TflitePredictor(content, FERPLUS_CLASSES, InputSpec(), threads=1, batch=1).predict(faces)
    np.testing.assert_allclose(single.sum(1), 1, atol=1e-5)
    for batch in (2, 4, 8):
        given = TflitePredictor(content, FERPLUS_CLASSES, InputSpec(), threads=1, batch=batch).predict(faces)
        np.testing.assert_allclose(given, single, atol=1e-5, rtol=0)


@pytest.fixture(scope="module")
def dense() -> bytes:
    """A network with a large dense layer, converted."""
    torch.manual_seed(4)
    return to_tflite(build("cnn3", 8).eval(), 1.0)


def test_multiply_accumulates_of_convolutions_and_dense_layers() -> None:
    # 3x3 convolutions at 48, 24 and 12 pixels, 2304 -> 1024, 1024 -> 8.
    counted = 48 * 48 * 9 * 16 + 24 * 24 * 9 * 16 * 32 + 12 * 12 * 9 * 32 * 64 + 2304 * 1024 + 1024 * 8
    network = build("cnn3", 8, 8).eval()
    assert multiply_accumulates(network) == counted
    head = sum(p.numel() for p in network.auxiliary_head.parameters())
    assert parameters(network) == sum(p.numel() for p in network.parameters()) - head


def test_an_export_is_of_the_labels_and_classes_of_its_recipe(tmp_path: Path) -> None:
    torch.manual_seed(4)
    classes = ["neutral", "happy", "sad", "surprise", "angry", "fear"]
    checkpoint = {
        "network": build("cnn3", 6).state_dict(),
        "recipe": {"model": "cnn3", "seed": 7, "labels": "ferplus", "classes": classes},
        "class_names": classes,
        "auxiliary_count": 0,
        "training_n": 36,
        "epoch": 1,
    }
    torch.save(checkpoint, tmp_path / "best.pt")
    words = ["--checkpoint", str(tmp_path / "best.pt"), "--data", str(write_fer2013(tmp_path / "fer2013"))]
    words += ["--out", str(tmp_path / "w"), "--golden", str(tmp_path / "g"), "--precision", "dynamic"]
    assert main(["export", *words]) == 0
    card = read_model_spec(tmp_path / "w" / "cnn3.json").card
    assert card["name"] == "CNN 3"
    assert list(card["metrics"]) == ["PublicTest by FER+ majority", "PublicTest"]
    assert [(split["n"], split["left_out"]) for split in card["metrics"].values()] == [(12, 2), (12, 2)]
    assert "FER+" in card["data"]["source"]
    assert card["parity"]["max_abs_difference"] < card["parity"]["tolerance"] < 0.25
    golden = np.load(tmp_path / "g" / "cnn3.npz")
    assert golden["probabilities"].shape == (32, 6)
