"""Samples of one face while a person holds an expression: which frames give some, and why there are too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.errors import OwnExpressionsError
from realtime_fer.core.face_features.movements import MEASURE_KEYS, mirrored_measures
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.own_expressions.taking import SampleTaking
from realtime_fer.core.own_expressions.taught import LEAST_SAMPLES, Samples
from tests.fakes import CLASSES, make_faces, make_result

MEASURES = np.arange(len(MEASURE_KEYS), dtype=np.float32)[None] / 100


def seen(time_s: float, number: int = 1, **changes: object) -> FrameResult:
    """A result at that time with faces whose points are known."""
    faces = make_faces(*[(10, 10, 40, 40)] * number)
    faces = faces.with_probabilities(np.full((number, len(CLASSES)), 1 / len(CLASSES), np.float32))
    faces = faces.with_tracker_id(np.arange(1, number + 1))
    measures = np.repeat(MEASURES, number, axis=0)
    faces = faces.with_movements(np.zeros((number, 3), np.float32), np.zeros((number, 13), np.float32), measures)
    result = replace(make_result(), faces=faces, class_names=tuple(CLASSES), model_sha256="abc")
    result = replace(result, frame=replace(result.frame, timestamp_s=time_s))
    return replace(result, **changes)


def taken(results: list[FrameResult], identity: int | None = None) -> Samples:
    taking = SampleTaking(identity)
    for result in results:
        if not taking.look_at(result).remaining_s:
            break
    return taking.finish()


def test_five_seconds_give_no_more_than_sixteen_samples_a_second() -> None:
    samples = taken([seen(at / 60) for at in range(400)])
    assert 70 <= len(samples) <= 81
    assert samples.times_s[0] == 0
    assert samples.times_s[-1] == pytest.approx(5.0, abs=0.07)
    assert np.allclose(samples.measures, MEASURES)
    assert samples.network.class_names == tuple(CLASSES)


def test_a_mirrored_picture_is_turned_back() -> None:
    samples = taken([seen(at / 16, mirrored=True) for at in range(100)])
    assert np.allclose(samples.measures, mirrored_measures(MEASURES))


def test_one_of_several_is_taken_where_it_was_chosen() -> None:
    results = [seen(at / 16, number=2) for at in range(100)]
    assert len(taken(results, identity=2)) > 70
    with pytest.raises(OwnExpressionsError, match="Several faces are in view"):
        taken(results)
    with pytest.raises(OwnExpressionsError, match="The chosen face is not in view"):
        taken(results, identity=3)


def test_a_pause_and_repeated_frames_do_not_count() -> None:
    first, still = [seen(at / 16) for at in range(30)], [seen(1.8, repeated=True)] * 500
    after = [seen(60 + at / 16) for at in range(80)]
    samples = taken([*first, *still, *after])
    assert len(samples) > 70
    with pytest.raises(OwnExpressionsError, match="is frozen"):
        taken([seen(0.0), *still])


def test_a_slow_computer_gets_more_time_for_enough_frames() -> None:
    samples = taken([seen(at / 2.5) for at in range(40)])
    assert len(samples) == LEAST_SAMPLES
    taking = SampleTaking()
    assert [taking.look_at(seen(at / 2.5)).remaining_s for at in (0, 12)] == pytest.approx([5.0, 5.0 - 0.5])


def doubted(result: FrameResult, key: str) -> FrameResult:
    return replace(result, faces=result.faces.with_doubt(np.array([DOUBT_KEYS.index(key)], np.uint8)))


def without_points(result: FrameResult, pose: float) -> FrameResult:
    unknown = np.full_like(result.faces.measures, np.nan)
    faces = result.faces.with_movements(
        np.full((1, 3), pose, np.float32), np.full((1, 13), np.nan, np.float32), unknown
    )
    return replace(result, faces=faces)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda result: doubted(result, "dark"), "The face is too dark"),
        (lambda result: without_points(result, 50.0), "The face is turned away"),
        (lambda result: without_points(result, np.nan), "The face has no points"),
        (lambda result: replace(result, faces=Faces.empty()), "No face is in view"),
    ],
)
def test_too_few_good_frames_are_refused_with_what_was_wrong(spoil: object, sentence: str) -> None:
    results = [seen(at / 16) for at in range(100)]
    assert callable(spoil)
    with pytest.raises(OwnExpressionsError, match=f"Too few good frames: 20. {sentence}"):
        taken([*results[:20], *map(spoil, results[20:])])
    # A doubt about the expression is none about how well the face is seen.
    assert len(taken([doubted(result, "close") for result in results])) > 70
