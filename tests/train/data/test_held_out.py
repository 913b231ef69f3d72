"""What is held out of Training depends on the faces alone, and copies of a face stay on one side."""

from __future__ import annotations

import numpy as np
import pytest

from train.data.held_out import held_out


def faces(n: int, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (n, 6, 6)).astype(np.uint8)
    return coarse.repeat(8, 1).repeat(8, 2)


def test_about_the_share_is_held_out_whatever_the_order() -> None:
    images = faces(2000)
    chosen = held_out(images, 0.1)
    assert 150 <= chosen.sum() <= 250
    order = np.random.default_rng(2).permutation(len(images))
    np.testing.assert_array_equal(held_out(images[order], 0.1), chosen[order])
    assert not held_out(images, 0.0).any()


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_near_duplicates_stay_together(share: float) -> None:
    images = faces(300)
    noise = np.random.default_rng(3).integers(-6, 7, images.shape)
    copies = np.clip(images.astype(int) + noise, 0, 255).astype(np.uint8)
    chosen = held_out(np.concatenate([images, copies]), share)
    np.testing.assert_array_equal(chosen[:300], chosen[300:])
    assert 0 < chosen.sum() < 600
