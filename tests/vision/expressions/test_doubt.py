"""Reasons begin, last and end, and none of them blinks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.vision.expressions.doubt import DARK, DEBOUNCE_S, DoubtJudge
from realtime_fer.vision.faces.quality import FaceQuality
from tests.fakes import make_faces

SURE = (0.8, 0.15, 0.05)


def faces_of(*probabilities: tuple[float, ...], ids: tuple[int, ...] | None = None) -> Faces:
    faces = make_faces(*[(0, 0, 50, 50)] * len(probabilities))
    identities = np.array(ids or range(1, len(probabilities) + 1), np.int64)
    return faces.with_probabilities(np.array(probabilities, np.float32)).with_tracker_id(identities)


def good(n: int = 1) -> FaceQuality:
    side, bright, sharp, turn = (np.full(n, value, np.float32) for value in (60, 120, 0.06, 0.1))
    return FaceQuality(side, bright, sharp, turn)


def quality(**values: float) -> FaceQuality:
    return replace(good(), **{name: np.array([value], np.float32) for name, value in values.items()})


def doubts_of(faces: Faces) -> list[str]:
    return [DOUBT_KEYS[position] for position in faces.doubt]


@pytest.mark.parametrize(
    ("measured", "key"),
    [
        ({}, ""),
        ({"side_px": 14.0}, "small"),
        ({"brightness": 20.0}, "dark"),
        ({"brightness": 240.0}, "bright"),
        ({"sharpness": 0.002}, "blurred"),
        ({"turn": 0.7}, "turned"),
        ({"side_px": 14.0, "turn": 0.7}, "small"),
    ],
)
def test_a_new_face_is_judged_at_once(measured: dict[str, float], key: str) -> None:
    assert doubts_of(DoubtJudge().judge(faces_of(SURE), quality(**measured), 0.35, 0.0)) == [key]


@pytest.mark.parametrize(
    ("values", "key"), [((0.45, 0.43, 0.12), "close"), ((0.3, 0.2, 0.5), ""), ((0.33, 0.22, 0.2), "unlikely")]
)
def test_what_the_model_says_can_be_a_reason(values: tuple[float, ...], key: str) -> None:
    assert doubts_of(DoubtJudge().judge(faces_of(values), good(), 0.35, 0.0)) == [key]


def test_no_least_confidence_makes_nobody_unlikely() -> None:
    assert doubts_of(DoubtJudge().judge(faces_of((0.2, 0.1, 0.1)), good(), 0.0, 0.0)) == [""]
    assert doubts_of(DoubtJudge().judge(faces_of((0.97, 0.02, 0.01)), good(), 1.0, 0.0)) == ["unlikely"]


def test_a_reason_that_comes_for_a_moment_is_not_shown() -> None:
    judge = DoubtJudge()
    judge.judge(faces_of(SURE), good(), 0.35, 0.0)
    for step in range(1, 60):
        dark_for_a_frame = quality(brightness=20.0) if step % 4 == 0 else good()
        assert doubts_of(judge.judge(faces_of(SURE), dark_for_a_frame, 0.35, step / 30)) == [""]


@pytest.mark.parametrize("fps", [10, 30])
def test_a_reason_that_lasts_is_shown_and_goes_when_it_is_gone(fps: int) -> None:
    judge = DoubtJudge()
    judge.judge(faces_of(SURE), good(), 0.35, 0.0)
    shown = [doubts_of(judge.judge(faces_of(SURE), quality(brightness=20.0), 0.35, n / fps))[0] for n in range(1, fps)]
    assert shown[0] == ""
    assert (shown.index("dark") + 1) / fps == pytest.approx(DEBOUNCE_S, abs=2 / fps)
    gone = [doubts_of(judge.judge(faces_of(SURE), good(), 0.35, 1 + n / fps))[0] for n in range(fps)]
    assert gone[0] == "dark"
    assert gone[-1] == ""


def test_a_value_that_wavers_about_a_limit_changes_nothing() -> None:
    judge = DoubtJudge()
    random = np.random.default_rng(3)
    shown = set()
    for step in range(300):
        wavering = float(DARK.begins + random.uniform(-2.5, 2.5))
        shown.add(doubts_of(judge.judge(faces_of(SURE), quality(brightness=wavering), 0.35, step / 30))[0])
        if step == 0:
            shown.clear()
    assert len(shown) == 1


def test_a_change_of_expression_passes_through_the_tie_unseen() -> None:
    judge = DoubtJudge()
    for step in range(40):
        share = min(1.0, step / 12)
        values = (0.8 - 0.7 * share, 0.1 + 0.7 * share, 0.1)
        assert doubts_of(judge.judge(faces_of(values), good(), 0.35, step / 30)) == [""]


def test_people_do_not_mix_and_untracked_faces_are_judged_alone() -> None:
    judge = DoubtJudge()
    side = FaceQuality(np.array([12, 60], np.float32), *(np.full(2, v, np.float32) for v in (120, 0.06, 0.0)))
    assert doubts_of(judge.judge(faces_of(SURE, SURE), side, 0.35, 0.0)) == ["small", ""]
    swapped = FaceQuality(side.side_px[::-1].copy(), side.brightness, side.sharpness, side.turn)
    assert doubts_of(judge.judge(faces_of(SURE, SURE, ids=(2, 1)), swapped, 0.35, 0.1)) == ["", "small"]
    assert doubts_of(judge.judge(faces_of(SURE, SURE, ids=(-1, -1)), side, 0.35, 0.2)) == ["small", ""]


def test_nobody_and_faces_without_a_model_flow_through() -> None:
    judge = DoubtJudge()
    assert len(judge.judge(Faces.empty(), good(0), 0.35, 0.0)) == 0
    unnamed = make_faces((0, 0, 9, 9)).with_tracker_id(np.array([1]))
    assert doubts_of(judge.judge(unnamed, quality(side_px=9.0), 0.35, 0.0)) == ["small"]
