from __future__ import annotations

import numpy as np

from realtime_fer.vision.landmarks.one_euro import OneEuroFilter


def filtered(values: np.ndarray, beta: float, fps: float = 30.0, scale: float = 1.0) -> np.ndarray:
    one_euro = OneEuroFilter(min_cutoff_hz=1.0, beta=beta)
    return np.stack([one_euro.filter(value, at / fps, scale) for at, value in enumerate(values)])


def test_what_rests_is_steadied() -> None:
    noise = np.random.default_rng(1).normal(0, 1, (300, 4)).astype(np.float32)
    assert filtered(noise, beta=0.0)[60:].std() < 0.4 * noise.std()


def test_what_moves_is_followed_the_sooner_the_larger_beta() -> None:
    ramp = np.linspace(0, 600, 61, dtype=np.float32)[:, None]
    lags = [float(ramp[-1, 0] - filtered(ramp, beta)[-1, 0]) for beta in (0.0, 0.01, 0.1)]
    assert lags[0] > 3 * lags[1] > 3 * lags[2]
    assert lags[2] < 5


def test_a_face_far_away_is_filtered_like_a_near_one() -> None:
    steps = np.random.default_rng(2).normal(0, 1, (90, 3)).cumsum(0).astype(np.float32)
    near = filtered(4 * steps, beta=0.5, scale=4.0)
    assert np.allclose(near, 4 * filtered(steps, beta=0.5), atol=1e-3)


def test_the_frame_rate_changes_little() -> None:
    """A step is half way up after the same time at 15 and at 60 frames a second."""
    reached = []
    for fps in (15, 60):
        values = np.concatenate([np.zeros((fps, 1)), np.ones((fps, 1))]).astype(np.float32)
        reached.append(int((filtered(values, 0.0, fps)[:, 0] > 0.5).argmax()) / fps)
    assert abs(reached[0] - reached[1]) <= 1 / 15


def test_time_that_stands_still_gives_the_same_value() -> None:
    one_euro = OneEuroFilter(1.0, 0.1)
    first = one_euro.filter(np.float32([1, 2]), 5.0)
    assert (one_euro.filter(np.float32([9, 9]), 5.0) == first).all()
    assert (one_euro.filter(np.float32([9, 9]), 4.0) == first).all()
