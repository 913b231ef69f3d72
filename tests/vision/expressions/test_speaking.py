"""Made-up mouths: a talker, a yawner, a surprised one, one who chews, and one who says nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realtime_fer.core.face_features.movements import MOVEMENT_KEYS
from realtime_fer.vision.expressions.speaking import BEGINS_S, ENDS_S, SpeakingWatch
from realtime_fer.vision.landmarks.head_pose import places_of
from realtime_fer.vision.landmarks.movements import measures_of
from realtime_fer.vision.landmarks.one_euro import OneEuroFilter
from tests.vision.landmarks.drawn_points import drawn_points

Mouth = Callable[[float], float]


def watched(mouth: Mouth, fps: float = 30.0, seconds: float = 4.0, noise: float = 0.004) -> list[bool]:
    shaken = np.random.default_rng(7)
    watch = SpeakingWatch()
    return [
        watch.watch(mouth(frame / fps) + float(shaken.normal(0, noise)), frame / fps)
        for frame in range(int(seconds * fps))
    ]


def syllables(hertz: float, opening: float = 0.1) -> Mouth:
    return lambda t: opening * (1 - np.cos(2 * np.pi * hertz * t)) / 2


def irregular(t: float) -> float:
    """Syllables of 3 to 6 a second, of unlike openings."""
    phase = 2 * np.pi * (4.5 * t + 0.35 * np.sin(2 * np.pi * 0.7 * t))
    return float(0.05 + (0.07 + 0.02 * np.sin(5 * t)) * (1 - np.cos(phase)) / 2)


def yawn(t: float) -> float:
    return 0.35 * max(0.0, float(np.sin(np.pi * t / 3.5))) if t < 3.5 else 0.0


def surprised(t: float) -> float:
    return 0.02 if t < 1 else min(0.3, 0.02 + 0.28 * (t - 1) / 0.15)


def held_open(t: float) -> float:
    """A wide open mouth whose points tremble by an eighth of its opening, 4 times a second."""
    return surprised(t) + (0.02 * float(np.sin(2 * np.pi * 4 * t)) if t > 1.2 else 0.0)


@pytest.mark.parametrize("fps", [15, 25, 30, 60])
@pytest.mark.parametrize("mouth", [syllables(2.5), syllables(4), syllables(5.5, 0.06), irregular])
def test_who_talks_is_speaking_after_half_a_second_and_stays_so(mouth: Mouth, fps: float) -> None:
    spoke = watched(mouth, fps)
    first = spoke.index(True) / fps
    assert BEGINS_S <= first < 1.2
    assert all(spoke[spoke.index(True) :])


@pytest.mark.parametrize(
    "mouth",
    [
        yawn,
        surprised,
        held_open,
        syllables(1.2),
        syllables(1.6, 0.15),
        lambda t: 0.05,
        lambda t: 0.012 * (int(t * 8) % 2),
    ],
)
@pytest.mark.parametrize("fps", [15, 30])
def test_who_yawns_is_surprised_chews_or_is_silent_does_not_speak(mouth: Mouth, fps: float) -> None:
    assert not any(watched(mouth, fps))


@pytest.mark.parametrize("fps", [12, 30])
def test_a_minute_of_trembling_points_is_no_speech(fps: float) -> None:
    assert not any(watched(lambda t: 0.03, fps, seconds=60, noise=0.004))


@pytest.mark.parametrize("fps", [15, 30])
@pytest.mark.parametrize("hertz", [2.5, 4])
def test_small_openings_count_through_the_filter_of_the_points(hertz: float, fps: float) -> None:
    """Two hundredths of the face's height, which the One Euro filter of faces that are followed flattens."""
    steady, watch = OneEuroFilter(0.05, 80.0), SpeakingWatch()
    spoke = []
    for frame in range(int(3 * fps)):
        points = drawn_points(300, 200, 200)
        points[[14, 87, 317, 17], 1] += 0.02 * 200 * (1 - np.cos(2 * np.pi * hertz * frame / fps)) / 2
        own = places_of(steady.filter(points, frame / fps, 200.0)[None]).own
        opening = measures_of(own)[0, MOVEMENT_KEYS.index("mouth_open")]
        spoke.append(watch.watch(float(opening), frame / fps))
    assert True in spoke[: int(1.2 * fps)]
    assert spoke[-1]


def test_who_falls_silent_stops_speaking_soon() -> None:
    spoke = watched(lambda t: syllables(4)(t) if t < 2 else 0.0, seconds=4)
    assert spoke[60]
    assert not any(spoke[int((2 + ENDS_S + 0.2) * 30) :])


def test_after_a_gap_speech_must_be_seen_anew() -> None:
    watch = SpeakingWatch()
    mouth = syllables(4)
    for frame in range(60):
        before = watch.watch(mouth(frame / 30), frame / 30)
    assert before
    assert not watch.watch(0.1, 12.0)
    assert not watch.watch(0.0, 12.1)


def test_a_frame_that_comes_again_changes_nothing() -> None:
    watch = SpeakingWatch()
    mouth = syllables(4)
    spoke = [watch.watch(mouth(frame // 2 / 30), frame // 2 / 30) for frame in range(120)]
    assert spoke[::2] == spoke[1::2]
    assert spoke[-1]
