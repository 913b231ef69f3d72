"""Cards from anywhere: a bad one is refused in one sentence, and all the others stay available."""

from __future__ import annotations

import copy
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from realtime_fer import assembly, window
from realtime_fer.commands.models.listing import list_models
from realtime_fer.core.cards import card_file
from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.core.settings import Settings
from realtime_fer.vision import registry as registry_module
from realtime_fer.vision.registry import ModelRegistry
from tests.hostile.good_card import GOOD

SEED = 20_261_128

BIG = 10**399

#: What a text of JSON may hold that Python's own writer would not write.
RAW = ("1e999", "-1e999", "NaN", "-Infinity", "9" * 5000, "-" + "9" * 400, '"\\ud800"', "[" * 5000, '{"a":1,"a":2}')

ANY = (
    None, True, -1, 0, 1.5, BIG, -BIG, 1e308, -0.0, "", " ", "x" * 900_000, "a\nb\x1b[2J", "\u202e", "\0", [], {}, [[]],
    {"a": {"a": 1}}, ["happy"] * 2, list(range(5000)), {str(i): i for i in range(5000)},
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the card."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inner for place in places(part, (*path, key)))]


def mutated(chance: random.Random) -> str:
    """The good card with one or two of its values replaced by what no card should hold there."""
    card = copy.deepcopy(GOOD)
    raw = ""
    for _ in range(chance.randint(1, 2)):
        path = chance.choice([place for place in places(card) if place])
        holder = card
        for key in path[:-1]:
            holder = holder[key]
        if chance.random() < 0.3:
            raw = chance.choice(RAW)
            holder[path[-1]] = "RAW"
        elif chance.random() < 0.1:
            del holder[path[-1]]
        else:
            holder[path[-1]] = copy.deepcopy(chance.choice(ANY))
    return json.dumps(card).replace('"RAW"', raw)


def test_mutated_cards_are_read_or_refused_in_a_short_sentence(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    refused = 0
    for number in range(250):
        path = tmp_path / f"{number}.json"
        path.write_text(mutated(chance), encoding="utf-8")
        began = time.process_time()
        try:
            spec = read_model_spec(path)
        except ModelError as error:
            refused += 1
            sentence = error.sentence()
            assert str(path) in sentence
            assert sentence.endswith(".")
            assert sentence.isprintable()
            assert len(sentence) < len(str(path)) + 400
        else:
            assert 8 <= spec.input.height <= 1024
            assert len(spec.model_id) <= 100
            assert len(spec.summary()) < 1000
            json.dumps(spec.card, allow_nan=False).encode()
        assert time.process_time() - began < 2
        path.unlink()
    assert refused > 150, "the mutations are such that most of the cards cannot be used"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": ' + "9" * 400 + "}", "a number of 400 digits"),
        ('{"a": ' + "9" * 5000 + "}", "a number of 5000 digits"),
        ('{"metrics": {"x": {"ece": NaN}}}', "'metrics.x.ece' must be a number, got nan"),
        ('{"a": 1e999}', "'a' must be a number, got inf"),
        ('{"id": 1, "id": 2}', "the entry 'id' occurs twice"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "more than 20 levels"),
        ('{"a": ' + "[" * 25 + "]" * 25 + "}", "more than 20 levels"),
        ('{"name": "' + "x" * 900_000 + '"}', "'name' must have at most 20000 characters, got 900000"),
        ('{"name": "\\ud83d"}', "'name' contains an unpaired surrogate"),
        ("\ufeff{}", "is not JSON"),
        ("", "is not JSON"),
    ],
)
def test_what_no_card_may_hold_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read_model_spec(path)
    assert said in caught.value.sentence()


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("input", "height"), 48.5, "'input.height' must be a whole number"),
        (("input", "width"), -48, "'input.width' must be 8 to 1024"),
        (("id",), "i" * 101, "'id' must have at most 100 characters"),
        (("id",), "a\x1b[2Jb", "'id' must be printable"),
        (("name",), "n" * 301, "'name' must have at most 300 characters"),
        (("sha256",), "0" * 63, "'sha256' must be 64 hexadecimal digits"),
        (("metrics", "PublicTest", "n"), -1, "'metrics.PublicTest.n' must be 0 to"),
        (("metrics", "PublicTest", "recall", "happy"), 1.5, "'metrics.PublicTest.recall.happy' must be 0 to 1"),
        (("metrics", "PublicTest", "ece"), -0.1, "'metrics.PublicTest.ece' must be 0 to 1"),
        (("temperature",), -1.5, "'temperature' must be"),
        (("crop",), {str(at): {} for at in range(21)}, "'crop' must have 20 entries at most"),
        (("metrics",), {str(at): {} for at in range(201)}, "'metrics' must have 200 entries at most"),
        (("output",), 16, "'output' must be 0 to 15"),
        (("input", "scale"), 0, "'input.scale' must be 1e-06 to 1000.0, got 0"),
        (("input", "scale"), [1.0, 1.0], "'input.scale' must be a number or a list of 1, one for each channel"),
        (("input", "scale"), ["x"], "'input.scale' must be a number, got 'x'"),
        (("input", "mean"), None, "'input.mean' must be a number, got None"),
        (("input", "mean"), 1e7, "'input.mean' must be -1000000.0 to 1000000.0"),
        (("input", "std"), -1, "'input.std' must be 1e-06 to"),
        (("activation",), "relu", "'activation' must be one of softmax, logits, sigmoid, got 'relu'"),
        (("activation",), ["softmax"], "'activation' must be one of softmax, logits, sigmoid, got ['softmax']"),
    ],
)
def test_an_absurd_value_is_refused_by_its_name(tmp_path: Path, place: tuple[str, ...], value: Any, said: str) -> None:
    card = copy.deepcopy(GOOD)
    holder = card
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    path = tmp_path / "x.json"
    path.write_text(json.dumps(card))
    with pytest.raises(ModelError) as caught:
        read_model_spec(path)
    assert said in caught.value.sentence()


def bad_entries(folder: Path) -> int:
    """Everything beside a good card that is none; how many."""
    (folder / "a-digits.json").write_text(json.dumps(GOOD).replace('"height": 48', f'"height": {BIG}'))
    (folder / "b-nested.json").write_text("[" * 100_000)
    (folder / "c-folder.json").mkdir()
    (folder / "d-huge.json").touch()
    os.truncate(folder / "d-huge.json", 1 << 40)  # a file with a hole: it takes no room
    (folder / "e-bytes.json").write_bytes(bytes(range(256)))
    (folder / "f-nowhere.json").symlink_to(folder / "gone")
    (folder / "g-zero.json").symlink_to("/dev/zero")
    (folder / "h-twice.json").write_text(json.dumps({**GOOD, "id": "good"}))
    os.mkfifo(folder / "i-pipe.json")
    (folder / "j-\x1b[2J\n.json").write_text("{")
    return 10


@pytest.mark.skipif(os.name == "nt", reason="pipes, devices and links")
def test_one_bad_card_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GOOD))
    bad = bad_entries(tmp_path)
    registry = ModelRegistry(tmp_path)
    assert [spec.model_id for spec in registry.specs()] == ["good"]
    assert len(registry.refused) == bad
    assert all(sentence.isprintable() for sentence in registry.refused)


def test_a_folder_of_any_number_of_files_is_read_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "MOST_CARDS", 3)
    for number in range(5):
        (tmp_path / f"{number}.json").write_text(json.dumps({**GOOD, "id": str(number)}))
    registry = ModelRegistry(tmp_path)
    assert len(registry.specs()) == 3
    assert registry.refused == [f"Only 3 of the cards in {tmp_path} were read."]


@pytest.mark.skipif(os.name == "nt", reason="pipes, devices and links")
def test_the_list_of_models_names_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REALTIME_FER_WEIGHTS", str(tmp_path))
    bad = bad_entries(tmp_path) - 1  # the one that is there twice is there once
    assert list_models(as_json=False, measure=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("Left out: ") for line in lines) == bad
    assert any(line.startswith("fer-s: ") for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_a_pipe_that_takes_a_files_place_while_it_is_opened_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.json"
    os.mkfifo(path)
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(ModelError, match="not an ordinary file"):
        card_file.read_bounded(path, 10)


def test_no_more_of_a_file_is_read_than_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "x.tflite"
    path.touch()
    os.truncate(path, 1 << 40)
    with pytest.raises(ModelError, match="larger than 1000 bytes"):
        card_file.read_bounded(path, 1000)


def test_the_window_tells_of_a_second_model_that_is_gone_and_of_few_cards(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.json").write_text("{")
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    registry = ModelRegistry(tmp_path)
    told = window._left_out(registry)
    assert len(told) == 4
    assert told[-1] == "4 more cards are left out; 'realtime-fer models' lists each of them."
    assert len(registry.refused) == 7, "the list of models still tells of all"
    assert "'gone' no longer exists" in window._lost_comparison(Settings(compare_model="gone"), registry)
    for compare_model in ("", "good"):
        assert window._lost_comparison(Settings(compare_model=compare_model), registry) == ""


def test_the_default_model_stands_in_for_one_that_cannot_be_had() -> None:
    assert assembly.build_engine_parts(Settings(model="gone")).fallback_model == Settings().model
