"""Augmented faces stay faces: shape, range, repeatable, and upright."""

from __future__ import annotations

import dataclasses

import pytest

torch = pytest.importorskip("torch")

from train.augmentation import AugmentationConfig, augment  # noqa: E402

NOTHING = AugmentationConfig((1, 1), 0, 0, 0, 0, 0, 0, 0)


def faces(n: int = 64) -> torch.Tensor:
    random = torch.Generator().manual_seed(1)
    return torch.rand((n, 1, 48, 48), generator=random) * 255


def changed(config: AugmentationConfig, seed: int = 5) -> torch.Tensor:
    return augment(faces(), config, torch.Generator().manual_seed(seed))


def test_shape_range_and_that_the_input_is_left_alone() -> None:
    before = faces()
    given = before.clone()
    result = augment(given, AugmentationConfig(), torch.Generator().manual_seed(5))
    assert result.shape == before.shape
    assert result.dtype == torch.float32
    assert result.min() >= 0
    assert result.max() <= 255
    assert torch.equal(given, before)
    assert not torch.equal(result, before)


def test_the_same_seed_gives_the_same_faces() -> None:
    assert torch.equal(changed(AugmentationConfig()), changed(AugmentationConfig()))
    assert not torch.equal(changed(AugmentationConfig()), changed(AugmentationConfig(), seed=6))


def test_without_ranges_a_face_is_itself_or_its_mirror_image_and_never_upside_down() -> None:
    before, after = faces(), changed(NOTHING)
    same = ((after - before).abs() < 0.05).all(dim=(1, 2, 3))
    mirrored = ((after - before.flip(3)).abs() < 0.05).all(dim=(1, 2, 3))
    assert bool((same ^ mirrored).all())
    assert 16 <= int(mirrored.sum()) <= 48


def test_erasing_hides_a_part_only() -> None:
    result = changed(dataclasses.replace(NOTHING, erase_probability=1.0))
    before = faces()
    touched = torch.minimum((result - before).abs(), (result - before.flip(3)).abs()) > 0.05
    share = touched.float().mean((1, 2, 3))
    assert float(share.min()) > 0
    assert float(share.max()) < 0.3


def test_light_alone_moves_no_pixel() -> None:
    # A bright half stays on its side, whatever the light does.
    halves = torch.full((32, 1, 48, 48), 60.0)
    halves[:, :, :24] = 180.0
    config = dataclasses.replace(NOTHING, brightness=0.3, contrast=0.3, gamma=0.3)
    result = augment(halves, config, torch.Generator().manual_seed(2))
    assert bool((result[:, :, 0] > result[:, :, -1]).all())
    assert float(result[:, :, :24].std((1, 2, 3)).max()) < 1e-3
