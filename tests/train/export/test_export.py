"""The exported network is the trained one: random weights, converted, compared on the same faces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("litert_torch")

from realtime_fer.core.cards.model_input import InputSpec  # noqa: E402
from realtime_fer.core.cards.model_spec import read_model_spec  # noqa: E402
from realtime_fer.vision.classifiers.tflite import TfliteClassifier  # noqa: E402
from tests.train.made_up import face, write_fer2013  # noqa: E402
from tests.train.made_up_folders import write_picture  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.class_scaling import ClassScaling  # noqa: E402
from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES  # noqa: E402
from train.export.convert import BothHeads, Calibration, Deployed, Precision, quantize, to_tflite  # noqa: E402
from train.export.ensemble import Mirrored, load_ensemble  # noqa: E402
from train.export.golden import golden_faces  # noqa: E402
from train.fit.network_facts import multiply_accumulates, parameters  # noqa: E402
from train.models import create_model  # noqa: E402
from train.predictors import TflitePredictor  # noqa: E402


def as_if_trained(faces: torch.Tensor) -> torch.nn.Module:
    """Random weights, every block at work, batch norms that know the faces, and outputs that differ by face."""
    torch.manual_seed(4)
    network = create_model("fer-s", 7, 8)
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
        expected = Deployed(network, Calibration(0.8)).eval()(torch.from_numpy(faces)).numpy()
    # The faces tell the outputs apart, or agreeing on them would mean nothing.
    assert len(set(expected.argmax(1))) >= 3
    assert expected.max() > 0.5
    content = to_tflite(network, Calibration(0.8))
    for batch in (1, 2, 4, 8):
        given = TflitePredictor(content, FER2013_CLASSES, InputSpec(), threads=1, batch=batch).predict(faces)
        np.testing.assert_allclose(given, expected, atol=1e-3, rtol=0)


def test_integers_have_room_for_faces_unlike_the_average_one() -> None:
    faces = golden_faces()[..., None].astype(np.float32)
    dark = faces * 0.3
    content = to_tflite(as_if_trained(torch.from_numpy(faces)), Calibration())

    def answers(model: bytes) -> np.ndarray:
        return TflitePredictor(model, FER2013_CLASSES, InputSpec(), threads=1, batch=1).predict(faces)

    # Most of the faces that ranges are measured on are dark; those asked about are as bright as only a few of them.
    seen = np.concatenate([dark, dark, dark, faces[:8]])
    difference = np.abs(answers(quantize(content, "int8", seen)) - answers(content))
    narrow = np.abs(answers(quantize(content, "int8", dark)) - answers(content))
    assert difference.mean() < 0.5 * narrow.mean()
    assert np.quantile(difference.max(1), 0.9) < 0.25
    few = np.abs(answers(quantize(content, "int8", seen, range_share=0.6)) - answers(content))
    assert few.mean() > 1.5 * difference.mean(), "a smaller share leaves the bright ones out"


@pytest.mark.parametrize("name", ["fer-xs", "fer-l", "plain-xs"])
def test_every_batch_is_answered_as_single_faces_are(name: str) -> None:
    torch.manual_seed(4)
    faces = golden_faces(8)[..., None].astype(np.float32)
    content = to_tflite(BothHeads(create_model(name, 7, 8).eval()).eval(), Calibration(), Calibration())
    for model in (content, quantize(content, "int8", faces)):
        single = TflitePredictor(model, FERPLUS_CLASSES, InputSpec(), threads=1, batch=1).predict(faces)
        for batch in (2, 8):
            given = TflitePredictor(model, FERPLUS_CLASSES, InputSpec(), threads=1, batch=batch).predict(faces)
            np.testing.assert_allclose(given, single, atol=1e-5, rtol=0)


def test_the_graph_is_one_stretch_for_the_fast_kernels() -> None:
    from ai_edge_litert.interpreter import Interpreter

    network = create_model("fer-s", 7).eval()
    interpreter = Interpreter(model_content=to_tflite(network, Calibration()))
    interpreter.allocate_tensors()
    names = [detail["op_name"] for detail in interpreter._get_ops_details()]
    assert not set(names) & {"AVERAGE_POOL_2D", "PAD", "CUSTOM"}
    # Those that make squares of the face's pixels, and none after.
    assert (names.count("TRANSPOSE"), names.count("RESHAPE")) == (1, 2)


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
    return to_tflite(create_model("cnn3", 8).eval(), Calibration())


def test_multiply_accumulates_of_convolutions_and_dense_layers() -> None:
    # 3x3 convolutions at 48, 24 and 12 pixels, 2304 -> 1024, 1024 -> 8.
    counted = 48 * 48 * 9 * 16 + 24 * 24 * 9 * 16 * 32 + 12 * 12 * 9 * 32 * 64 + 2304 * 1024 + 1024 * 8
    network = create_model("cnn3", 8, 8).eval()
    assert multiply_accumulates(network) == counted
    head = sum(p.numel() for p in network.auxiliary_head.parameters())
    assert parameters(network) == sum(p.numel() for p in network.parameters()) - head


def write_checkpoint(path: Path, classes: Sequence[str], **more: object) -> None:
    """Of a network with random weights."""
    torch.manual_seed(4)
    checkpoint = {
        "network": create_model("cnn3", len(classes)).state_dict(),
        "recipe": {"model": "cnn3", "seed": 7, "classes": list(classes)},
        "class_names": list(classes),
        "auxiliary_count": 0,
        "training_n": 36,
        "epoch": 1,
    }
    torch.save({**checkpoint, **more}, path)


def test_a_card_names_the_data_that_was_given(tmp_path: Path) -> None:
    sources = {"data_sources": [{"name": "holidays", "n": 8}], "validated_on": "holidays validation"}
    write_checkpoint(tmp_path / "best.pt", ["happy", "sad"], **sources)
    for split in ("train", "val"):
        for number in range(8):
            word = ("happy", "sad")[number % 2]
            write_picture(tmp_path / "holidays" / split / word / f"{number}.png", face(number % 2, number))
    words = ["--checkpoint", str(tmp_path / "best.pt"), "--data", str(tmp_path / "holidays")]
    words += ["--out", str(tmp_path / "w"), "--golden", str(tmp_path / "g"), "--precision", "float16"]
    assert main(["export", *words]) == 0
    spec = read_model_spec(tmp_path / "w" / "cnn3.json")
    assert [spec.split_title(split) for split in spec.metrics] == ["holidays validation"]
    figures = spec.metrics["validation"]
    assert (figures["n"], figures["usage"], figures["data"]) == (8, "validation", "holidays")
    assert spec.card["parity"]["on"] == "validation and the golden faces"
    assert spec.card["data"]["chosen_on"] == {"epoch": "holidays validation", "temperature": "holidays validation"}
    assert "holidays: not stated" in spec.licence
    assert "FER2013" not in spec.path.with_suffix(".json").read_text()
    assert "PublicTest" not in spec.path.with_suffix(".json").read_text()


def test_a_network_of_other_classes_is_replaced_by_force_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_checkpoint(tmp_path / "best.pt", ["happy", "sad"])
    shipped = Path(__file__).resolve().parents[3] / "weights"
    (tmp_path / "w").mkdir()
    for name in ("fer-s.json", "fer-s.tflite"):
        (tmp_path / "w" / name).write_bytes((shipped / name).read_bytes())
    before = {path.name: path.read_bytes() for path in (tmp_path / "w").iterdir()}
    data = str(write_fer2013(tmp_path / "fer2013"))
    words = ["export", "--checkpoint", str(tmp_path / "best.pt"), "--data", data, "--id", "fer-s"]
    words += ["--out", str(tmp_path / "w"), "--golden", str(tmp_path / "g")]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "is of a network of other classes (neutral, happy, surprise" in said
    assert "--force" in said
    assert {path.name: path.read_bytes() for path in (tmp_path / "w").iterdir()} == before
    (tmp_path / "w" / "fer-s.json").write_text("half")
    assert main(words) == 2
    assert "is not a usable card" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0
    assert read_model_spec(tmp_path / "w" / "fer-s.json").class_names == ("happy", "sad")
    # The same classes again, as when a shipped file is repeated.
    assert main(words) == 0


def test_two_heads_are_one_file_with_two_cards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = {"model": "cnn3", "seed": 7, "classes": []}
    torch.manual_seed(4)
    network = {"network": create_model("cnn3", 7, 8).state_dict(), "auxiliary_count": 8}
    write_checkpoint(tmp_path / "best.pt", FER2013_CLASSES, recipe=recipe, **network)
    data = write_fer2013(tmp_path / "fer2013")
    words = ["export", "--checkpoint", str(tmp_path / "best.pt"), "--data", str(data)]
    words += ["--out", str(tmp_path / "w"), "--golden", str(tmp_path / "g"), "--precision", "int8"]
    assert main([*words, "--head", "both", "--id", "one"]) == 2
    assert main([*words, "--head", "both", "--id", "one", "--labels-id", "one"]) == 2
    assert main([*words, "--id", "one", "--labels-id", "two"]) == 2
    with pytest.raises(SystemExit, match="2"):
        main([*words, "--range-share", "0.2"])
    capsys.readouterr()
    assert main([*words, "--head", "both", "--id", "one", "--labels-id", "two"]) == 0
    assert "its two cards" in capsys.readouterr().out
    assert read_model_spec(tmp_path / "w" / "one.json").card["range_share"] == 0.99
    specs = [read_model_spec(tmp_path / "w" / f"{name}.json") for name in ("one", "two")]
    assert [spec.class_names for spec in specs] == [FERPLUS_CLASSES, FER2013_CLASSES]
    assert [spec.path.name for spec in specs] == ["one.tflite", "one.tflite"]
    assert not (tmp_path / "w" / "two.tflite").exists()
    for spec in specs:
        golden = np.load(tmp_path / "g" / f"{spec.model_id}.npz")
        given = TfliteClassifier(spec).predict(golden["faces"][..., None].astype(np.float32))
        np.testing.assert_allclose(given, golden["probabilities"], atol=spec.card["parity"]["tolerance"], rtol=0)
        card = str(tmp_path / "w" / f"{spec.model_id}.json")
        assert main(["evaluate", "--weights", card, "--data", str(data), "--usage", "PublicTest"]) == 0


def test_networks_together_are_one_file_that_says_their_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = {"model": "cnn3", "seed": 7, "classes": []}
    paths = [tmp_path / f"{name}.pt" for name in ("one", "other", "third")]
    networks = []
    for seed, path in enumerate(paths):
        torch.manual_seed(seed)
        networks.append(create_model("cnn3", 7, 8).eval())
        more = {"network": networks[-1].state_dict(), "auxiliary_count": 8, "epoch": seed + 1}
        sources = {"data_sources": [{"name": ("FER2013", "muxspace", "FER2013")[seed], "n": 36}]}
        named = {**recipe, "name": path.stem, "seed": seed}
        more["teachers"] = ["third"] if seed == 1 else []
        write_checkpoint(path, FER2013_CLASSES, **{**more, **sources, "recipe": named})
    checkpoint = load_ensemble(paths[:2])
    faces = golden_faces()[..., None].astype(np.float32)
    with torch.inference_mode():
        grey = torch.from_numpy(faces).permute(0, 3, 1, 2)
        said = [network.forward_both(grey) for network in networks[:2]]
        labels, votes = ((said[0][head] + said[1][head]) / 2 for head in (0, 1))
        torch.testing.assert_close(checkpoint.network(grey), labels)
    other = {"recipe": "other", "seed": 1, "epoch": 2, "teachers": ["third"]}
    assert (checkpoint.beside, checkpoint.teachers) == ((other,), ())
    assert [entry["name"] for entry in checkpoint.sets()] == ["FER2013", "muxspace"]
    assert parameters(checkpoint.network) == 2 * parameters(networks[0])

    data = write_fer2013(tmp_path / "fer2013")
    words = ["export", "--data", str(data), "--out", str(tmp_path / "w"), "--golden", str(tmp_path / "g")]
    words += ["--checkpoint", str(paths[0]), "--beside", str(paths[1])]
    assert main([*words, "--head", "both", "--id", "eight", "--labels-id", "seven"]) == 0
    for name, logits in (("eight", votes), ("seven", labels)):
        spec = read_model_spec(tmp_path / "w" / f"{name}.json")
        expected = torch.softmax(logits / spec.card["temperature"], 1).numpy()
        np.testing.assert_allclose(TfliteClassifier(spec).predict(faces), expected, atol=1e-4, rtol=0)
        assert (spec.card["beside"], spec.card["teachers"]) == ([other], [])
    card = str(tmp_path / "w" / "eight.tflite")
    assert main(["card", "--weights", card, "--checkpoint", str(paths[0])]) == 2
    assert "averages several networks or looks" in capsys.readouterr().err

    write_checkpoint(tmp_path / "few.pt", ["happy", "sad"])
    assert main([*words, "--beside", str(tmp_path / "few.pt")]) == 2
    assert "other classes or labels than" in capsys.readouterr().err


def test_an_export_is_of_the_labels_and_classes_of_its_recipe(tmp_path: Path) -> None:
    classes = ["neutral", "happy", "sad", "surprise", "angry", "fear"]
    recipe = {"model": "cnn3", "seed": 7, "labels": "ferplus", "classes": classes}
    write_checkpoint(tmp_path / "best.pt", classes, recipe=recipe)
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


def test_a_mirrored_network_says_the_same_of_a_face_and_its_mirror_image() -> None:
    faces = np.random.default_rng(1).uniform(0, 255, (4, 48, 48, 1)).astype(np.float32)
    network = as_if_trained(torch.from_numpy(faces))
    mirror_image = np.ascontiguousarray(faces[:, :, ::-1])

    def answers(one: torch.nn.Module, inputs: np.ndarray) -> np.ndarray:
        content = to_tflite(one, Calibration())
        return TflitePredictor(content, FER2013_CLASSES, InputSpec(), threads=1, batch=4).predict(inputs)

    plain, mirrored = network, Mirrored(network).eval()
    assert np.abs(answers(plain, faces) - answers(plain, mirror_image)).max() > 0.01
    np.testing.assert_allclose(answers(mirrored, faces), answers(mirrored, mirror_image), atol=1e-5)
    with torch.inference_mode():
        grey = torch.from_numpy(faces).permute(0, 3, 1, 2)
        mean = (network(grey) + network(torch.flip(grey, (3,)))) / 2
    np.testing.assert_allclose(answers(mirrored, faces), torch.softmax(mean, 1).numpy(), atol=1e-4)
    labels, votes = Mirrored(BothHeads(create_model("cnn3", 7, 8).eval())).eval()(grey)[::-1]
    assert (labels.shape, votes.shape) == ((4, 7), (4, 8))


def test_integers_leave_the_mean_of_answers_its_decimals() -> None:
    from ai_edge_litert.interpreter import Interpreter

    faces = np.random.default_rng(1).uniform(0, 255, (4, 48, 48, 1)).astype(np.float32)
    mirrored = Mirrored(BothHeads(create_model("cnn3", 7, 8).eval())).eval()
    interpreter = Interpreter(model_content=quantize(to_tflite(mirrored, Calibration(), Calibration()), "int8", faces))
    interpreter.allocate_tensors()
    types = {tensor["index"]: tensor["dtype"] for tensor in interpreter.get_tensor_details()}
    operations = [op for op in interpreter._get_ops_details() if op["op_name"] != "DELEGATE"]
    added = [types[op["inputs"][0]] for op in operations if op["op_name"] == "ADD"]
    convolved = [types[op["inputs"][0]] for op in operations if "CONV_2D" in op["op_name"]]
    assert added == [np.float32] * 2
    assert set(convolved) == {np.int8}


@pytest.mark.parametrize("mirror", [False, True])
def test_a_scaling_of_the_classes_is_part_of_the_graph_and_keeps_its_decimals(mirror: bool) -> None:
    from ai_edge_litert.interpreter import Interpreter

    faces = golden_faces()[..., None].astype(np.float32)
    network = as_if_trained(torch.from_numpy(faces))
    grey = torch.from_numpy(faces).permute(0, 3, 1, 2)
    with torch.inference_mode():
        logits = network(grey) if not mirror else (network(grey) + network(torch.flip(grey, (3,)))) / 2
    scaling = ClassScaling((0.5, 1.5, 1.0, 0.8, 1.2, 1.0, 0.7), (0.3, -0.4, 0.0, 1.0, 0.0, -0.2, 0.1))
    calibration = Calibration(0.9, scaling)
    expected = torch.softmax((logits * torch.tensor(scaling.factors) + torch.tensor(scaling.offsets)) / 0.9, 1).numpy()
    np.testing.assert_allclose(calibration.probabilities(logits.numpy()), expected, atol=1e-6)
    assert np.abs(expected - torch.softmax(logits / 0.9, 1).numpy()).max() > 0.1
    content = to_tflite(Mirrored(network).eval() if mirror else network, calibration)
    given = TflitePredictor(content, FER2013_CLASSES, InputSpec(), threads=1, batch=4).predict(faces)
    np.testing.assert_allclose(given, expected, atol=1e-3, rtol=0)
    interpreter = Interpreter(model_content=quantize(content, "int8", faces[:8]))
    interpreter.allocate_tensors()
    types = {tensor["index"]: tensor["dtype"] for tensor in interpreter.get_tensor_details()}
    # The converter may have merged the scaling into the last layer.
    last = [op for op in interpreter._get_ops_details() if op["op_name"] in ("MUL", "ADD", "FULLY_CONNECTED")][-1]
    assert {types[index] for index in last["inputs"]} == {np.float32}
