import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.registry import weights_folder
from tests.fakes import FakeClassifier, make_spec
from tests.train.live.made_up_scenes import a_picture
from tests.train.made_up import encoded, face, write_csv, write_fer2013, write_zip
from train.__main__ import main
from train.data import DatasetError
from train.data.splits import fold_of
from train.live.out_of_fold import folds_left_out, predict_out_of_fold
from train.live.press import as_text, predict_pictures, press_figures


def test_a_person_is_in_one_fold_and_all_folds_have_some() -> None:
    folds = [fold_of(f"person {i}", 5) for i in range(200)]
    assert set(folds) == set(range(5))
    assert fold_of("al_gore", 5) == fold_of("al_gore", 5)


def test_recalls_are_of_each_expression_and_balanced_is_their_mean() -> None:
    pictures = [a_picture("happy", 1, person=f"p{i}") for i in range(4)] + [a_picture("contempt", 1, person="q")]
    pictures += [a_picture("fear", 1, person="r")]
    probabilities = np.array([[0.8, 0.2], [0.8, 0.2], [0.8, 0.2], [0.3, 0.7], [0.9, 0.1], [0.9, 0.1]], np.float32)
    figures = press_figures(probabilities, ("happy", "contempt"), pictures)
    assert figures["classes"]["happy"]["n"] == 4
    assert figures["classes"]["happy"]["recall"] == 0.75
    assert figures["classes"]["contempt"]["recall"] == 0.0
    assert figures["classes"]["contempt"]["top2"] == 1.0
    assert figures["classes"]["fear"]["known"] is False
    assert figures["balanced_accuracy"] == pytest.approx((0.75 + 0 + 0) / 3)
    assert figures["people"] == 6
    assert sum(fold["n"] for fold in figures["folds"]) == 6


def test_the_interval_is_of_people_and_not_of_pictures() -> None:
    one_each = [a_picture("happy", 1, person=f"p{i}") for i in range(40)]
    ten_each = [a_picture("happy", 1, person=f"p{i % 4}") for i in range(40)]
    half = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]] * 10, np.float32)
    (low, _), (few_low, _) = (press_figures(half, ("happy", "sad"), of)["interval"] for of in (one_each, ten_each))
    assert 0.3 < low < 0.45
    assert few_low == 0.0


def test_folds_need_people() -> None:
    with pytest.raises(DatasetError, match="do not tell the person"):
        press_figures(np.ones((1, 1), np.float32), ("happy",), [a_picture("happy", 1)])


def test_pictures_of_any_size_are_asked_about() -> None:
    classifier = FakeClassifier(make_spec(class_names=("happy", "sad")), winner="sad")
    pictures = [a_picture("happy", value) for value in range(11)]
    assert predict_pictures(classifier, pictures).argmax(1).tolist() == [1] * 11
    assert classifier.batches == [8, 3]


def test_the_command_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    for split, words in (("train", ("anger", "contempt")), ("validation", ("anger", "happiness"))):
        images = {f"{split}_{word}_0001.png": encoded(face(i, i, 128)) for i, word in enumerate(words)}
        write_zip(tmp_path / f"{split}.zip", images)
        rows += [f"{name},{split},{word}" for name, word in zip(images, words, strict=True)]
    write_csv(tmp_path / "labels.csv", "image,split,emotion", *rows)
    assert main(["press", "--data", str(tmp_path), "--model", "fer-xs", "--model", "cnn3", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [entry["n"] for entry in report["data"]] == [2, 2]
    assert report["models"][0]["learned"] is True
    assert report["models"][1]["classes"]["angry"]["n"] == 2
    text = as_text(report)
    assert "facial_expressions training (N 2), facial_expressions validation (N 2)" in text
    assert "it learned from the training pictures among these" in text
    assert "contempt        1" in text


def test_other_data_sets_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fer2013 = write_fer2013(tmp_path / "fer2013", training=7, public_test=7)
    assert main(["press", "--data", str(fer2013), "--model", "fer-xs"]) == 2
    assert "do not tell the person" in capsys.readouterr().err


def without_fold(fold: str, winner: str) -> FakeClassifier:
    card = {"recipe": {"left_out_fold": fold}} if fold else {}
    return FakeClassifier(make_spec(class_names=("happy", "sad"), card=card), winner=winner)


def test_everybody_is_judged_by_the_network_that_has_not_learned_from_them() -> None:
    pictures = [a_picture("happy", 1, person=f"p{i}") for i in range(40)]
    second, first = without_fold("2/2", "sad"), without_fold("1/2", "happy")
    (answers,) = predict_out_of_fold([second, first], pictures, [Sensitivity.OFF])
    said = answers.argmax(1).tolist()
    assert said == [fold_of(picture.person, 2) for picture in pictures]
    assert {0, 1} == set(said)


@pytest.mark.parametrize(
    ("folds", "sentence"),
    [
        (("1/2", ""), "names no fold of the people"),
        (("1/2", "1/2"), "these left out 1/2, 1/2"),
        (("1/3", "2/3"), "these left out 1/3, 2/3"),
        (("1/2", "2/3"), "these left out 1/2, 2/3"),
    ],
)
def test_each_fold_needs_one_network(folds: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        folds_left_out([without_fold(fold, "sad").spec for fold in folds])


def test_networks_of_the_folds_are_measured_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    for split in ("train", "validation"):
        images = {f"{split}_person {i}_0001.png": encoded(face(i, i, 128)) for i in range(4)}
        write_zip(tmp_path / f"{split}.zip", images)
        rows += [f"{name},{split},anger" for name in images]
    write_csv(tmp_path / "labels.csv", "image,split,emotion", *rows)
    files = []
    for fold, name in (("1/2", "fer-xs"), ("2/2", "fer-s")):
        shutil.copy(weights_folder() / f"{name}.tflite", tmp_path)
        card = json.loads((weights_folder() / f"{name}.json").read_text(encoding="utf-8"))
        card["recipe"] = {**card["recipe"], "name": "plain", "left_out_fold": fold}
        (tmp_path / f"{name}.json").write_text(json.dumps(card), encoding="utf-8")
        files += ["--fold-weights", str(tmp_path / f"{name}.tflite")]
    words = ["press", "--data", str(tmp_path), "--folds", "2", "--sensitivity", "off", "--json"]
    assert main([*words, *files]) == 0
    (together,) = json.loads(capsys.readouterr().out)["models"]
    assert together["model"] == "plain by fold"
    assert together["learned"] is False
    assert len(together["sha256"]) == 2
    assert main([*words, "--model", "fer-xs", "--model", "fer-l", *files]) == 0
    alone, _, again = json.loads(capsys.readouterr().out)["models"]
    assert again == together
    assert alone["model"] == "fer-xs"
    assert main([*words, *files[:2]]) == 2
    assert "Each fold needs one network" in capsys.readouterr().err
