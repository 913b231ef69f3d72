"""Augmentation as a recipe asks for it, and views of faces that are augmented beforehand. Needs PyTorch."""

from __future__ import annotations

import dataclasses

import numpy as np
import numpy.typing as npt
import torch

from train.augmentation.changes import AugmentationConfig, augment
from train.recipe import Recipe


def augmentation_of(recipe: Recipe) -> AugmentationConfig:
    return AugmentationConfig(
        scale=(1 - recipe.scale, 1 + recipe.scale),
        shift=recipe.shift,
        rotate_degrees=recipe.rotate_degrees,
        brightness=recipe.light,
        contrast=recipe.light,
        gamma=recipe.light,
        erase_probability=recipe.erase_probability,
        degrade_probability=recipe.degrade_probability,
        webcam_probability=recipe.webcam_probability,
        change_probability=recipe.change_probability,
    )


def changes_of(recipe: Recipe) -> AugmentationConfig:
    """The recipe's augmentation without erasing."""
    return dataclasses.replace(augmentation_of(recipe), erase_probability=0.0)


def changed_faces(
    images: npt.NDArray[np.uint8], recipe: Recipe, view: int, device: torch.device, batch: int = 512
) -> npt.NDArray[np.uint8]:
    """Augments faces for soft targets, without erasing; the same ``view`` gives the same faces.

    Erasing is drawn anew in every epoch, since it hides from the student what the teachers saw.

    Args:
        images: uint8 (n, h, w).
        view: number of the view, counted from 0.

    Returns:
        uint8 (n, h, w).
    """
    config = changes_of(recipe)
    generator = torch.Generator(device=device).manual_seed(recipe.seed * 1009 + view)
    parts = []
    for start in range(0, len(images), batch):
        grey = torch.from_numpy(images[start : start + batch]).to(device).float().unsqueeze(1)
        changed = augment(grey, config, generator)
        parts.append(changed.round().clamp(0, 255).to(torch.uint8).squeeze(1).cpu().numpy())
    return np.concatenate(parts)
