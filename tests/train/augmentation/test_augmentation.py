"""Augmented faces stay faces: shape, range, repeatable, and upright."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

torch = pytest.importorskip("torch")

from train.augmentation.changes import AugmentationConfig, augment  # noqa: E402
from train.augmentation.views import augmentation_of  # noqa: E402
from train.augmentation.webcam_faults import jpeg, jpeg_blocks, low_light, reflections, webcam_faults  # noqa: E402
from train.recipe import Recipe  # noqa: E402

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


def test_a_recipe_can_leave_all_but_mirroring_out() -> None:
    still = Recipe(
        scale=0, shift=0, rotate_degrees=0, light=0, erase_probability=0, degrade_probability=0, webcam_probability=0
    )
    assert augmentation_of(still) == dataclasses.replace(NOTHING, scale=(1.0, 1.0))
    assert augmentation_of(Recipe()) == AugmentationConfig()
    turned = augmentation_of(dataclasses.replace(still, rotate_degrees=4.0, light=0.1))
    assert (turned.rotate_degrees, turned.brightness, turned.contrast, turned.gamma) == (4.0, 0.1, 0.1, 0.1)


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


def gradient(n: int = 16) -> torch.Tensor:
    return torch.linspace(20, 235, 48).view(1, 1, 1, 48).repeat(n, 1, 48, 1)


def test_every_fault_of_a_webcam_leaves_faces_in_range_and_the_input_alone() -> None:
    for fault in (jpeg_blocks, low_light, reflections):
        given = gradient()
        result = fault(given, torch.Generator().manual_seed(1))
        assert torch.equal(given, gradient())
        assert result.shape == given.shape
        assert 0 <= float(result.min()) <= float(result.max()) <= 255
        assert not torch.equal(result, given)


@pytest.mark.parametrize("quality", [10, 25, 50])
def test_jpeg_is_what_a_jpeg_file_gives_back(quality: int) -> None:
    face = (gradient(1) + faces(1) * 0.2).clamp(0, 255).round()
    encoded, file = cv2.imencode(".jpg", face[0, 0].numpy().astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert encoded
    decoded = torch.from_numpy(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE)).float()
    ours = jpeg(face, torch.tensor([float(quality)]))[0, 0]
    assert float((ours - decoded).abs().mean()) < 1.0
    assert float((face[0, 0] - decoded).abs().mean()) > 3


def test_low_light_darkens_and_reflections_only_brighten_the_eyes_height() -> None:
    assert float(low_light(gradient(), torch.Generator().manual_seed(1)).mean()) < float(gradient().mean())
    brighter = reflections(gradient(), torch.Generator().manual_seed(1)) - gradient()
    assert float(brighter.min()) >= 0
    assert float(brighter[:, :, :8].max()) < 1
    assert float(brighter[:, :, 32:].max()) < 1
    assert float(brighter.max()) > 20


def test_the_share_of_faces_with_a_fault_is_as_asked() -> None:
    before = faces(400)
    after = webcam_faults(before, 0.3, torch.Generator().manual_seed(3))
    share = float(((after - before).abs().amax((1, 2, 3)) > 1).float().mean())
    assert 0.22 < share < 0.36


def test_a_change_can_be_kept_to_a_share_of_the_faces() -> None:
    config = dataclasses.replace(NOTHING, shift=0.2, change_probability=0.5)
    before, after = faces(400), augment(faces(400), config, torch.Generator().manual_seed(3))
    kept = torch.minimum((after - before).abs().amax((1, 2, 3)), (after - before.flip(3)).abs().amax((1, 2, 3))) < 0.05
    assert 160 <= int(kept.sum()) <= 240
    lit = dataclasses.replace(NOTHING, brightness=0.3, change_probability=0.25)
    dimmed = augment(torch.full((400, 1, 48, 48), 128.0), lit, torch.Generator().manual_seed(3))
    assert 60 <= int(((dimmed - 128).abs() > 0.01).any(3).any(2).sum()) <= 140
