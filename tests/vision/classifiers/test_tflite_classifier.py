import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.registry import ModelRegistry


@pytest.fixture(scope="module")
def classifier() -> TfliteClassifier:
    return TfliteClassifier(ModelRegistry().spec("fer-s"))


def random_inputs(n: int) -> np.ndarray:
    return np.random.default_rng(n).uniform(0, 255, (n, 48, 48, 1)).astype(np.float32)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 11, 40])
def test_any_number_of_faces_gives_a_distribution_each(classifier: TfliteClassifier, n: int) -> None:
    probabilities = classifier.predict(random_inputs(n))
    assert probabilities.shape == (n, 8)
    assert np.allclose(probabilities.sum(1), 1, atol=0.02)


def test_a_face_gets_the_same_alone_and_among_others(classifier: TfliteClassifier) -> None:
    inputs = random_inputs(11)
    together = classifier.predict(inputs)
    alone = np.concatenate([classifier.predict(face[None]) for face in inputs])
    assert np.allclose(together, alone, atol=1e-4)


def test_inputs_of_another_shape_are_refused(classifier: TfliteClassifier) -> None:
    with pytest.raises(ValueError, match=r"\(n, 48, 48, 1\), got \(1, 64, 64, 1\)"):
        classifier.predict(np.zeros((1, 64, 64, 1), np.float32))


def altered_card(folder: Path, content: bytes, **changes: object) -> ModelRegistry:
    """The shipped card with another network beside it, whose hash is right."""
    card = dict(ModelRegistry().spec("fer-s").card)
    # Of other classes than the card's own.
    card.pop("prior", None)
    card.update({"id": "altered", "file": "altered.tflite", "sha256": hashlib.sha256(content).hexdigest(), **changes})
    (folder / "altered.tflite").write_bytes(content)
    (folder / "altered.json").write_text(json.dumps(card))
    return ModelRegistry(folder)


def shipped() -> bytes:
    return ModelRegistry().spec("fer-s").path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"not a network", b"\0" * 5000])
def test_what_is_no_network_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ModelError, match=r"altered\.tflite"):
        TfliteClassifier(altered_card(tmp_path, content).spec("altered"))


def test_a_card_of_other_classes_or_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives 8 values a face, but its card names 2 classes"):
        TfliteClassifier(altered_card(tmp_path, shipped(), class_names=["happy", "sad"]).spec("altered"))
    shape = {"height": 64, "width": 64, "channels": 1}
    with pytest.raises(ModelError, match="takes pictures of shape"):
        TfliteClassifier(altered_card(tmp_path, shipped(), input=shape).spec("altered"))


def test_a_card_of_an_output_that_the_file_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has 2 outputs, but its card names number 3"):
        TfliteClassifier(altered_card(tmp_path, shipped(), output=2).spec("altered"))


def test_a_truncated_file_is_refused_by_its_hash(tmp_path: Path) -> None:
    registry = altered_card(tmp_path, shipped())
    (tmp_path / "altered.tflite").write_bytes(shipped()[:-100])
    with pytest.raises(ModelError, match="damaged"):
        TfliteClassifier(registry.spec("altered"))


def test_a_model_nobody_knows_is_refused_with_the_known() -> None:
    with pytest.raises(ModelError) as caught:
        ModelRegistry().spec("nobody")
    assert "fer-s" in caught.value.sentence()


def test_models_come_in_the_order_of_their_ids() -> None:
    ids = [spec.model_id for spec in ModelRegistry().specs()]
    assert ids == sorted(ids)
    assert {"fer-s", "fer-s-7"} <= set(ids)


def test_two_cards_of_one_file_read_an_output_each() -> None:
    registry = ModelRegistry()
    eight, seven = registry.spec("fer-s"), registry.spec("fer-s-7")
    assert eight.path == seven.path
    faces = random_inputs(3)
    for spec, classes in ((eight, 8), (seven, 7)):
        given = TfliteClassifier(spec, threads=1, batch_sizes=(2, 1)).predict(faces)
        assert given.shape == (3, classes)
        np.testing.assert_allclose(given.sum(1), 1, atol=1e-5)


def test_a_model_may_be_named_by_its_file(tmp_path: Path) -> None:
    altered_card(tmp_path, shipped())
    assert ModelRegistry().spec(str(tmp_path / "altered.tflite")).model_id == "altered"


def test_a_damaged_card_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    registry = altered_card(tmp_path, shipped())
    assert [spec.model_id for spec in registry.specs()] == ["altered"]
    assert len(registry.refused) == 1
    assert "bad.json" in registry.refused[0]


def test_one_face_is_timed_by_the_quickest_of_a_few_runs() -> None:
    times = iter([0.0, 0.0, 0.004, 0.004, 0.004, 0.007, 0.007, 0.007, 0.012, 0.021])
    timed = TfliteClassifier(ModelRegistry().spec("fer-s"), threads=1, batch_sizes=(2, 1), clock=lambda: next(times))
    assert timed.ms_a_face == pytest.approx(3.0)
    assert next(times, None) is None, "no run is begun after 20 ms"


def test_the_time_is_real(classifier: TfliteClassifier) -> None:
    assert 0.01 < classifier.ms_a_face < 1000
    assert 0.01 < classifier.time_face() < 1000


def test_a_later_timing_is_of_one_run_of_one_face_after_another() -> None:
    now = [0.0]
    timed = TfliteClassifier(ModelRegistry().spec("fer-s"), threads=1, batch_sizes=(2, 1), clock=lambda: now[0])
    ran: list[tuple[int, ...]] = []
    last = timed._runners[-1]
    run = last.run

    def slow(inputs: np.ndarray) -> np.ndarray:
        ran.append(inputs.shape)
        now[0] += 0.05 if len(ran) == 1 else 0.002
        return run(inputs)

    last.run = slow  # type: ignore[method-assign]
    assert timed.time_face() == pytest.approx(2.0)
    assert [shape[0] for shape in ran] == [1, 1]
    timed.close()
    assert timed.time_face() == 0.0
