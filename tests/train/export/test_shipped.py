"""Every network in ``weights/`` is the one that was trained, and its card says what was measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from train.predictors import TflitePredictor

CHECKOUT = Path(__file__).resolve().parents[3]
CARDS = sorted((CHECKOUT / "weights").glob("*.json"))

#: All networks together must stay small enough to be installed with the program.
MOST_BYTES = 26_000_000

#: Faces of PublicTest by its labels: all of them, and those with a majority of FER+'s votes.
PUBLIC_TEST = {"emotion": 3587, "ferplus": 3199}


@pytest.fixture(scope="module", params=CARDS, ids=lambda path: path.stem)
def spec(request: pytest.FixtureRequest) -> ModelSpec:
    return read_model_spec(request.param)


def test_golden_faces_give_what_the_trained_network_gave(spec: ModelSpec) -> None:
    golden = np.load(CHECKOUT / "tests" / "train" / "golden" / f"{spec.model_id}.npz")
    exact = spec.card["precision"] in ("float32", "float16")
    tolerance = 1e-3 if exact else spec.card["parity"]["tolerance"]
    assert len(golden["faces"]) >= 32
    inputs = golden["faces"][..., None].astype(np.float32)
    for batch in (1, 2, 4, 8):
        predictor = TflitePredictor(spec.verify_file(), spec.class_names, spec.input, 1, batch, spec.output)
        given = predictor.predict(inputs)
        np.testing.assert_allclose(given, golden["probabilities"], atol=tolerance, rtol=0)
        np.testing.assert_allclose(given.sum(1), 1, atol=1e-5)


def test_the_card_says_what_was_measured(spec: ModelSpec) -> None:
    card = spec.card
    assert card["file_bytes"] == spec.path.stat().st_size
    for figures in card["metrics"].values():
        assert sum(figures["support"].values()) == figures["n"]
        if "confusion" in figures:
            counts = np.array(figures["confusion"]["counts"])
            assert counts.sum() == figures["n"]
            assert np.trace(counts) / counts.sum() == pytest.approx(figures["accuracy"], abs=1e-5)
            rows = dict(zip(figures["confusion"]["classes"], counts.sum(1).tolist(), strict=True))
            assert rows == figures["support"]
    first = next(iter(card["metrics"].values()))
    assert first["n"] + first.get("left_out", 0) == PUBLIC_TEST[first.get("labels_as", "emotion")]
    assert 0.1 < card["temperature"] < 5
    assert card["parity"]["max_abs_difference"] <= card["parity"].get("tolerance", 1e-3)
    assert set(spec.crops) == {"mediapipe", "haar"}
    assert spec.crop_for("mediapipe").min_tilt_degrees == 10
    assert any("5(1)(f)" in use for use in card["excluded_use"])
    assert card["recipe"]["seed"] == card["seed"]
    assert card["data"]["n"] > 0
    assert card["data"]["licence"]


def test_all_networks_together_are_small() -> None:
    assert CARDS, "there is no network in weights/"
    assert sum(path.stat().st_size for path in (CHECKOUT / "weights").iterdir() if path.is_file()) <= MOST_BYTES
