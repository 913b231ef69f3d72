from __future__ import annotations

import pytest

from realtime_fer.core.cards.model_figures import COMPARED_EXPRESSIONS, COMPARED_SPLIT, balanced_accuracy
from realtime_fer.core.cards.model_order import OWN, RECOMMENDED, SHIPPED_GROUPS, grouped, in_order
from realtime_fer.core.cards.model_spec import AT_STANDARD
from realtime_fer.core.cards.prior import Adjustment, Prior
from realtime_fer.core.enums import Sensitivity
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
    assert all(found is not None and found.compared for found in figures)


@pytest.mark.parametrize(
    ("figures", "share", "classes"),
    [
        ({"recall": {"happy": 0.9, "sad": 0.5, "contempt": None}}, 0.7, 2),
        ({"recall": {"happy": 0.9, "sad": 0.6, "contempt": 0.0}}, 0.5, 3),
        ({"balanced_accuracy": 0.61, "recall": {"happy": 0.9, "sad": 0.5}}, 0.61, 2),
        ({"balanced_accuracy": 0.61}, 0.61, 7),
    ],
)
def test_the_cards_own_figure_or_the_mean_of_its_recalls(
    figures: dict[str, object], share: float, classes: int
) -> None:
    found = balanced_accuracy(make_spec(metrics={"mine": {"n": 10, **figures}}, dataset="Photos"))
    assert found is not None
    assert (found.share, found.classes, found.faces) == (pytest.approx(share), classes, "Photos mine (N 10)")
    assert not found.compared


@pytest.mark.parametrize(
    ("recall", "share"),
    [
        (dict.fromkeys(COMPARED_EXPRESSIONS, 0.8) | {"contempt": 0.0}, 0.8),
        (dict.fromkeys(COMPARED_EXPRESSIONS, 0.8), 0.8),
        (dict.fromkeys(COMPARED_EXPRESSIONS[:5], 0.7), 0.5),
    ],
)
def test_compared_models_are_measured_by_the_same_expressions(recall: dict[str, float], share: float) -> None:
    metrics = {COMPARED_SPLIT: {"n": 10, "balanced_accuracy": 0.6, "recall": recall}}
    found = balanced_accuracy(make_spec(metrics=metrics, class_names=tuple(recall)))
    assert found is not None
    assert (found.share, found.classes) == (pytest.approx(share), 7)


def test_a_card_may_name_expressions_otherwise_and_lack_faces_of_some() -> None:
    recall = {"happiness": 0.9, "sad": 0.7, "fear": None}
    spec = make_spec(metrics={COMPARED_SPLIT: {"n": 10, "recall": recall}}, class_names=("happy", "sad", "fear"))
    found = balanced_accuracy(spec)
    assert found is not None
    # Four others are never right, and of fear there was no face.
    assert (found.share, found.classes) == (pytest.approx(1.6 / 6), 6)


@pytest.mark.parametrize(
    ("standard", "expected"),
    [
        ({"ece": 0.02}, (0.5, 0.4, False)),
        ({"recall": {"happy": 0.9, "sad": 0.7}}, (0.5, 0.4, False)),
        ({"accuracy": 0.6, "recall": {"happy": 0.9, "sad": 0.7}}, (0.6, 0.8, True)),
        ({"accuracy": 0.6, "balanced_accuracy": 0.7}, (0.6, 0.7, True)),
    ],
)
def test_figures_of_two_sensitivities_are_never_mixed(
    standard: dict[str, object], expected: tuple[float, float, bool]
) -> None:
    prior = Prior((0.5, 0.5), {Sensitivity.STANDARD: Adjustment(0.5)}, "other faces")
    figures = {"n": 10, "accuracy": 0.5, "balanced_accuracy": 0.4, AT_STANDARD: standard}
    found = balanced_accuracy(make_spec(metrics={"mine": figures}, prior=prior, class_names=("happy", "sad")))
    assert found is not None
    assert (found.accuracy, pytest.approx(found.share), found.at_standard) == expected


def test_all_shipped_models_are_compared_at_the_standard_sensitivity() -> None:
    found = {spec.model_id: balanced_accuracy(spec) for spec in ModelRegistry(weights_folder()).specs()}
    assert all(figures is not None and figures.at_standard for figures in found.values())
    # Few expressions are easier to tell apart, and no advantage here: the recommended model is better than all before.
    earlier = [found[key] for key in SHIPPED_GROUPS[2].model_ids]
    assert all(found[RECOMMENDED].share > figures.share for figures in earlier)  # type: ignore[union-attr]


@pytest.mark.parametrize("metrics", [{}, {"mine": {"accuracy": 0.9}}, {"mine": {"recall": {"happy": None}}}])
def test_without_recalls_there_is_none(metrics: dict[str, object]) -> None:
    assert balanced_accuracy(make_spec(metrics=metrics)) is None


def test_the_compared_split_comes_before_others() -> None:
    recall = dict.fromkeys(COMPARED_EXPRESSIONS, 0.2)
    metrics = {"PublicTest": {"balanced_accuracy": 0.1}, COMPARED_SPLIT: {"recall": recall}}
    found = balanced_accuracy(make_spec(metrics=metrics))
    assert found is not None
    assert found.share == pytest.approx(0.2)
    assert found.compared
