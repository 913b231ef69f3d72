"""Networks from who knows where: refused with a sentence, before or beside the window's own process."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers import probe as probing
from realtime_fer.vision.classifiers import tflite
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.registry import ModelRegistry, shipped_hashes


def shipped() -> bytes:
    return ModelRegistry().spec("cnn3").path.read_bytes()


def foreign(folder: Path, content: bytes) -> ModelSpec:
    """A card that is right about everything but was not shipped."""
    card = {**ModelRegistry().spec("cnn3").card, "id": "foreign", "file": "foreign.tflite"}
    card["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "foreign.tflite").write_bytes(content)
    (folder / "foreign.json").write_text(json.dumps(card))
    return ModelRegistry(folder).spec("foreign")


@pytest.fixture
def none_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "_proven", set())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[ModelSpec]:
    """What was tried in another process."""
    tried: list[ModelSpec] = []

    def count(spec: ModelSpec, content: bytes) -> None:
        tried.append(spec)

    monkeypatch.setattr(tflite, "probe", count)
    return tried


def test_a_shipped_network_is_not_tried_first(counted: list[ModelSpec], tmp_path: Path) -> None:
    assert ModelRegistry().spec("cnn3").sha256 in shipped_hashes()
    TfliteClassifier(ModelRegistry().spec("cnn3"), batch_sizes=(1,))
    assert counted == []
    TfliteClassifier(foreign(tmp_path, shipped() + b"\0"), batch_sizes=(1,))
    assert [spec.model_id for spec in counted] == ["foreign"]


def test_another_file_than_the_cards_never_reaches_litert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = foreign(tmp_path, shipped() + b"\0")
    spec.path.write_bytes(shipped() + b"\1")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("LiteRT saw it")

    monkeypatch.setattr(tflite, "interpreter_of", never)
    monkeypatch.setattr(tflite, "probe", never)
    with pytest.raises(ModelError, match="SHA-256 differs"):
        TfliteClassifier(spec)
    # Two models' files swapped are each the other's.
    for one, other in (("cnn3", "shallow"), ("shallow", "cnn3")):
        card = dict(ModelRegistry().spec(one).card)
        (tmp_path / card["file"]).write_bytes(ModelRegistry().spec(other).path.read_bytes())
        (tmp_path / f"{one}.json").write_text(json.dumps(card))
        with pytest.raises(ModelError, match="SHA-256 differs"):
            TfliteClassifier(ModelRegistry(tmp_path).spec(one))


def test_a_sound_foreign_network_is_tried_once_and_runs(tmp_path: Path, none_proven: None) -> None:
    spec = foreign(tmp_path, shipped() + b"\0")
    assert TfliteClassifier(spec, batch_sizes=(1,)).spec.model_id == "foreign"
    assert len(probing._proven) == 1


def truncations(content: bytes) -> st.SearchStrategy[bytes]:
    return st.integers(0, len(content) - 1).map(lambda length: content[:length])


def flips(content: bytes) -> st.SearchStrategy[bytes]:
    """A few bytes, more often in the flatbuffer's structure, which stands at both ends, than in its weights."""
    size = len(content)
    places = st.one_of(st.integers(0, 1999), st.integers(size - 8000, size - 1), st.integers(0, size - 1))

    def flipped(changes: dict[int, int]) -> bytes:
        damaged = bytearray(content)
        for place, value in changes.items():
            damaged[place] = value
        return bytes(damaged)

    return st.dictionaries(places, st.integers(0, 255), min_size=1, max_size=30).map(flipped)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(truncations(shipped()), flips(shipped()), st.just(b"\0\0\0\0TFL3" + b"\xff" * 500)))
def test_damaged_bytes_under_a_right_hash_run_or_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    sentence = ""
    try:
        TfliteClassifier(foreign(tmp_path, content), batch_sizes=(1,))
    except ModelError as error:
        sentence = str(error)
    assert not sentence or (sentence.startswith("The model") and sentence.endswith("."))


def child(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """What the probing process does instead of running the network."""
    program = folder / "child"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


@pytest.mark.skipif(os.name == "nt", reason="scripts of the shell")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("cat >/dev/null; kill -SEGV $$", "damaged or hostile: the process that tried it crashed"),
        ("kill -ABRT $$", "damaged or hostile: the process that tried it crashed"),
        ("exec sleep 30", "is not usable: it ran 0.2 seconds"),
        ("cat >/dev/null; echo no operator; exit 3", r"is not a network that LiteRT can run"),
    ],
)
def test_what_breaks_down_its_process_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, none_proven: None, script: str, said: str
) -> None:
    spec = foreign(tmp_path, shipped() + b"\0")
    child(tmp_path, monkeypatch, script)
    with pytest.raises(ModelError, match=said):
        probing.probe(spec, shipped(), timeout_s=0.2 if "sleep" in script else 60)
    assert not probing._proven


def test_without_a_python_to_run_it_the_network_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, none_proven: None
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(ModelError, match="could not be tried"):
        probing.probe(foreign(tmp_path, shipped() + b"\0"), shipped())
