import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime_fer.core.cards import model_spec
from realtime_fer.core.cards.model_input import CropSpec
from realtime_fer.core.cards.model_spec import one_line, read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.core.text.translation import in_language

CARD: dict[str, Any] = {
    "schema": 1,
    "id": "tiny",
    "name": "Tiny",
    "file": "tiny.tflite",
    "sha256": hashlib.sha256(b"network").hexdigest(),
    "input": {"height": 48, "width": 48, "channels": 1},
    "class_names": ["happy", "sad"],
    "crop": {"haar": {"scale": 0.9, "shift_y": 0.05}},
    "data": {"name": "FER2013", "licence": "research", "n": 3},
    "metrics": {"PublicTest": {"accuracy": 0.66, "n": 3587}},
}


def write(folder: Path, **changes: Any) -> Path:
    path = folder / "tiny.json"
    path.write_text(json.dumps({**CARD, **changes}), encoding="utf-8")
    return path


def test_a_card_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "tiny.tflite").write_bytes(b"network")
    spec = read_model_spec(write(tmp_path))
    assert spec.class_names == ("happy", "sad")
    assert spec.crop_for("haar") == CropSpec(0.9, 0.0, 0.05, None)
    assert spec.crop_for("another") == CropSpec()
    assert spec.verify_file() == b"network"
    assert "66.0% on FER2013 PublicTest (N 3587)" in spec.summary()


def test_a_summary_says_a_speed_only_where_one_was_measured(tmp_path: Path) -> None:
    spec = read_model_spec(write(tmp_path))
    assert "a face" not in spec.summary()
    assert spec.summary(2.345).splitlines()[-1] == "2.3 ms per face on this computer"
    assert spec.summary(0.345).splitlines()[-1] == "0.34 ms per face on this computer"


def test_a_split_may_be_of_another_data_set(tmp_path: Path) -> None:
    spec = read_model_spec(write(tmp_path, metrics={"validation": {"accuracy": 0.5, "n": 7, "dataset": "muxspace"}}))
    assert spec.accuracies() == [(0.5, "muxspace validation (N 7)")]


@pytest.mark.parametrize(
    ("text", "line"),
    [("two\nlines\x1b[2J", "two lines [2J"), ("x" * 200, "x" * 89 + "…"), ("\u202eabc\ud800", "abc"), (5, "5")],
)
def test_a_cards_text_becomes_one_printable_line(text: object, line: str) -> None:
    assert one_line(text) == line


def test_another_file_than_the_cards_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tiny.tflite").write_bytes(b"something else")
    with pytest.raises(ModelError, match="damaged"):
        read_model_spec(write(tmp_path)).verify_file()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema": 2}, "schema"),
        ({"class_names": ["happy", "cross"]}, "cross"),
        ({"class_names": ["happy"]}, "class_names"),
        ({"class_names": ["happy", "happy"]}, "class_names"),
        ({"file": "../tiny.tflite"}, "plain file name"),
        ({"input": {"height": 48, "width": 48}}, "channels"),
        ({"input": {"height": 0, "width": 48, "channels": 1}}, "input.height"),
        ({"crop": {"haar": {"scale": float("nan")}}}, "crop.haar.scale"),
        ({"crop": {"haar": {"scale": True}}}, "crop.haar.scale"),
        ({"metrics": {"PublicTest": {"accuracy": 66}}}, "accuracy"),
        ({"sha256": 5}, "sha256"),
    ],
)
def test_an_impossible_entry_is_refused_by_name(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        read_model_spec(write(tmp_path, **changes))


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps({key: value for key, value in CARD.items() if key != "class_names"}))
    with pytest.raises(ModelError, match="no entry 'class_names'"):
        read_model_spec(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(key=st.sampled_from(sorted(CARD)), value=json_values)
def test_a_hostile_entry_never_raises_anything_else(tmp_path: Path, key: str, value: Any) -> None:
    path = write(tmp_path, **{key: value})
    with contextlib.suppress(ModelError):
        read_model_spec(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 100000])
def test_what_is_no_card_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(ModelError):
        read_model_spec(path)


def hostile_names() -> list[str]:
    return ["..", "a\0b", "a\nb", "sub/x.tflite", "/etc/passwd", "\u202etxt.tflite", ""]


@pytest.mark.parametrize("name", hostile_names())
def test_a_file_beside_the_card_and_nothing_else_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match="'file'"):
        read_model_spec(write(tmp_path, file=name))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(places=st.dictionaries(st.integers(0, 10_000), st.integers(0, 255), max_size=6), cut=st.integers(0, 10_000))
def test_a_card_with_flipped_or_missing_bytes_is_read_or_refused(
    tmp_path: Path, places: dict[int, int], cut: int
) -> None:
    content = bytearray(json.dumps(CARD).encode())
    for place, value in places.items():
        content[place % len(content)] = value
    path = tmp_path / "tiny.json"
    path.write_bytes(bytes(content[: len(content) - cut % len(content) if cut % 3 == 0 else None]))
    with contextlib.suppress(ModelError):
        spec = read_model_spec(path)
        spec.summary()
        with contextlib.suppress(ModelError):
            spec.verify_file()


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    path = write(tmp_path)
    spec = read_model_spec(path)
    spec.path.mkdir()
    with pytest.raises(ModelError, match="not an ordinary file"):
        spec.verify_file()
    if hasattr(os, "mkfifo"):
        # Reading a pipe that nobody writes to never ends.
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(ModelError, match="not an ordinary file"):
            read_model_spec(path)


def test_files_larger_than_any_that_is_meant_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path)
    spec = read_model_spec(path)
    spec.path.write_bytes(b"x" * 2000)
    monkeypatch.setattr(model_spec, "MAX_MODEL_BYTES", 1999)
    with pytest.raises(ModelError, match="larger than 1999 bytes"):
        spec.verify_file()
    monkeypatch.setattr(model_spec, "MAX_CARD_BYTES", 10)
    with pytest.raises(ModelError, match="larger than 10 bytes"):
        read_model_spec(path)


def test_without_more_words_pixels_come_in_as_they_are(tmp_path: Path) -> None:
    spec = read_model_spec(write(tmp_path))
    assert spec.input.plain
    assert spec.input.spans() == [(0, 255)]
    assert spec.activation == "softmax"


def test_what_a_pixel_is_turned_into_may_differ_by_channel(tmp_path: Path) -> None:
    shape = {"height": 48, "width": 48, "channels": 3, "scale": 1 / 255, "mean": [0.0, 0.5, 1.0], "std": [1, 0.5, 0.25]}
    spec = read_model_spec(write(tmp_path, input=shape, activation="logits"))
    assert spec.activation == "logits"
    assert not spec.input.plain
    assert spec.input.spans() == [pytest.approx(span) for span in ((0, 1), (-1, 1), (-4, 0))]
    assert hash(spec.input) == hash(read_model_spec(write(tmp_path, input=shape)).input)


def test_a_summary_is_in_the_persons_language(tmp_path: Path) -> None:
    metrics = {"PublicTest by FER+ majority": {"accuracy": 0.66, "n": 3199}}
    spec = read_model_spec(write(tmp_path, metrics=metrics))
    with in_language("de"):
        assert "66,0\u00a0% auf FER2013 PublicTest nach der Mehrheit von FER+ (N 3199)" in spec.summary()
    assert "66.0% on FER2013 PublicTest by FER+ majority (N 3199)" in spec.summary()
