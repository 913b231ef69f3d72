"""``evaluate`` with the shipped network on a made-up zip, through the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import VOTES_HEADER, encoded, face, write_csv, write_fer2013, write_zip
from train.__main__ import main


@pytest.fixture(scope="module")
def weights(checkout: Path) -> Path:
    path = checkout / "weights" / "icml2013.tflite"
    if not path.is_file():
        pytest.skip("weights/icml2013.tflite is not here")
    return path


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
    (tmp_path / "icml2013.json").write_bytes(weights.with_suffix(".json").read_bytes())
    plain = write_csv(tmp_path / "plain.csv", "image,usage,emotion", "fer0000042,PublicTest,happy")
    cases = [
        (run(tmp_path / "none.tflite", images, labels, "--usage", "PublicTest"), "no such file"),
        (run(lonely, images, labels, "--usage", "PublicTest"), "its card lonely.json is not beside it"),
        (run(changed, images, labels, "--usage", "PublicTest"), "SHA-256 differs"),
        (run(labels, images, labels, "--usage", "PublicTest"), "not a .tflite"),
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


def test_a_data_set_does_as_well_as_a_zip(weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_fer2013(tmp_path)
    assert main(run(weights, folder / "public_test.zip", folder / "labels.csv", "--usage", "PublicTest", "--json")) == 0
    from_zip = json.loads(capsys.readouterr().out)
    assert main(["evaluate", "--weights", str(weights), "--data", str(folder), "--usage", "PublicTest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == from_zip
    for words in (["--data", str(folder), "--labels", str(folder / "labels.csv")], ["--images", str(folder)], []):
        assert main(["evaluate", "--weights", str(weights), *words, "--usage", "PublicTest"]) == 2
        assert "Give --data, or --images with --labels." in capsys.readouterr().err


def test_duplicates_of_training_faces_can_be_left_out(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_fer2013(tmp_path)
    with zipfile.ZipFile(folder / "training.zip") as archive:
        learned = archive.read(archive.namelist()[0])
    names = [f"fer{number:07}" for number in range(42, 56)]
    contents = {f"{name}.webp": encoded(face(n % 7, n, 48), ".webp") for n, name in enumerate(names, 42)}
    contents[f"{names[3]}.webp"] = learned
    write_zip(folder / "public_test.zip", contents)
    by_zip = run(weights, folder / "public_test.zip", folder / "labels.csv", "--usage", "PublicTest")
    by_data = ["evaluate", "--weights", str(weights), "--data", str(folder), "--usage", "PublicTest"]
    for words in (by_zip, by_data):
        assert main([*words, "--json"]) == 0
        every = json.loads(capsys.readouterr().out)
        assert every["n"] == 14
        assert "duplicates" not in every
        assert main([*words, "--json", "--without-duplicates-of", str(folder)]) == 0
        figures = json.loads(capsys.readouterr().out)
        assert (figures["n"], figures["duplicates"], figures["left_out"]) == (13, 1, 0)
        assert main([*words, "--without-duplicates-of", str(folder)]) == 0
        assert "1 duplicates of training faces left out" in capsys.readouterr().out


def test_a_split_of_duplicates_alone_is_refused(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_fer2013(tmp_path)
    words = run(weights, folder / "training.zip", folder / "labels.csv", "--usage", "Training")
    assert main([*words, "--without-duplicates-of", str(folder)]) == 2
    assert "but for duplicates" in capsys.readouterr().err


def test_confusion_is_written_as_picture_and_json(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_fer2013(tmp_path)
    words = run(weights, folder / "public_test.zip", folder / "labels.csv", "--usage", "PublicTest")
    assert main([*words, "--json", "--confusion", str(tmp_path / "plain.json")]) == 0
    confusion = json.loads((tmp_path / "plain.json").read_text(encoding="utf-8"))
    assert confusion["classes"] == ["neutral", "happy", "sad", "surprise", "fear", "disgust", "angry"]
    assert [sum(row) for row in confusion["counts"]] == [2] * 7
    figures = json.loads(capsys.readouterr().out)
    assert sum(confusion["counts"][i][i] for i in range(7)) == round(figures["accuracy"] * 14)
    assert main([*words, "--confusion", str(tmp_path / "c.txt")]) == 2
    assert "a .png or a .json" in capsys.readouterr().err
    with monkeypatch.context() as patch:
        patch.setattr("importlib.util.find_spec", lambda name: None)
        assert main([*words, "--confusion", str(tmp_path / "c.png")]) == 2
        assert "pip install matplotlib" in capsys.readouterr().err
    assert not (tmp_path / "c.json").exists()
    pytest.importorskip("matplotlib")
    assert main([*words, "--confusion", str(tmp_path / "new" / "c.png")]) == 0
    assert (tmp_path / "new" / "c.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "new" / "c.json").is_file()
