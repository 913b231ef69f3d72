"""Own expressions: what is learned of samples, what is refused, and the file that keeps them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.errors import OwnExpressionsError
from realtime_fer.core.face_features.movements import mirrored_measures
from realtime_fer.core.own_expressions.learning import learned
from realtime_fer.core.own_expressions.model import LEAST_APART, learn, learn_file, refuse_indistinct
from realtime_fer.core.own_expressions.taught import (
    MOST_EXPRESSIONS,
    Network,
    OwnExpressions,
    read_kept_expressions,
    read_own_expressions,
)
from tests.core.own_expressions.made_up import SKEPTICAL, SMIRK, samples, taught


def values_of(own: OwnExpressions, moved: dict[str, float], **how: Any) -> np.ndarray:
    """Mean values of another five seconds."""
    model = learn(own)
    assert model is not None
    seen = samples(moved, seed=99)
    return model.values(seen.measures, seen.probabilities, "", **how).mean(axis=0)


def test_each_expression_is_found_in_other_seconds_and_nothing_in_a_neutral_face() -> None:
    own = taught("Skeptical", "Smirk")
    assert values_of(own, SKEPTICAL)[0] > 0.8 > 0.1 > values_of(own, SKEPTICAL)[1]
    assert values_of(own, SMIRK)[1] > 0.8 > 0.1 > values_of(own, SMIRK)[0]
    assert values_of(own, {}).max() < 0.1


def test_what_was_never_taught_is_called_by_no_name() -> None:
    far = {"mouth_open": 0.6, "smile": 0.3, "eyes_wide": 0.06}
    assert values_of(taught("Skeptical", "Smirk"), far).max() < 0.1


def test_one_side_is_told_from_the_other_and_a_mirror_is_turned_back() -> None:
    own, other_brow = taught("Skeptical"), {"right_inner_brow": 0.12, "right_outer_brow": 0.1}
    assert values_of(own, other_brow)[0] < 0.3
    model, seen = learn(own), samples(SKEPTICAL, seed=7)
    assert model is not None
    as_seen = model.values(mirrored_measures(seen.measures), seen.probabilities, "", mirrored=True)
    assert as_seen.mean() > 0.8


def test_a_face_that_is_not_known_has_no_value() -> None:
    model = learn(taught("Skeptical"))
    assert model is not None
    assert np.isnan(model.values(np.full((1, 18), np.nan, np.float32), np.zeros((1, 0), np.float32), "")).all()
    assert model.values(np.zeros((0, 18), np.float32), np.zeros((0, 0), np.float32), "").shape == (0, 1)


def test_the_network_counts_only_where_all_samples_are_of_the_one_that_runs() -> None:
    network = Network("abc", ("neutral", "happy"))
    own = OwnExpressions().with_neutral(samples(network=network))
    both = own.with_taught("Skeptical", samples(SKEPTICAL, 1, network))
    mixed = own.with_taught("Skeptical", samples(SKEPTICAL, 1))
    learned_of_both, of_mixed = learn(both), learn(mixed)
    assert learned_of_both is not None
    assert of_mixed is not None
    assert learned_of_both.by_both is not None
    assert of_mixed.by_both is None
    seen, odd = samples(SKEPTICAL, 5, network), np.tile(np.float32([0.0, 1.0]), (80, 1))
    assert learned_of_both.values(seen.measures, odd, "abc").mean() < 0.2
    assert learned_of_both.values(seen.measures, odd, "another").mean() > 0.8


def test_blocks_of_time_are_left_out_and_not_single_frames() -> None:
    """Each second is another face: neighbours tell of it, other seconds do not."""
    random = np.random.default_rng(3)
    times = np.arange(80) / 16

    def restless(seed: int) -> np.ndarray:
        places = np.random.default_rng(seed).normal(0, 3, (5, 6))
        return (places[np.floor(times).astype(int)] + random.normal(0, 0.05, (80, 6))).astype(np.float32)

    _, left_out = learned([restless(1), restless(2)], [times, times])
    assert left_out.frames == 160
    assert left_out.apart[0, 1] < 0.8


def test_what_cannot_be_told_apart_is_refused_with_the_reason() -> None:
    model = learn(taught("Skeptical").with_taught("Nothing", samples({}, seed=8)))
    assert model is not None
    refuse_indistinct(model, "Skeptical")
    with pytest.raises(OwnExpressionsError, match="'Nothing' cannot be told apart from your neutral face"):
        refuse_indistinct(model, "Nothing")
    # Held otherwise, the same face is another one in every frame, and yet the same.
    model = learn(taught().with_taught("Held otherwise", samples(dict.fromkeys(SKEPTICAL, 0.017), seed=8)))
    assert model is not None
    assert model.left_out.apart[0, 1] > LEAST_APART
    with pytest.raises(OwnExpressionsError, match="neutral face"):
        refuse_indistinct(model, "Held otherwise")
    model = learn(taught("Skeptical").with_taught("Doubtful", samples(SKEPTICAL, seed=8)))
    assert model is not None
    with pytest.raises(OwnExpressionsError, match="cannot be told apart from 'Skeptical'"):
        refuse_indistinct(model, "Doubtful")


def test_without_a_neutral_face_or_an_expression_nothing_is_learned() -> None:
    assert learn(OwnExpressions()) is None
    assert learn(taught()) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "Give the expression a name"),
        ("x" * 25, "too long"),
        ("Happy", "choose another name"),
        ("sKEPTICAL", "There is an own expression"),
    ],
)
def test_names_that_cannot_be_used_are_refused(name: str, sentence: str) -> None:
    with pytest.raises(OwnExpressionsError, match=sentence):
        taught("Skeptical").checked_name(name)


def test_there_are_eight_at_most() -> None:
    own = taught()
    for number in range(MOST_EXPRESSIONS):
        own = own.with_taught(f"Mine {number}", samples())
    with pytest.raises(OwnExpressionsError, match="delete one"):
        own.with_taught("One more", samples())
    assert own.with_taught("Mine 3", samples()).names == own.names


def test_slugs_are_plain_and_never_alike() -> None:
    own = taught().with_taught("Näive  Smile!", samples()).with_taught("naive smile", samples())
    own = own.with_taught("笑顔", samples())
    assert own.slugs == ("naive_smile", "naive_smile_2", "expression")
    assert own.renamed("naive smile", "Größe").slugs == ("naive_smile", "grosse", "expression")
    assert own.without("笑顔").names == ("Näive Smile!", "naive smile")


def test_the_file_gives_back_what_was_taught(tmp_path: Path) -> None:
    own = taught("Skeptical", "Smirk")
    path = tmp_path / "own.json"
    path.write_bytes(own.as_json())
    again = read_own_expressions(path)
    assert again.names == own.names
    assert again.sha256 == own.sha256
    assert again.as_json() == own.as_json()


def change(edit: Callable[[dict[str, Any]], object]) -> bytes:
    entries = json.loads(taught("Skeptical").as_json())
    edit(entries)
    return json.dumps(entries).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b'"text"',
        b"{}",
        b"\xff\xfe",
        change(lambda entries: entries.update(kind="other")),
        change(lambda entries: entries.update(version="1")),
        change(lambda entries: entries.update(version=0)),
        change(lambda entries: entries.update(measures=["one"])),
        change(lambda entries: entries.update(neutral=None)),
        change(lambda entries: entries.update(expressions={})),
        change(lambda entries: entries["expressions"].append(entries["expressions"][0])),
        change(lambda entries: entries["expressions"][0].update(name=7)),
        change(lambda entries: entries["expressions"][0].update(name="x" * 1000)),
        change(lambda entries: entries["neutral"]["times_s"].append(9.0)),
        change(lambda entries: entries["neutral"].update(times_s=[0.0] * 10_000)),
        change(lambda entries: entries["neutral"]["times_s"].reverse()),
        change(lambda entries: entries["neutral"]["measures"][0].append(1.0)),
        change(lambda entries: entries["neutral"]["measures"][0].__setitem__(0, float("nan"))),
        change(lambda entries: entries["neutral"]["measures"][0].__setitem__(0, 10**400)),
        change(lambda entries: entries["neutral"]["measures"][0].__setitem__(0, True)),
        change(lambda entries: entries["neutral"]["measures"][0].__setitem__(0, "1")),
        change(lambda entries: entries["neutral"].update(class_names=["../../etc"])),
        change(lambda entries: entries["neutral"].update(network_sha256="a" * 5000)),
        change(lambda entries: entries["neutral"].pop("probabilities")),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(content)
    with pytest.raises(OwnExpressionsError, match="does not hold own expressions"):
        read_own_expressions(path)


def test_a_newer_file_a_large_one_and_none_are_refused_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    with pytest.raises(OwnExpressionsError, match="does not exist"):
        read_own_expressions(path)
    path.write_bytes(OwnExpressions().as_json())
    with pytest.raises(OwnExpressionsError, match="No expression is taught in"):
        learn_file(path)
    path.write_bytes(change(lambda entries: entries.update(version=2)))
    with pytest.raises(OwnExpressionsError, match="newer version"):
        read_own_expressions(path)
    path.write_bytes(b" " * 2_000_001)
    with pytest.raises(OwnExpressionsError, match="cannot be read"):
        read_own_expressions(path)


def test_a_damaged_file_of_the_person_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "own-expressions.json"
    assert read_kept_expressions(path)[0].names == ()
    path.write_bytes(b"not JSON")
    own, sentence = read_kept_expressions(path)
    assert own.names == ()
    assert "own-expressions.damaged" in sentence
    assert (tmp_path / "own-expressions.damaged").read_bytes() == b"not JSON"
