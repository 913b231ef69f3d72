"""Networks that others trained: on other values than 0 to 255, with another last layer, for a fixed number of faces."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers import tflite
from realtime_fer.vision.classifiers.behaviour import better_input
from realtime_fer.vision.classifiers.outputs import activated
from realtime_fer.vision.classifiers.sample_pictures import pictures
from realtime_fer.vision.classifiers.suggestions import input_for_range, usual_inputs
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.classifiers.values import as_trained, from_tensor, range_of, to_tensor
from realtime_fer.vision.registry import ModelRegistry
from tests.networks import BRIGHTNESS_BIAS, STEPS_OF_0_TO_1, brightness, tiny_network
from train.measure.predictor_factory import create_predictor

SIDE = 8
SCALE = 1 / 255


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of these tests' own making need no process of their own."""
    monkeypatch.setattr(tflite, "probe", lambda *_: None)


def pair(folder: Path, content: bytes, channels: int = 1, **changes: Any) -> ModelSpec:
    """The files of a model, written; ``input`` adds to its card's own input."""
    card: dict[str, Any] = {
        "schema": 1,
        "id": "theirs",
        "name": "Theirs",
        "file": "theirs.tflite",
        "sha256": hashlib.sha256(content).hexdigest(),
        "class_names": ["neutral", "happy", "sad"],
        "crop": {},
        **changes,
        "input": {"height": SIDE, "width": SIDE, "channels": channels, **changes.get("input", {})},
    }
    (folder / "theirs.tflite").write_bytes(content)
    (folder / "theirs.json").write_text(json.dumps(card))
    return read_model_spec(folder / "theirs.json")


def faces(count: int = 5, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (count, SIDE, SIDE, channels)).astype(np.float32)


def expected(inputs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The logits of ``tiny_network`` for what it is given."""
    rows = inputs.reshape(len(inputs), weights[0].size)
    return rows @ weights.reshape(len(weights), -1).T + np.array(BRIGHTNESS_BIAS)


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def test_a_network_of_0_to_1_gets_them(tmp_path: Path) -> None:
    weights = brightness(SIDE)
    spec = pair(tmp_path, tiny_network(weights, BRIGHTNESS_BIAS), input={"scale": SCALE})
    given = TfliteClassifier(spec, threads=1).predict(faces(11))
    np.testing.assert_allclose(given, softmax(expected(faces(11) / 255, weights)), atol=1e-4)


def test_each_channel_has_its_own_mean_and_deviation(tmp_path: Path) -> None:
    weights = brightness(SIDE, channels=3)
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    content = tiny_network(weights, BRIGHTNESS_BIAS)
    spec = pair(tmp_path, content, channels=3, input={"scale": SCALE, "mean": mean, "std": std})
    given = TfliteClassifier(spec, threads=1, batch_sizes=(2, 1)).predict(faces(3, channels=3))
    np.testing.assert_allclose(given, softmax(expected((faces(3, 3) / 255 - mean) / std, weights)), atol=1e-4)


@pytest.mark.parametrize("kind", ["int8", "uint8"])
def test_a_quantised_input_gets_the_same_faces_in_its_own_steps(tmp_path: Path, kind: str) -> None:
    weights = brightness(SIDE)
    content = tiny_network(weights, BRIGHTNESS_BIAS, kind=kind, steps=STEPS_OF_0_TO_1[kind])
    spec = pair(tmp_path, content, input={"scale": SCALE})
    given = TfliteClassifier(spec, threads=1, batch_sizes=(4, 1)).predict(faces())
    np.testing.assert_allclose(given, softmax(expected(faces() / 255, weights)), atol=1e-3)


def test_whole_numbers_without_steps_are_the_values_themselves(tmp_path: Path) -> None:
    weights = brightness(SIDE, most=255)
    spec = pair(tmp_path, tiny_network(weights, BRIGHTNESS_BIAS, kind="uint8"))
    given = TfliteClassifier(spec, threads=1, batch_sizes=(4, 1)).predict(faces())
    np.testing.assert_allclose(given, softmax(expected(faces(), weights)), atol=1e-4)


def test_what_a_tensor_cannot_hold_is_clipped() -> None:
    details = {"dtype": np.int8, "quantization": (0.01, 0)}
    assert range_of(details) == pytest.approx((-1.28, 1.27))
    held = to_tensor(np.array([-9, -1.28, 0, 0.014, 1.27, 9], np.float32), details)
    assert held.tolist() == [-128, -128, 0, 1, 127, 127]
    np.testing.assert_allclose(from_tensor(held, details), [-1.28, -1.28, 0, 0.01, 1.27, 1.27], atol=1e-6)


def test_plain_values_are_not_copied() -> None:
    values = faces()
    assert as_trained(values, InputSpec(SIDE, SIDE)) is values


@pytest.mark.parametrize(
    ("kind", "steps", "line"),
    [
        ("int8", (1 / 255, -128), '"scale": 0.00392156862745098}'),
        ("uint8", (1 / 255, 0), '"scale": 0.00392156862745098}'),
        ("int8", (1 / 127.5, 0), '"scale": 0.00784313725490196, "mean": 1.0}'),
        ("int8", (0.99, 0), '"mean": 128.0}'),
    ],
)
def test_a_quantised_input_of_other_values_is_refused_with_the_line_that_lacks(
    tmp_path: Path, kind: str, steps: tuple[float, int], line: str
) -> None:
    content = tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, kind=kind, steps=steps)
    with pytest.raises(ModelError) as caught:
        TfliteClassifier(pair(tmp_path, content), batch_sizes=(1,))
    sentence = caught.value.sentence()
    assert "and this program gives it 0 to 255" in sentence
    assert line in sentence
    assert f"run: realtime-fer models --check {tmp_path / 'theirs.tflite'}" in sentence
    # Written into the card, the line is all that lacked.
    entry = json.loads("{" + sentence[sentence.index('"input"') : sentence.index(" to its card")] + "}")
    TfliteClassifier(pair(tmp_path, content, **entry), batch_sizes=(1,))


def test_values_too_small_for_the_tensors_steps_are_refused(tmp_path: Path) -> None:
    content = tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, kind="int8", steps=(1, -128))
    with pytest.raises(ModelError, match="takes values of 0 to 255, and this program gives it 0 to 1") as caught:
        TfliteClassifier(pair(tmp_path, content, input={"scale": SCALE}), batch_sizes=(1,))
    assert '"input": {"height": 8, "width": 8, "channels": 1} to its card' in caught.value.sentence()


@pytest.mark.parametrize(
    ("low", "high", "numbers"),
    [
        (0.0, 0.97, (1 / 255, 0.0, 1.0)),
        (-1.01, 1.0, (1 / 127.5, 1.0, 1.0)),
        (0.0, 255.0, (1.0, 0.0, 1.0)),
        (-2.12, 2.64, (1 / 255, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))),
        (-4.0, 6.2, (0.04, 4.0, 1.0)),
    ],
)
def test_a_range_tells_how_pixels_are_meant(low: float, high: float, numbers: Any) -> None:
    found = input_for_range(InputSpec(SIDE, SIDE, 3), low, high)
    assert found is not None
    for part, wanted in zip((found.scale, found.mean, found.std), numbers, strict=True):
        assert part == pytest.approx(wanted)


def test_a_range_without_bounds_tells_nothing() -> None:
    assert input_for_range(InputSpec(), -np.inf, np.inf) is None
    assert len(usual_inputs(InputSpec(channels=3))) > len(usual_inputs(InputSpec()))


@pytest.mark.parametrize(("activation", "last"), [("logits", ""), ("sigmoid", "sigmoid")])
def test_logits_and_sigmoids_become_probabilities_where_the_card_says_so(
    tmp_path: Path, activation: str, last: str
) -> None:
    weights = brightness(SIDE)
    content = tiny_network(weights, BRIGHTNESS_BIAS, activation=last)
    spec = pair(tmp_path, content, input={"scale": SCALE}, activation=activation)
    given = TfliteClassifier(spec, threads=1, batch_sizes=(2, 1)).predict(faces())
    logits = expected(faces() / 255, weights)
    sigmoids = 1 / (1 + np.exp(-logits))
    wanted = softmax(logits) if activation == "logits" else sigmoids / sigmoids.sum(1, keepdims=True)
    np.testing.assert_allclose(given, wanted, atol=1e-4)
    np.testing.assert_allclose(given.sum(1), 1, atol=1e-5)


@pytest.mark.parametrize(("line", "last"), [("logits", ""), ("sigmoid", "sigmoid")])
def test_where_the_card_does_not_the_line_is_named(tmp_path: Path, line: str, last: str) -> None:
    content = tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, activation=last)
    with pytest.raises(ModelError) as caught:
        TfliteClassifier(pair(tmp_path, content, input={"scale": SCALE}), batch_sizes=(1,))
    sentence = caught.value.sentence()
    assert f'add "activation": "{line}" to its card' in sentence
    assert f"run: realtime-fer models --check {tmp_path / 'theirs.tflite'}" in sentence


def test_logits_of_any_size_give_finite_probabilities() -> None:
    huge = np.array([[3e38, -3e38, 0], [-1e4, -1e4, -1e4]], np.float32)
    np.testing.assert_allclose(activated(huge, "logits"), [[1, 0, 0], [1 / 3] * 3], atol=1e-6)


def test_sigmoids_that_are_all_0_favour_none() -> None:
    values = np.array([[0, 0, 0, 0], [0.2, 0.2, 0.4, 0]], np.float32)
    np.testing.assert_allclose(activated(values, "sigmoid"), [[0.25] * 4, [0.25, 0.25, 0.5, 0]], atol=1e-6)


def test_logits_under_a_card_of_sigmoids_are_refused(tmp_path: Path) -> None:
    content = tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, activation="")
    with pytest.raises(ModelError) as caught:
        TfliteClassifier(pair(tmp_path, content, activation="sigmoid"), batch_sizes=(1,))
    assert '"activation": "logits"' in caught.value.sentence()


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_a_network_of_a_fixed_number_of_faces_answers_for_any(tmp_path: Path, batch: int, count: int) -> None:
    weights = brightness(SIDE)
    content = tiny_network(weights, BRIGHTNESS_BIAS, batch=batch, fixed=True)
    classifier = TfliteClassifier(pair(tmp_path, content, input={"scale": SCALE}), threads=1)
    given = classifier.predict(faces(count))
    np.testing.assert_allclose(given, softmax(expected(faces(count) / 255, weights)), atol=1e-4)
    assert classifier.ms_a_face > 0


def test_a_fixed_number_that_is_too_large_is_refused(tmp_path: Path) -> None:
    content = tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, batch=65, fixed=True)
    with pytest.raises(ModelError) as caught:
        TfliteClassifier(pair(tmp_path, content))
    assert "it takes 65 faces at once" in caught.value.sentence()


@pytest.mark.parametrize("fixed", [False, True])
def test_evaluation_sees_what_the_window_sees(tmp_path: Path, fixed: bool) -> None:
    content = tiny_network(brightness(SIDE), BRIGHTNESS_BIAS, activation="", fixed=fixed)
    spec = pair(tmp_path, content, input={"scale": SCALE}, activation="logits")
    there = create_predictor(tmp_path / "theirs.tflite", threads=1, batch=4).predict(faces(7))
    np.testing.assert_allclose(there, TfliteClassifier(spec, threads=1).predict(faces(7)), atol=1e-5)


@pytest.mark.parametrize("last", ["softmax", "logits", "sigmoid"])
def test_a_network_that_seems_to_be_given_other_values_than_its_own_is_doubted(tmp_path: Path, last: str) -> None:
    weights = brightness(24)
    content = tiny_network(weights, BRIGHTNESS_BIAS, activation="" if last == "logits" else last)
    size = {"height": 24, "width": 24}
    warning = TfliteClassifier(pair(tmp_path, content, input=size, activation=last), batch_sizes=(1,)).warning
    assert '"scale": 0.00392156862745098} to its card' in warning
    assert f"run: realtime-fer models --check {tmp_path / 'theirs.tflite'}" in warning
    mended = pair(tmp_path, content, input={**size, "scale": SCALE}, activation=last)
    assert TfliteClassifier(mended, batch_sizes=(4, 1)).warning == ""


@pytest.mark.parametrize("model_id", ["cnn3", "deep", "icml2013", "shallow"])
def test_a_trained_network_of_0_to_1_is_known_by_what_it_says_of_0_to_255(model_id: str) -> None:
    classifier = TfliteClassifier(ModelRegistry().spec(model_id), threads=1, batch_sizes=(4, 1))
    shown, plain = pictures(InputSpec()), InputSpec()

    def as_it_is(kind: InputSpec) -> np.ndarray:
        return classifier._values(shown, kind)

    def as_one_of_0_to_1(kind: InputSpec) -> np.ndarray:
        return classifier._values(as_trained(shown, kind) * 255, plain)

    assert better_input(as_it_is, plain) is None
    assert better_input(as_one_of_0_to_1, plain) == InputSpec(scale=SCALE)
