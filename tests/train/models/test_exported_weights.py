"""A network that begins from an exported file computes what the file does."""

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from realtime_fer.core.cards.model_spec import read_model_spec  # noqa: E402
from realtime_fer.core.errors import ModelError  # noqa: E402
from tests.train.made_up import write_fer2013  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.calibration import softmax  # noqa: E402
from train.export.golden import golden_faces  # noqa: E402
from train.fit.checkpoint import load_checkpoint  # noqa: E402
from train.models import create_model  # noqa: E402
from train.models.exported_weights import begin_from_exported, read_exported_networks  # noqa: E402
from train.predictors import TflitePredictor  # noqa: E402

WEIGHTS = Path(__file__).parents[3] / "weights"


def various_faces() -> np.ndarray:
    """uint8 (n, 48, 48): drawn faces as they are, upside down, as negatives, and half of each covered."""
    faces = golden_faces()
    covered = faces.copy()
    covered[:, 24:] = 128
    return np.concatenate([faces, faces[:, ::-1], 255 - faces, covered])


@pytest.mark.parametrize(("card", "head"), [("fer-xs-7.json", 0), ("fer-xs.json", 1)])
def test_begun_network_gives_what_the_shipped_file_gives(card: str, head: int) -> None:
    spec = read_model_spec(WEIGHTS / card)
    faces = various_faces()
    network = create_model("plain-xs", 7, 8)
    (layers,) = read_exported_networks(spec.path)
    begin_from_exported(network, layers, golden_faces())
    with torch.inference_mode():
        both = network.eval().forward_both(torch.from_numpy(faces).float().unsqueeze(1))
    # The file's calibration is part of its last layers.
    given = softmax(both[head].numpy())
    expected = TflitePredictor.of_card(spec, 1).predict(faces[..., None].astype(np.float32))
    assert len(set(expected.argmax(1))) >= 3
    # The file's activations are integers.
    assert np.abs(given - expected).max() < 0.15
    assert np.abs(given - expected).mean() < 0.01


def test_a_head_of_other_classes_stays_as_it_is() -> None:
    (layers,) = read_exported_networks(WEIGHTS / "fer-xs.tflite")
    for classes, with_labels in ((6, True), (7, False)):
        network = create_model("plain-xs", classes, 8)
        before = network.head[3].weight.clone()
        votes = network.auxiliary_head[3].weight.clone()
        begin_from_exported(network, layers, golden_faces(), with_labels)
        assert torch.equal(network.head[3].weight, before)
        assert not torch.equal(network.auxiliary_head[3].weight, votes)


def test_ensemble_has_its_networks_in_order() -> None:
    large, *small = read_exported_networks(WEIGHTS / "fer-l.tflite")
    assert [layer.weight.shape[0] for layer in large[:3]] == [64, 64, 128]
    assert len(small) == 2
    for layers in small:
        assert [layer.weight.shape for layer in layers[-4:]] == [(128, 256), (7, 128), (128, 256), (8, 128)]
    assert not np.array_equal(small[0][0].weight, small[1][0].weight)


def test_another_network_is_refused() -> None:
    (layers,) = read_exported_networks(WEIGHTS / "fer-xs.tflite")
    with pytest.raises(ModelError, match="other layers"):
        begin_from_exported(create_model("plain-s", 7, 8), layers, golden_faces())


@pytest.mark.parametrize("content", [b"", b"no network at all", None])
def test_what_is_no_network_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "network.tflite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"network\.tflite"):
        read_exported_networks(path)


def test_run_goes_on_from_a_shipped_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_fer2013(tmp_path / "fer2013", training=32, public_test=16)
    recipe = tmp_path / "plain-xs.toml"
    recipe.write_text('model = "plain-xs"\nauxiliary_weight = 0.5\nepochs = 1\nbatch = 16\nlearning_rate = 0.001\n')
    start = tmp_path / "start.pt"
    card = WEIGHTS / "fer-xs-7.json"
    words = ["begin", "--recipe", str(recipe), "--data", str(data), "--exported", str(card), "--out", str(start)]
    assert main(words) == 0
    assert "network 1 of 1" in capsys.readouterr().out
    learned = {entry["name"] for entry in load_checkpoint(start).sets()}
    assert learned >= {entry["name"] for entry in json.loads(card.read_text())["data"]["sets"]}
    words = ["fit", "--recipe", str(recipe), "--data", str(data), "--start-from", str(start)]
    assert main([*words, "--run", str(tmp_path / "run"), "--device", "cpu"]) == 0


def test_says_which_number_and_which_network_it_cannot_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_fer2013(tmp_path / "fer2013", training=32, public_test=16)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('model = "plain-xs"\n')
    words = ["begin", "--recipe", str(recipe), "--data", str(data), "--exported", str(WEIGHTS / "fer-xs-7.json")]
    words += ["--out", str(tmp_path / "start.pt")]
    assert main([*words, "--network", "2"]) == 2
    assert "holds 1 network" in capsys.readouterr().err
    recipe.write_text('model = "fer-s"\n')
    assert main(words) == 2
    assert "'fer-s' cannot start from an exported file" in capsys.readouterr().err
    assert not (tmp_path / "start.pt").exists()
