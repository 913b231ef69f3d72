"""``evaluate`` with the shipped network on a made-up zip, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.model_spec import ModelSpec, read_model_spec
from tests.train.made_up import VOTES_HEADER, encoded, face, write_csv, write_fer2013, write_zip
from train.__main__ import main
from train.predictors import TflitePredictor, open_predictor


@pytest.fixture(scope="module")
def weights(checkout: Path) -> Path:
    path = checkout / "weights" / "fer-s.tflite"
    if not path.is_file():
        pytest.skip("weights/fer-s.tflite is not here")
    return path


@pytest.fixture(scope="module")
def spec(weights: Path) -> ModelSpec:
    return read_model_spec(weights.with_suffix(".json"))


def run(weights: Path, images: Path, labels: Path, *more: str) -> list[str]:
    return ["evaluate", "--weights", str(weights), "--images", str(images), "--labels", str(labels), *more]


def test_json_has_the_promised_keys(weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_fer2013(tmp_path)
    words = run(weights, folder / "public_test.zip", folder / "labels.csv", "--usage", "PublicTest", "--json")
    assert main(words) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["n"] == 14
    assert figures["left_out"] == 0
    assert set(figures) >= {"accuracy", "macro_f1", "ece"}
    assert set(figures["recall"]) == {"angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"}
    assert set(figures["support"].values()) == {2}
    hits = sum(figures["recall"][name] * figures["support"][name] for name in figures["recall"])
    assert figures["accuracy"] == pytest.approx(hits / 14)


def test_every_size_format_and_word_is_taken_and_lacking_classes_are_counted(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = write_csv(
        tmp_path / "labels.csv",
        "image,split,emotion",
        "a.jpg,train,HAPPINESS",
        "b.png,train,anger",
        "c.webp,train,contempt",
    )
    contents = {
        "a.jpg": encoded(face(3, 1, side=350), ".jpg"),
        "b.png": encoded(np.dstack([face(0, 2, side=30)] * 3)),
        "c.webp": encoded(face(0, 3), ".webp"),
    }
    assert main(run(weights, write_zip(tmp_path / "t.zip", contents), labels, "--usage", "train", "--json")) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["n"], figures["left_out"]) == (2, 1)
    assert figures["support"]["happy"] == figures["support"]["angry"] == 1


def test_ferplus_takes_the_majority_and_leaves_contempt_out(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = write_csv(
        tmp_path / "labels.csv",
        f"image,usage,emotion,{VOTES_HEADER}",
        "a,PublicTest,sad,0,9,0,0,1,0,0,0,0,0,1",  # happy by the votes
        "b,PublicTest,sad,1,0,0,0,0,0,0,9,0,0,1",  # contempt
        "c,PublicTest,sad,5,5,0,0,0,0,0,0,0,0,1",  # no majority
    )
    images = write_zip(tmp_path / "t.zip", {f"{name}.png": encoded(face(3, 1)) for name in "abc"})
    words = run(weights, images, labels, "--usage", "publictest", "--labels-as", "ferplus")
    assert main([*words, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["n"], figures["left_out"], figures["support"]["happy"]) == (1, 1, 1)
    assert main(words) == 0
    assert "N 1 (1 of a class the network lacks left out)" in capsys.readouterr().out


def test_bad_input_is_one_sentence_and_exit_2(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_fer2013(tmp_path / "data")
    images, labels = folder / "public_test.zip", folder / "labels.csv"
    lonely = tmp_path / "lonely.tflite"
    lonely.write_bytes(weights.read_bytes())
    changed = tmp_path / weights.name
    changed.write_bytes(weights.read_bytes() + b"!")
    (tmp_path / "fer-s.json").write_bytes(weights.with_suffix(".json").read_bytes())
    plain = write_csv(tmp_path / "plain.csv", "image,usage,emotion", "fer0000042,PublicTest,happy")
    cases = [
        (run(tmp_path / "none.tflite", images, labels, "--usage", "PublicTest"), "no such file"),
        (run(lonely, images, labels, "--usage", "PublicTest"), "its card lonely.json is not beside it"),
        (run(changed, images, labels, "--usage", "PublicTest"), "SHA-256 differs"),
        (run(labels, images, labels, "--usage", "PublicTest"), "neither a .tflite"),
        (run(weights, labels, labels, "--usage", "PublicTest"), "cannot be read as a zip"),
        (run(weights, images, labels, "--usage", "Tuesday"), "no row has the usage 'Tuesday'"),
        (run(weights, images, plain, "--usage", "PublicTest", "--labels-as", "ferplus"), "no FER+ vote columns"),
        (run(weights, folder / "training.zip", labels, "--usage", "PublicTest"), "holds no image"),
    ]
    for words, said in cases:
        assert main(words) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert said in output.err
        assert output.err.count("\n") == 1


def test_a_wrong_word_is_refused_by_the_parser(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["evaluate", "--weights"])
    assert caught.value.code == 2
    assert "--weights" in capsys.readouterr().err


def test_golden_faces_give_what_the_trained_network_gave(weights: Path, spec: ModelSpec, checkout: Path) -> None:
    golden = np.load(checkout / "tests" / "train" / "golden" / "fer-s.npz")
    expected, tolerance = golden["probabilities"], float(golden["tolerance"])
    assert len(expected) >= 32
    if spec.card["precision"] in ("float32", "float16"):
        assert tolerance <= 1e-3
    inputs = golden["faces"][..., None].astype(np.float32)
    for batch in (1, 2, 4, 8):
        predictor = TflitePredictor(spec.verify_file(), spec.class_names, spec.input, threads=1, batch=batch)
        given = predictor.predict(inputs)
        np.testing.assert_allclose(given, expected, atol=tolerance, rtol=0)
        np.testing.assert_allclose(given.sum(1), 1, atol=1e-5)


def test_the_card_says_what_was_measured(weights: Path, spec: ModelSpec) -> None:
    card = spec.card
    assert card["file_bytes"] == weights.stat().st_size
    assert card["metrics"]["PublicTest"]["n"] == 3587
    assert sum(card["metrics"]["PublicTest"]["support"].values()) == 3587
    assert 0.3 < card["temperature"] < 3
    assert card["parity"]["max_abs_difference"] <= 1e-3 or card["precision"] in ("dynamic", "int8")
    assert set(spec.crops) == {"mediapipe", "haar"}
    assert spec.crop_for("mediapipe").min_tilt_degrees == 10
    assert any("5(1)(f)" in use for use in card["excluded_use"])
    assert card["recipe"]["seed"] == card["seed"]
    assert len(open_predictor(weights).class_names) == 7
