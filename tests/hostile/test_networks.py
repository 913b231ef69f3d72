"""Networks from anywhere: one that gives no probabilities is refused in one sentence."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from realtime_fer import assembly, cli
from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers import probe as probing
from realtime_fer.vision.classifiers.outputs import check_probabilities, made_up_faces
from realtime_fer.vision.classifiers.probe import probe
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.registry import ModelRegistry
from tests.hostile.good_card import GOOD


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
    # A sentence, and perhaps what to do about it, which may end with a command.
    assert re.match(r"The model .+\.( |$)", sentences[0])


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
