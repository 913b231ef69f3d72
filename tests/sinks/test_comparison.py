"""That files name what the window names of a second model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.sinks.comparison import comparison_result
from tests.sinks.conftest import build_result, other_comparison

SAD = EXPRESSION_KEYS.index("sad")


@pytest.mark.parametrize("doubt", DOUBT_KEYS)
@pytest.mark.parametrize("held", [None, SAD, EXPRESSION_KEYS.index("contempt")])
@pytest.mark.parametrize("min_confidence", [0.0, 0.04, 0.05, 0.5, 0.6, 1.0])
def test_the_files_expression_is_the_windows(doubt: str, held: int | None, min_confidence: float) -> None:
    comparison = other_comparison(2)
    if held is not None:
        comparison = replace(comparison, label=np.array([held, held]))
    position = DOUBT_KEYS.index(doubt)
    result = build_result(faces=2, doubt=(position, 0), min_confidence=min_confidence, comparison=comparison)
    second = comparison_result(result)
    assert second is not None
    for face in range(2):
        assert second.expression_of(face) == result.compared_expression_of(face)


def test_a_held_label_that_has_become_unlikely_is_uncertain_and_says_why() -> None:
    comparison = replace(other_comparison(1), label=np.array([SAD]))
    second = comparison_result(build_result(min_confidence=0.35, comparison=comparison))
    assert second is not None
    assert (second.expression_of(0), second.doubt_of(0)) == ("uncertain", "unlikely")


def test_without_faces_and_without_a_number_nothing_is_named() -> None:
    empty = comparison_result(build_result(faces=0, comparison=other_comparison(0)))
    assert empty is not None
    assert len(empty.faces) == 0
    comparison = other_comparison(1)
    unknown = replace(comparison, smoothed=np.full_like(comparison.smoothed, np.nan))
    second = comparison_result(build_result(min_confidence=0.35, comparison=unknown))
    assert second is not None
    assert second.expression_of(0) == "uncertain"
