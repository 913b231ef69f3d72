"""Cards and networks from anywhere: one that is bad is refused in a sentence, and all others are there as before."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from realtime_fer import assembly, cli, window
from realtime_fer.commands import listing
from realtime_fer.core.cards import card_file
from realtime_fer.core.cards.model_spec import InputSpec, ModelSpec, read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.core.settings import Settings
from realtime_fer.vision import registry as registry_module
from realtime_fer.vision.classifiers import probe as probing
from realtime_fer.vision.classifiers.outputs import check_probabilities, made_up_faces
from realtime_fer.vision.classifiers.probe import probe
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.registry import ModelRegistry

SEED = 20_261_128

GOOD: dict[str, Any] = {
    "schema": 1,
    "id": "good",
    "name": "Good",
    "file": "good.tflite",
    "sha256": "0" * 64,
    "input": {"height": 48, "width": 48, "channels": 1, "scale": 1.0, "mean": [0.0], "std": 1},
    "activation": "softmax",
    "class_names": ["happy", "sad"],
    "crop": {"haar": {"scale": 0.9, "min_tilt_degrees": None}},
    "data": {"name": "FER2013", "n": 3},
    "metrics": {"PublicTest": {"accuracy": 0.66, "n": 3587, "ece": 0.1, "recall": {"happy": 0.9, "sad": None}}},
    "output": 0,
    "temperature": 1.5,
}

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
        ('{"id": 1, "id": 2}', "it has the entry 'id' twice"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "more than 20 levels"),
        ('{"a": ' + "[" * 25 + "]" * 25 + "}", "more than 20 levels"),
        ('{"name": "' + "x" * 900_000 + '"}', "'name' must have 20000 signs at most, got 900000"),
        ('{"name": "\\ud83d"}', "'name' holds half a sign"),
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
        (("id",), "i" * 101, "'id' must have 100 signs at most"),
        (("id",), "a\x1b[2Jb", "'id' must be printable"),
        (("name",), "n" * 301, "'name' must have 300 signs at most"),
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
    assert registry.refused == [f"Of the cards in {tmp_path} only 3 were read."]


@pytest.mark.skipif(os.name == "nt", reason="pipes, devices and links")
def test_the_list_of_models_names_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REALTIME_FER_WEIGHTS", str(tmp_path))
    bad = bad_entries(tmp_path) - 1  # the one that is there twice is there once
    parsed = type("Parsed", (), {"no_measure": True, "json": False})()
    assert listing.models(parsed) == 0
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


# Networks


def network(values: list[float], batch: int = 1, side: int = 8, claimed: int = 0) -> bytes:
    """A network that answers ``values`` whatever it sees: one layer of weights that are 0, with ``values`` added.

    ``claimed`` bytes it fills besides, of which the file holds nothing.
    """
    builder = flatbuffers.Builder(4096)

    def buffer(content: bytes) -> Any:
        made = schema.BufferT()
        made.data = np.frombuffer(content, np.uint8) if content else None
        return made

    def tensor(name: str, shape: list[int], at: int, kind: int = schema.TensorType.FLOAT32) -> Any:
        made = schema.TensorT()
        made.name, made.shape, made.buffer, made.type = name, shape, at, kind
        made.shapeSignature = [-1, *shape[1:]] if len(shape) > 1 and at == 0 else shape
        return made

    model = schema.ModelT()
    model.version = 3
    weights = np.zeros((len(values), side * side), np.float32)
    model.buffers = [buffer(b""), buffer(weights.tobytes()), buffer(np.array(values, np.float32).tobytes())]
    graph = schema.SubGraphT()
    graph.tensors = [
        tensor("face", [batch, side, side, 1], 0),
        tensor("weights", [len(values), side * side], 1),
        tensor("bias", [len(values)], 2),
        tensor("answer", [batch, len(values)], 0),
    ]
    graph.inputs, graph.outputs = [0], [3]
    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.FULLY_CONNECTED
    code.version = 1
    model.operatorCodes = [code]
    dense = schema.OperatorT()
    dense.opcodeIndex, dense.inputs, dense.outputs = 0, [0, 1, 2], [3]
    dense.builtinOptionsType = schema.BuiltinOptions.FullyConnectedOptions
    dense.builtinOptions = schema.FullyConnectedOptionsT()
    graph.operators = [dense]
    if claimed:
        model.buffers += [
            buffer(np.array([claimed // 4], np.int32).tobytes()),
            buffer(np.zeros(1, np.float32).tobytes()),
        ]
        graph.tensors += [
            tensor("size", [1], 3, schema.TensorType.INT32),
            tensor("value", [], 4),
            tensor("claimed", [], 0),
        ]
        graph.outputs = [3, 6]
        filling = schema.OperatorCodeT()
        filling.builtinCode = filling.deprecatedBuiltinCode = schema.BuiltinOperator.FILL
        filling.version = 1
        model.operatorCodes.append(filling)
        fill = schema.OperatorT()
        fill.opcodeIndex, fill.inputs, fill.outputs = 1, [4, 5], [6]
        fill.builtinOptionsType, fill.builtinOptions = schema.BuiltinOptions.FillOptions, schema.FillOptionsT()
        graph.operators.append(fill)
    model.subgraphs = [graph]
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def foreign(folder: Path, content: bytes, **changes: Any) -> ModelSpec:
    card = {**GOOD, "input": {"height": 8, "width": 8, "channels": 1}, **changes}
    card["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "good.tflite").write_bytes(content)
    (folder / "good.json").write_text(json.dumps(card))
    return read_model_spec(folder / "good.json")


@pytest.fixture(autouse=True)
def none_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "_proven", set())


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of this file's own making need no process of their own."""
    monkeypatch.setattr("realtime_fer.vision.classifiers.tflite.probe", lambda *_: None)


def test_a_network_that_gives_probabilities_runs(tmp_path: Path) -> None:
    classifier = TfliteClassifier(foreign(tmp_path, network([0.25, 0.75])))
    assert classifier.predict(np.zeros((3, 8, 8, 1), np.float32)).tolist() == [[0.25, 0.75]] * 3


@pytest.mark.parametrize("values", [[0.49, 0.5], [0.51, 0.505], [1.004, -0.004]])
def test_what_rounding_does_is_no_fault(tmp_path: Path, here: None, values: list[float]) -> None:
    TfliteClassifier(foreign(tmp_path, network(values)), batch_sizes=(2, 1))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([float("nan"), 0.5], "not finite numbers"),
        ([0.5, float("nan")], "not finite numbers"),
        ([float("inf"), 0.0], "not finite numbers"),
        ([0.0, -float("inf")], "not finite numbers"),
        ([5.0, -2.0], "gives values from -2 to 5"),
        ([1.2, -0.2], "gives values from -0.2 to 1.2"),
        ([0.9, 0.9], "add up to 1.8"),
        ([0.0, 0.0], "add up to 0,"),
    ],
)
@pytest.mark.parametrize("batch_sizes", [(1,), (8, 4, 2, 1)])
def test_a_network_that_gives_none_is_refused_in_words(
    tmp_path: Path, here: None, values: list[float], said: str, batch_sizes: tuple[int, ...]
) -> None:
    with pytest.raises(ModelError) as caught:
        TfliteClassifier(foreign(tmp_path, network(values)), batch_sizes=batch_sizes)
    assert said in caught.value.sentence()
    assert caught.value.sentence().startswith("The model good cannot be used: it")


def test_every_made_up_face_is_looked_at() -> None:
    faces = made_up_faces(InputSpec(48, 40, 3))
    assert faces.shape == (4, 48, 40, 3)
    assert faces.min() == 0
    assert faces.max() == 255
    assert len({face.tobytes() for face in faces}) == 4
    assert np.array_equal(faces, made_up_faces(InputSpec(48, 40, 3)))


@pytest.mark.parametrize("row", range(3))
def test_one_face_among_many_is_enough(tmp_path: Path, row: int) -> None:
    spec = foreign(tmp_path, network([0.5, 0.5]))
    values = np.full((3, 2), 0.5, np.float32)
    check_probabilities(spec, values)
    for wrong in (np.nan, 0.6, 7.0):
        hurt = values.copy()
        hurt[row, 1] = wrong
        with pytest.raises(ModelError):
            check_probabilities(spec, hurt)
    check_probabilities(spec, np.empty((0, 2), np.float32))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory")
def test_a_network_that_asks_for_gigabytes_is_refused(tmp_path: Path) -> None:
    # Small enough that nothing but the limit stands against it on a machine of today.
    content = network([0.25, 0.75], claimed=probing.MEMORY_BYTES + (64 << 20))
    assert len(content) < 10_000
    spec = foreign(tmp_path, content)
    with pytest.raises(ModelError):
        probe(spec, content)
    modest = network([0.25, 0.75], claimed=1 << 20)
    probe(foreign(tmp_path, modest), modest)


@pytest.mark.parametrize("case", ["model_bigint_height", "model_out_5", "model_out_nan"])
def test_known_hostile_models_are_refused(checkout: Path, case: str) -> None:
    folder = checkout.parent / "shared" / "cases" / "hostile" / case
    if not folder.is_dir():
        pytest.skip("the hostile files are not here")
    registry = ModelRegistry(folder)
    sentences: list[str] = list(registry.refused)
    for spec in registry.specs():
        with pytest.raises(ModelError) as caught:
            TfliteClassifier(spec)
        sentences.append(caught.value.sentence())
    assert len(sentences) == 1
    assert sentences[0].endswith(".")


class Tiring:
    """A network that gives probabilities for a while, and then none."""

    def __init__(self, good: int) -> None:
        self.spec = ModelRegistry().spec("fer-xs")
        self._good = good

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        self._good -= 1
        values = np.full((len(inputs), 8), np.nan if self._good < 0 else 1 / 8, np.float32)
        check_probabilities(self.spec, values)
        return values

    def close(self) -> None:
        pass


@pytest.mark.parametrize("good", [0, 3])
def test_a_network_that_fails_on_the_way_ends_annotating_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], good: int
) -> None:
    monkeypatch.setattr(assembly, "build_classifier", lambda model, threads: Tiring(good))
    table = tmp_path / "a.csv"
    words = ["annotate", "demo", "--csv", str(table), "--film", "none", "--seconds", "1"]
    words += ["--detector", "haar"]
    # The first frame's faces are not asked about: each is believed at its second look.
    assert cli.run(words) == 1
    said = capfd.readouterr().err
    assert "The model fer-xs cannot be used: it gives values that are not finite numbers" in said
    assert "Traceback" not in said
    assert "What was written is kept." in said
    assert "nan" not in table.read_text()


def test_the_window_tells_of_a_second_model_that_is_gone_and_of_few_cards(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.json").write_text("{")
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    registry = ModelRegistry(tmp_path)
    told = window._left_out(registry)
    assert len(told) == 4
    assert told[-1] == "4 more cards are left out; 'realtime-fer models' tells of each."
    assert len(registry.refused) == 7, "the list of models still tells of all"
    assert "'gone' is not there any more" in window._lost_comparison(Settings(compare_model="gone"), registry)
    for compare_model in ("", "good"):
        assert window._lost_comparison(Settings(compare_model=compare_model), registry) == ""


def test_the_default_model_stands_in_for_one_that_cannot_be_had() -> None:
    assert assembly.build_engine_parts(Settings(model="gone")).fallback_model == Settings().model
