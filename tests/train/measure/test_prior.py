"""``train prior``: what of a network's prior is taken back, chosen and written into its card."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.cards.model_figures import COMPARED_SPLIT
from realtime_fer.core.cards.model_spec import AT_STANDARD, read_model_spec
from tests.train.made_up import write_fer2013
from train.__main__ import main
from train.measure.prior import MAX_LOSS, choose, ece_interval, fit_prior, largest_ece, mean_prediction, strengths

NAMES = ("neutral", "happy", "sad")


def shy_network(n: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of one that prefers neutral, and labels of faces of which every sixth is sad."""
    random = np.random.default_rng(3)
    labels = random.choice(3, n, p=(0.5, 0.33, 0.17))
    logits = random.normal(0, 1, (n, 3))
    logits[np.arange(n), labels] += 2.5
    logits += np.log((0.7, 0.29, 0.01))
    raised = np.exp(logits)
    return (raised / raised.sum(1, keepdims=True)).astype(np.float32), labels


def test_the_chosen_strength_gains_balance_at_little_accuracy() -> None:
    probabilities, labels = shy_network()
    found = strengths(probabilities, labels, NAMES)
    chosen = choose(found)
    assert found[0].tau == 0
    assert chosen.tau > 0
    assert chosen.figures["balanced_accuracy"] > found[0].figures["balanced_accuracy"] + 0.02
    assert chosen.figures["accuracy"] >= found[0].figures["accuracy"] - MAX_LOSS
    better = [one for one in found if one.chosen_by > chosen.chosen_by]
    most = largest_ece(found)
    lost = found[0].figures["accuracy"] - MAX_LOSS
    assert all(one.figures["accuracy"] < lost or one.figures["ece"] > most for one in better)
    assert chosen.figures["ece"] <= most, "the temperature is fitted anew"


def test_a_network_without_a_preference_keeps_its_answers() -> None:
    random = np.random.default_rng(1)
    labels = np.arange(3000) % 3
    probabilities = np.full((3000, 3), 0.1, np.float32)
    probabilities[np.arange(3000), np.where(random.random(3000) < 0.8, labels, (labels + 1) % 3)] = 0.8
    entry, _ = fit_prior(probabilities, labels, NAMES, "made-up faces")
    assert entry["standard"]["tau"] == 0
    assert sum(entry["probabilities"].values()) == pytest.approx(1)
    assert entry["higher"]["tau"] == pytest.approx(0.3)
    assert entry["fitted_on"] == "made-up faces"


def test_the_prior_is_the_mean_prediction_and_never_nothing() -> None:
    prior = mean_prediction(np.array([[1, 0, 0], [0.5, 0.5, 0]], np.float32))
    assert prior == pytest.approx((0.75, 0.25, 0), abs=1e-4)
    assert min(prior) > 0


def test_the_interval_has_the_figure_of_a_calibrated_network_near_nothing() -> None:
    low, high = ece_interval(*shy_network(500))
    assert 0 <= low < high < 0.3


def test_the_command_writes_it_into_the_card_and_nothing_else(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("fer-xs.tflite", "fer-xs.json"):
        shutil.copy(checkout / "weights" / name, tmp_path / name)
    before = json.loads((tmp_path / "fer-xs.json").read_text(encoding="utf-8"))
    before.pop("prior", None)
    (tmp_path / "fer-xs.json").write_text(json.dumps(before), encoding="utf-8")
    data = write_fer2013(tmp_path / "fer2013")
    assert main(["prior", "--weights", str(tmp_path / "fer-xs.tflite"), "--data", str(data), "--threads", "1"]) == 0
    told = capsys.readouterr().out
    assert "tau 0.00" in told
    assert "tau 1.00" in told
    after = json.loads((tmp_path / "fer-xs.json").read_text(encoding="utf-8"))
    prior = after.pop("prior")
    assert list(prior) == ["probabilities", "standard", "higher", "fitted_on"]
    assert after == before
    spec = read_model_spec(tmp_path / "fer-xs.json")
    assert spec.prior is not None
    assert spec.prior.fitted_on == prior["fitted_on"]


@pytest.mark.parametrize("has_votes", [True, False])
def test_a_network_of_the_labels_is_measured_by_the_votes_too(checkout: Path, tmp_path: Path, has_votes: bool) -> None:
    for name in ("fer-xs.tflite", "fer-xs-7.json"):
        shutil.copy(checkout / "weights" / name, tmp_path / name)
    card = tmp_path / "fer-xs-7.json"
    shipped = read_model_spec(card).metrics[COMPARED_SPLIT][AT_STANDARD]
    data = write_fer2013(tmp_path / "fer2013")
    if not has_votes:
        labels = data / "labels.csv"
        rows = [line.split(",")[:3] for line in labels.read_text(encoding="utf-8").splitlines()]
        labels.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    assert main(["prior", "--weights", str(card), "--data", str(data), "--threads", "1"]) == 0
    figures = read_model_spec(card).metrics[COMPARED_SPLIT]
    assert (AT_STANDARD in figures) == has_votes
    if has_votes:
        assert figures[AT_STANDARD]["n"] == 14 != shipped["n"]


def test_evaluate_tells_what_the_program_shows_at_a_sensitivity(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("fer-xs.tflite", "fer-xs.json"):
        shutil.copy(checkout / "weights" / name, tmp_path / name)
    path = tmp_path / "fer-xs.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    # Of made-up faces the network says neutral; one that is said to expect just that says it less often.
    shares = {name: 0.986 if name == "neutral" else 0.002 for name in card["class_names"]}
    card["prior"] = {"probabilities": shares, "standard": {"tau": 2.0}}
    path.write_text(json.dumps(card), encoding="utf-8")
    data = write_fer2013(tmp_path / "fer2013")
    words = ["evaluate", "--weights", str(tmp_path / "fer-xs.tflite"), "--data", str(data), "--usage", "PublicTest"]

    def neutral(*more: str) -> int:
        assert main([*words, "--threads", "1", "--json", *more]) == 0
        confusion = json.loads(capsys.readouterr().out)["confusion"]
        column = confusion["classes"].index("neutral")
        return sum(row[column] for row in confusion["counts"])

    assert neutral("--sensitivity", "standard") < neutral()
    card.pop("prior")
    path.write_text(json.dumps(card), encoding="utf-8")
    assert main([*words, "--sensitivity", "standard"]) == 2
    assert "has no card with a prior" in capsys.readouterr().err
