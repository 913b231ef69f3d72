from __future__ import annotations

import pytest

from realtime_fer.core.cards.model_figures import COMPARED_SPLIT, balanced_accuracy
from realtime_fer.core.cards.model_order import OWN, RECOMMENDED, SHIPPED_GROUPS, grouped, in_order
from realtime_fer.vision.registry import ModelRegistry, weights_folder
from tests.fakes import make_spec


def test_every_shipped_model_has_its_place_and_one_is_recommended() -> None:
    specs = ModelRegistry(weights_folder()).specs()
    ordered = [spec.model_id for spec in in_order(specs)]
    assert ordered == [key for group in SHIPPED_GROUPS for key in group.model_ids]
    assert ordered[0] == RECOMMENDED
    assert not any(group is OWN for group, _ in grouped(specs))


def test_a_persons_own_come_last_in_their_order() -> None:
    specs = [make_spec(key) for key in ("zebra", "deep", "fer-l", "apple", "fer-s")]
    assert [(group.title, [spec.model_id for spec in members]) for group, members in grouped(specs)] == [
        ("", ["fer-s", "fer-l"]),
        ("Earlier networks", ["deep"]),
        ("Your own", ["zebra", "apple"]),
    ]


def test_all_shipped_models_are_compared_on_the_same_split() -> None:
    figures = [balanced_accuracy(spec) for spec in ModelRegistry(weights_folder()).specs()]
    assert figures
    assert {found.split for found in figures if found is not None} == {COMPARED_SPLIT}
    assert None not in figures


@pytest.mark.parametrize(
    ("figures", "share", "classes", "without_contempt"),
    [
        ({"recall": {"happy": 0.9, "sad": 0.5, "contempt": None}}, 0.7, 2, None),
        ({"recall": {"happy": 0.9, "sad": 0.6, "contempt": 0.0}}, 0.5, 3, 0.75),
        ({"balanced_accuracy": 0.61, "recall": {"happy": 0.9, "sad": 0.5}}, 0.61, 2, None),
        ({"balanced_accuracy": 0.61}, 0.61, 7, None),
    ],
)
def test_the_cards_own_figure_or_the_mean_of_its_recalls(
    figures: dict[str, object], share: float, classes: int, without_contempt: float | None
) -> None:
    found = balanced_accuracy(make_spec(metrics={"mine": {"n": 10, **figures}}, dataset="Photos"))
    assert found is not None
    assert (found.share, found.classes, found.faces) == (pytest.approx(share), classes, "Photos mine (N 10)")
    assert found.without_contempt == (None if without_contempt is None else pytest.approx(without_contempt))
    assert not found.compared


@pytest.mark.parametrize("metrics", [{}, {"mine": {"accuracy": 0.9}}, {"mine": {"recall": {"happy": None}}}])
def test_without_recalls_there_is_none(metrics: dict[str, object]) -> None:
    assert balanced_accuracy(make_spec(metrics=metrics)) is None


def test_the_compared_split_comes_before_others() -> None:
    metrics = {"PublicTest": {"balanced_accuracy": 0.1}, COMPARED_SPLIT: {"balanced_accuracy": 0.2}}
    found = balanced_accuracy(make_spec(metrics=metrics))
    assert found is not None
    assert found.share == 0.2
    assert found.compared
