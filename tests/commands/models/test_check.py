"""``models --check``: what is seen of networks of other people, and the line that their cards lack."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realtime_fer import cli
from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers import examining, probe, tflite
from realtime_fer.vision.registry import weights_folder
from tests.networks import BRIGHTNESS_BIAS, STEPS_OF_0_TO_1, brightness, tiny_network

SIDE = 24
INPUT = {"height": SIDE, "width": SIDE, "channels": 1}
SCALED = {**INPUT, "scale": 1 / 255}


@pytest.fixture(autouse=True)
def children(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Networks of these tests' own making need no process of their own."""
    monkeypatch.setattr(probe, "_proven", set())
    if "real_children" in request.fixturenames:
        return

    def here(name: str, content: bytes, *arguments: str, timeout_s: float = 0) -> bytes:
        if arguments[1:] != ("examine",):
            return b""
        entries = json.loads(arguments[0])
        wanted = probe.input_from(entries) if entries else None
        return json.dumps(examining.examined_here(content, wanted)).encode()

    monkeypatch.setattr(examining, "run_in_child", here)
    monkeypatch.setattr(probe, "run_in_child", here)


@pytest.fixture
def real_children() -> None:
    """The test's networks are looked at in a process of their own, as a person's are."""


def pair(folder: Path, content: bytes, **changes: Any) -> Path:
    card: dict[str, Any] = {
        "schema": 1,
        "id": "theirs",
        "name": "Theirs",
        "file": "theirs.tflite",
        "sha256": hashlib.sha256(content).hexdigest(),
        "input": INPUT,
        "class_names": ["neutral", "happy", "sad"],
        "crop": {},
        **changes,
    }
    (folder / "theirs.json").write_text(json.dumps(card))
    return alone(folder, content)


def alone(folder: Path, content: bytes) -> Path:
    (folder / "theirs.tflite").write_bytes(content)
    return folder / "theirs.tflite"


def network(**changes: Any) -> bytes:
    return tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, **changes)


def check(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = cli.run(["models", "--check", str(path), "--json"])
    return code, json.loads(capsys.readouterr().out)


def lines(described: dict[str, Any]) -> dict[str, Any]:
    return {key: value for finding in described["findings"] for key, value in finding["lines"].items()}


CASES = [
    pytest.param({}, {"input": SCALED}, id="values of 0 to 1"),
    pytest.param({"kind": "int8", "steps": STEPS_OF_0_TO_1["int8"]}, {"input": SCALED}, id="int8 of 0 to 1"),
    pytest.param({"kind": "uint8", "steps": STEPS_OF_0_TO_1["uint8"]}, {"input": SCALED}, id="uint8 of 0 to 1"),
    pytest.param({"activation": ""}, {"input": SCALED, "activation": "logits"}, id="logits"),
    pytest.param({"activation": "sigmoid"}, {"input": SCALED, "activation": "sigmoid"}, id="sigmoids"),
    pytest.param({"batch": 2, "fixed": True}, {"input": SCALED}, id="two at once"),
]


@pytest.mark.parametrize(("changes", "wanted"), CASES)
def test_what_a_card_lacks_is_noticed_and_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], wanted: dict[str, Any]
) -> None:
    path = pair(tmp_path, network(**changes))
    code, described = check(path, capsys)
    assert code == 1
    assert lines(described) == wanted
    assert described["loads_with_the_lines"]
    card = {**json.loads((tmp_path / "theirs.json").read_text()), **wanted}
    (tmp_path / "theirs.json").write_text(json.dumps(card))
    code, described = check(path, capsys)
    assert (code, described["fine"], lines(described)) == (0, True, {})
    assert described["ms_a_face"] >= 0


@pytest.mark.parametrize(("changes", "wanted"), CASES)
def test_without_a_card_one_to_start_from_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], wanted: dict[str, Any]
) -> None:
    path = alone(tmp_path, network(**changes))
    assert cli.run(["models", "--check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Card: none" in said
    card = json.loads(said[said.index("\n{") :])
    for key, value in wanted.items():
        assert card[key] == value
    (tmp_path / "theirs.json").write_text(json.dumps(card))
    assert read_model_spec(tmp_path / "theirs.json").verify_file()
    assert cli.run(["models", "--check", str(tmp_path / "theirs.json")]) == 0
    assert "No problem was found." in capsys.readouterr().out


@pytest.mark.parametrize("model_id", ["fer-s", "cnn3", "deep"])
def test_a_shipped_pair_is_fine(capsys: pytest.CaptureFixture[str], model_id: str) -> None:
    code, described = check(weights_folder() / f"{model_id}.json", capsys)
    assert (code, described["findings"]) == (0, [])


@pytest.mark.parametrize("model_id", ["cnn3", "deep", "icml2013"])
def test_a_network_of_0_to_255_under_a_card_of_0_to_1_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model_id: str
) -> None:
    path = weights_folder() / f"{model_id}.tflite"
    card = json.loads(path.with_suffix(".json").read_text())
    card["input"] = {**card["input"], "scale": 1 / 255}
    (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / f"{model_id}.json").write_text(json.dumps(card))
    code, described = check(tmp_path / path.name, capsys)
    assert (code, described["loads"]) == (1, True)
    assert lines(described) == {"input": {"height": 48, "width": 48, "channels": 1}}


def test_what_rounds_a_float_input_tells_its_range(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Its first step quantises 0 to 255.
    path = weights_folder() / "fer-s.tflite"
    card = json.loads(path.with_suffix(".json").read_text())
    card["input"] = {**card["input"], "scale": 1 / 255}
    (tmp_path / "fer-s.tflite").write_bytes(path.read_bytes())
    (tmp_path / "fer-s.json").write_text(json.dumps(card))
    _, described = check(tmp_path / "fer-s.tflite", capsys)
    assert described["findings"][0]["sentence"] == "Its input holds 0 to 255, and pixels come in as 0 to 1."


@pytest.mark.parametrize(
    ("card", "content", "said"),
    [
        ({"activation": "logits", "input": SCALED}, network(), "probabilities already"),
        ({}, tiny_network(np.zeros((3, SIDE, SIDE, 1)), [0, 1, 2]), "the same answer for every picture"),
        ({}, tiny_network(np.zeros((3, SIDE, SIDE, 1)), [0, np.nan, 2], activation=""), "not finite numbers"),
        ({"class_names": ["happy", "sad"]}, network(), "its card names 2 expressions"),
        ({"input": {**INPUT, "height": 48}}, network(), "It takes pictures of 24x24x1, and its card says another size"),
        ({"sha256": "0" * 64, "input": SCALED}, network(), "the SHA-256 differs"),
        ({"file": "other.tflite", "input": SCALED}, network(), "that of another file, other.tflite"),
        ({}, tiny_network(np.zeros((3, SIDE, SIDE, 4)), [0, 1, 2]), "and 1 or 3 channels"),
        ({}, tiny_network(np.zeros((3, 3, SIDE, SIDE)), [0, 1, 2]), "its channels first"),
    ],
)
def test_what_else_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], card: dict[str, Any], content: bytes, said: str
) -> None:
    check_said(pair(tmp_path, content, **card), said, capsys)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no network at all", "It is not a TFLite network."),
        (b"\0\0\0\0TFL3" + b"\xff" * 99, "theirs.tflite is"),
        # Its numbers come back from the other process.
        (tiny_network(np.zeros((3, SIDE, SIDE, 1)), [0, np.nan, 2], activation=""), "not finite numbers"),
    ],
)
def test_what_may_break_down_is_seen_from_another_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], real_children: None, content: bytes, said: str
) -> None:
    check_said(pair(tmp_path, content), said, capsys)


def check_said(path: Path, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, described = check(path, capsys)
    assert code == 1
    assert said in " ".join(finding["sentence"] for finding in described["findings"])


def test_a_card_that_cannot_be_used_is_named_and_another_one_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = pair(tmp_path, network(), activation="relu")
    code, described = check(path, capsys)
    assert code == 1
    assert "'activation' must be one of softmax, logits, sigmoid, got 'relu'" in described["fault"]
    assert described["card"]["input"] == SCALED


def test_what_breaks_down_the_process_that_looks_is_not_run_in_this_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str, content: bytes, *arguments: str) -> bytes:
        raise ModelError("It broke down.")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("LiteRT saw it")

    monkeypatch.setattr(examining, "run_in_child", broken)
    monkeypatch.setattr(tflite, "interpreter_of", never)
    code, described = check(pair(tmp_path, network(), input=SCALED), capsys)
    assert (code, described["loads"], described["fault"]) == (1, False, "It broke down.")


def test_a_whole_check_in_real_processes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], real_children: None
) -> None:
    path = pair(tmp_path, network(activation=""), input=SCALED, activation="logits")
    code, described = check(path, capsys)
    assert (code, described["findings"]) == (0, [])


@pytest.mark.parametrize("name", ["gone.tflite", "gone.json", "picture.png", ""])
def test_what_is_no_file_of_a_model_is_refused_as_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert cli.run(["models", "--check", str(tmp_path / name) if name else ""]) == 2
    assert capsys.readouterr().err.startswith("realtime-fer: ")


def test_a_model_without_its_card_is_refused_with_what_prints_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = alone(tmp_path, network())
    words = ["annotate", "demo", "--seconds", "1", "--film", "none", "--csv", str(tmp_path / "a.csv"), "--model"]
    assert cli.run([*words, str(path)]) == 2
    assert f"realtime-fer models --check {path} prints one to start from." in capsys.readouterr().err


def test_annotating_and_the_list_tell_of_a_network_that_seems_to_be_given_other_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pair(tmp_path, network())
    said = "The model theirs seems to have been trained on pixels of 0 to 1"
    words = ["annotate", "demo", "--seconds", "0.2", "--film", "none", "--csv", str(tmp_path / "a.csv")]
    assert cli.run([*words, "--detector", "haar", "--model", str(path)]) == 0
    assert said in capsys.readouterr().err
    monkeypatch.setenv("REALTIME_FER_WEIGHTS", str(tmp_path))
    assert cli.run(["models", "--json"]) == 0
    doubts = {model["id"]: model["doubt"] for model in json.loads(capsys.readouterr().out)["models"]}
    assert doubts.pop("theirs").startswith(said)
    assert set(doubts.values()) == {None}
