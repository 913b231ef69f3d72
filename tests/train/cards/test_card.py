"""Cards: what they say of the data, and ``card`` and ``table`` on a copy of the shipped network."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.cards.model_spec import read_model_spec
from tests.train.made_up import write_fer2013
from train.__main__ import main
from train.cards.card import as_json, display_name, limits, updated, with_temperature
from train.cards.card_data import LAST_EPOCH, as_teachers_data, data_set_name, merged, training_data


@pytest.fixture
def weights(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the shipped network, alone in a folder, with a card of FER2013's splits only."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for name in ("icml2013.tflite", "icml2013.json"):
        shutil.copy(checkout / "weights" / name, folder / name)
    card = json.loads((folder / "icml2013.json").read_text(encoding="utf-8"))
    card["metrics"] = {split: figures for split, figures in card["metrics"].items() if split.startswith("PublicTest")}
    (folder / "icml2013.json").write_bytes(as_json(card))
    return folder / "icml2013.tflite"


def test_all_data_sets_are_named_with_licence_and_n() -> None:
    data = training_data([{"name": "fer2013", "n": 25060}, {"name": "muxspace", "n": 7918}], 32978, ferplus=True)
    assert (data["name"], data["n"]) == ("FER2013 + facial_expressions", 32978)
    assert [(entry["name"], entry["n"]) for entry in data["sets"]] == [("FER2013", 25060), ("facial_expressions", 7918)]
    assert "FER+" in data["source"]
    assert "Apache-2.0" in data["licence"]
    assert "MIT" in data["licence"]
    own = training_data([{"name": "holidays", "n": 3}], 3, ferplus=False)
    assert "holidays: not stated" in own["licence"]
    assert "FER" not in own["source"]


def test_a_card_says_where_its_epoch_was_not_chosen() -> None:
    data = with_temperature({"name": "FER2013", "chosen_on": {"epoch": LAST_EPOCH}}, "FER2013 PublicTest")
    said = [sentence for sentence in limits(("happy", "sad"), data) if "temperature" in sentence]
    assert len(said) == 1
    assert "No epoch was selected" in said[0]
    assert "fitted on PublicTest," in said[0]


def test_what_the_teachers_learned_from_is_named_with_its_licence() -> None:
    taught = merged(
        [
            *as_teachers_data([{"name": "FER2013", "n": 28709}, {"name": "AffectNet", "n": 9}], ferplus=True),
            *as_teachers_data([{"name": "AffectNet", "n": 12}], ferplus=False),
        ]
    )
    assert [(entry["name"], entry["n"], entry["ferplus"]) for entry in taught] == [
        ("FER2013", 28709, True),
        ("AffectNet", 12, False),
    ]
    data = training_data([{"name": "holidays", "n": 3}], 3, ferplus=False, teachers_data=taught)
    assert (data["name"], data["n"], len(data["sets"])) == ("holidays", 3, 1)
    assert [(entry["name"], entry["n"]) for entry in data["teachers"]] == [("FER2013", 28709), ("AffectNet", 12)]
    for words in ("holidays: not stated", "for research and education", "by agreement with its authors", "FER+ labels"):
        assert data["licence"].count(words) == 1
    assert "through its teachers: Mollahosseini" in data["source"]
    # What the student learned from too is said once.
    same = training_data([{"name": "FER2013", "n": 3}], 3, ferplus=True, teachers_data=taught[:1])
    assert same["licence"] == training_data([{"name": "FER2013", "n": 3}], 3, ferplus=True)["licence"]


def test_limits_say_where_the_epoch_and_the_temperature_come_from() -> None:
    def said(data: dict[str, Any]) -> str:
        return next(text for text in limits(["happy", "sad"], data) if "temperature" in text)

    known = "The temperature was fitted and the best epoch selected on PublicTest, so"
    own = training_data([{"name": "holidays", "n": 3}], 3, False, epoch_chosen_on="holidays validation")
    both = with_temperature(own, "holidays validation")
    assert said({}).startswith(known)
    assert said({"chosen_on": {"epoch": "FER2013 PublicTest", "temperature": "FER2013 PublicTest"}}).startswith(known)
    assert "fitted and the best epoch selected on holidays validation, so" in said(both)
    mixed = with_temperature(own, "FER2013 PublicTest")
    assert "fitted on PublicTest and the best epoch selected on holidays validation, so" in said(mixed)
    # Data taken anew from the run do not know of the export.
    card = {"class_names": ["happy", "sad"], "data": both}
    assert updated(card, {"data": own}, {})["data"]["chosen_on"] == both["chosen_on"]
    older = updated({**card, "data": {"name": "FER2013"}}, {"data": own}, {})
    assert older["data"]["chosen_on"] == mixed["chosen_on"]


def test_limits_name_the_classes_that_are_lacking() -> None:
    six = "\n".join(limits(["neutral", "happy", "sad", "surprise", "angry", "fear"], {"name": "FER2013"}))
    assert "no classes for disgust and contempt" in six
    assert "Fear is rare" in six
    assert "65 of 100" in six
    eight = "\n".join(limits(["disgust", "fear", "contempt", "neutral", "happy", "sad", "surprise", "angry"], {}))
    assert "Disgust, fear and contempt are rare" in eight
    assert "no class" not in eight
    assert "FER2013" not in eight


def test_names_are_known_or_made() -> None:
    assert [display_name(model_id) for model_id in ("fer-s", "cnn3", "my-net")] == ["FER S", "CNN 3", "MY NET"]
    assert [data_set_name(word) for word in ("muxspace", "fer2013", "icml_face_data", "Other")] == [
        "facial_expressions",
        "FER2013",
        "FER2013",
        "Other",
    ]


def test_rows_of_numbers_stand_on_one_line() -> None:
    text = as_json({"counts": [[1, 2], [3, 4]], "words": ["a"], "text": "[1,  2]", "none": []}).decode()
    assert "    [1, 2],\n" in text
    assert json.loads(text) == {"counts": [[1, 2], [3, 4]], "words": ["a"], "text": "[1,  2]", "none": []}


def test_an_older_cards_balanced_accuracy_is_worked_out_from_its_recalls(weights: Path) -> None:
    card = json.loads(weights.with_suffix(".json").read_text(encoding="utf-8"))
    of_split = {"accuracy": 0.8, "recall": {"happy": 1.0, "sad": 0.5, "contempt": None}}
    card["metrics"] = {"older": of_split, "newer": {**of_split, "balanced_accuracy": 0.7}, "bare": {"accuracy": 0.8}}
    metrics = updated(card, {}, {})["metrics"]
    assert metrics["older"]["balanced_accuracy"] == 0.75
    assert metrics["newer"]["balanced_accuracy"] == 0.7
    assert "balanced_accuracy" not in metrics["bare"]


def test_card_adds_a_split_and_leaves_the_rest(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_fer2013(tmp_path / "muxspace")
    before = json.loads(weights.with_suffix(".json").read_text(encoding="utf-8"))
    words = ["card", "--weights", str(weights), "--images", str(folder / "public_test.zip")]
    words += ["--labels", str(folder / "labels.csv"), "--usage", "PublicTest", "--split-name", "validation"]
    assert main(words) == 0
    assert "accuracy" in capsys.readouterr().out
    spec = read_model_spec(weights.with_suffix(".json"))
    spec.verify_file()
    added = spec.card["metrics"]["validation"]
    assert (added["n"], added["dataset"], added["images"]) == (14, "facial_expressions", "public_test.zip")
    assert sum(map(sum, added["confusion"]["counts"])) == 14
    assert str(tmp_path) not in json.dumps(spec.card)
    for key in set(before) - {"metrics", "limits"}:
        assert spec.card[key] == before[key]
    assert {**spec.card["metrics"], **before["metrics"]} == spec.card["metrics"]
    # Without a split the texts alone are written anew.
    assert main(["card", "--weights", str(weights), "--name", "Mine"]) == 0
    assert read_model_spec(weights.with_suffix(".json")).name == "Mine"


def test_card_refuses_what_does_not_go_together(weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = weights.with_suffix(".json")
    before = card.read_bytes()
    for words, said in (
        (["--usage", "PublicTest"], "give --usage, and --data"),
        (["--data", "x"], "give --usage, and --data"),
        (["--data", "nowhere", "--usage", "PublicTest"], "nowhere"),
    ):
        assert main(["card", "--weights", str(weights), *words]) == 2
        assert said in capsys.readouterr().err
    assert main(["card", "--weights", "best.pt"]) == 2
    assert "neither" in capsys.readouterr().err
    weights.write_bytes(b"another")
    assert main(["card", "--weights", str(weights)]) == 2
    assert "SHA-256 differs" in capsys.readouterr().err
    assert card.read_bytes() == before


def test_table_writes_between_its_marks(weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    folder = write_fer2013(tmp_path / "fer2013")
    words = ["--data", str(folder), "--usage", "PublicTest"]
    assert main(["card", "--weights", str(weights), *words]) == 0
    run = tmp_path / "runs" / "icml2013"
    run.mkdir(parents=True)
    log = ["epoch,loss,training_accuracy,validation_accuracy", "1,2.0,0.3,0.4", "2,1.5,0.5,0.6"]
    (run / "log.csv").write_text("\n".join(log) + "\n", encoding="utf-8")
    page = tmp_path / "docs" / "models.md"
    table = ["table", "--weights", str(weights.parent), "--runs", str(run.parent), "--out", str(page)]
    assert main(table) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines() if line.endswith((".png", ".md"))]
    text = page.read_text(encoding="utf-8")
    assert "| FER2013 PublicTest |" in text
    assert "(N 14)" in text
    assert (
        "python -m train evaluate --weights weights/icml2013.tflite --data FER2013_FOLDER --usage PublicTest\n" in text
    )
    assert str(tmp_path) not in text
    pictures = [path for path in written if path.suffix == ".png"]
    assert {path.name for path in pictures} == {"icml2013-curve.png", "icml2013-confusion-publictest.png"}
    for path in pictures:
        assert f"(models/{path.name})" in text
        assert path.stat().st_size < 60_000
    # What a person writes round the marks stays.
    page.write_text("Mine.\n" + text + "More of mine.\n", encoding="utf-8")
    assert main(table) == 0
    again = page.read_text(encoding="utf-8")
    assert again.startswith("Mine.\n")
    assert again.endswith("More of mine.\n")
    assert again.count("## ICML 2013") == 1
    page.write_text("No marks.", encoding="utf-8")
    assert main(table) == 2
    assert page.read_text(encoding="utf-8") == "No marks."
