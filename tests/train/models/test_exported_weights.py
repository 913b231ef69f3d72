"""A network that begins from an exported file computes what the file does."""

import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from realtime_fer.core.cards.model_spec import read_model_spec  # noqa: E402
from realtime_fer.core.errors import ModelError  # noqa: E402
from tests.train.made_up import write_fer2013  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.calibration import softmax  # noqa: E402
from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES  # noqa: E402
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


@pytest.mark.parametrize(
    ("card", "head", "untrained"),
    [("fer-xs-7.json", 0, []), ("fer-xs-7.json", 1, []), ("fer-xs.json", 1, ["the labels"])],
)
def test_begun_network_gives_what_the_shipped_file_gives(card: str, head: int, untrained: list[str]) -> None:
    spec = read_model_spec(WEIGHTS / card)
    faces = various_faces()
    network = create_model("plain-xs", 7, 8)
    (layers,) = read_exported_networks(spec.path)
    assert begin_from_exported(network, layers, golden_faces(), spec.class_names, FER2013_CLASSES) == untrained
    with torch.inference_mode():
        both = network.eval().forward_both(torch.from_numpy(faces).float().unsqueeze(1))
    # The file's calibration is part of its last layers.
    given = softmax(both[head].numpy())
    told = read_model_spec(WEIGHTS / ("fer-xs.json" if head else "fer-xs-7.json"))
    expected = TflitePredictor.of_card(told, 1).predict(faces[..., None].astype(np.float32))
    assert len(set(expected.argmax(1))) >= 3
    # The file's activations are integers.
    assert np.abs(given - expected).max() < 0.15
    assert np.abs(given - expected).mean() < 0.01


@pytest.mark.parametrize(
    ("of_file", "of_network", "votes", "untrained"),
    [
        (FER2013_CLASSES, FER2013_CLASSES[::-1], 8, ["the labels"]),
        (FER2013_CLASSES, FER2013_CLASSES[:6], 8, ["the labels"]),
        # One head of the file is not given to two.
        (tuple("abcdefgh"), tuple("abcdefgh"), 8, ["FER+'s votes"]),
        (FERPLUS_CLASSES, FERPLUS_CLASSES, 0, []),
    ],
)
def test_a_head_that_the_file_lacks_stays_as_it_is_and_is_named(
    of_file: tuple[str, ...], of_network: tuple[str, ...], votes: int, untrained: list[str]
) -> None:
    (layers,) = read_exported_networks(WEIGHTS / "fer-xs.tflite")
    network = create_model("plain-xs", len(of_network), votes)
    heads = {"the labels": network.head, "FER+'s votes": network.auxiliary_head}
    before = {of: head[3].weight.clone() for of, head in heads.items() if head is not None}
    assert begin_from_exported(network, layers, golden_faces(), of_file, of_network) == untrained
    assert [of for of, weight in before.items() if torch.equal(heads[of][3].weight, weight)] == untrained


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
        begin_from_exported(create_model("plain-s", 7, 8), layers, golden_faces(), FER2013_CLASSES, FER2013_CLASSES)


@pytest.mark.parametrize("content", [b"", b"no network at all", None])
def test_what_is_no_network_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "network.tflite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"network\.tflite"):
        read_exported_networks(path)


class DamageUnseen(Exception):
    """The file was read."""


def sentence_of(path: Path) -> str:
    try:
        read_exported_networks(path)
    except ModelError as error:
        return str(error)
    raise DamageUnseen


def test_a_damaged_file_is_refused_by_its_name(tmp_path: Path) -> None:
    whole = (WEIGHTS / "fer-xs.tflite").read_bytes()
    random = np.random.default_rng(1)
    path = tmp_path / "network.tflite"
    sentences = []
    for number in range(60):
        damaged = bytearray(whole)
        for at in random.integers(8, 4000 if number % 2 else len(whole), 40):
            damaged[at] = int(random.integers(0, 256))
        path.write_bytes(bytes(damaged[: int(random.integers(8, len(whole)))] if number % 3 else damaged))
        # Changed weights alone do not show.
        with suppress(DamageUnseen):
            sentences.append(sentence_of(path))
    assert len(sentences) > 30
    assert all(sentence.startswith(str(path)) for sentence in sentences)


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
    words[words.index("--exported") + 1] = str(WEIGHTS / "fer-xs.tflite")
    assert main(words) == 2
    assert "Give the card, fer-xs.json" in capsys.readouterr().err
    card, file = tmp_path / "fer-xs-7.json", tmp_path / "fer-xs.tflite"
    card.write_bytes((WEIGHTS / card.name).read_bytes())
    file.write_bytes((WEIGHTS / file.name).read_bytes()[:-1] + b"!")
    words[words.index("--exported") + 1] = str(card)
    assert main(words) == 2
    assert "damaged" in capsys.readouterr().err
    recipe.write_text('model = "fer-s"\n')
    assert main(words) == 2
    assert "'fer-s' cannot start from an exported file" in capsys.readouterr().err
    assert not (tmp_path / "start.pt").exists()
