"""Training batches: augmented faces with labels, votes and soft targets, mixed up. Needs PyTorch."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from train.augmentation.changes import AugmentationConfig, augment
from train.augmentation.views import augmentation_of
from train.data.labelled_faces import LabelledFaces
from train.fit.soft_targets import SoftTargets
from train.recipe import Recipe


class TeacherOutput(NamedTuple):
    """Teachers' probabilities: (n, C) of the classes, and (n, 8) of FER+'s votes or None."""

    classes: torch.Tensor
    votes: torch.Tensor | None


class Batch(NamedTuple):
    """``grey`` float32 (n, 1, h, w), 0 to 255; ``target`` (n, C); ``vote`` (n, 8) or None; ``taught`` or None."""

    grey: torch.Tensor
    target: torch.Tensor
    vote: torch.Tensor | None
    taught: TeacherOutput | None


class Batches:
    """All batches of a run, drawn from one generator, so that a resumed run gets the same ones.

    Args:
        votes: learn FER+'s votes too, where the faces have them.
        soft_targets: augmented views of the same faces, with the teachers' outputs. Views are only flipped and erased
            here: after any other change the outputs would be about other pictures.
    """

    def __init__(
        self,
        faces: LabelledFaces,
        recipe: Recipe,
        votes: bool,
        device: torch.device,
        generator: torch.Generator,
        soft_targets: SoftTargets | None = None,
    ) -> None:
        self._recipe = recipe
        self._device = device
        self._generator = generator
        self._images = torch.from_numpy(faces.images)
        self._targets = torch.from_numpy(faces.soft_targets()).to(device)
        self._votes = torch.from_numpy(faces.votes).to(device) if votes and faces.votes is not None else None
        #: Groups of rows, and how many of each an epoch draws.
        self._drawn: list[tuple[torch.Tensor, int]] = []
        shares = np.ones(len(faces), np.float32) if faces.epoch_share is None else faces.epoch_share
        for share in np.unique(shares):
            rows = torch.from_numpy(np.flatnonzero(shares == share))
            self._drawn.append((rows.to(device), round(len(rows) * float(share))))
        self._soft = soft_targets
        self._config = augmentation_of(recipe)
        if soft_targets is None:
            self._images = self._images.to(device)
        else:
            self._config = AugmentationConfig(
                scale=(1.0, 1.0), shift=0.0, rotate_degrees=0.0, brightness=0.0, contrast=0.0, gamma=0.0,
                erase_probability=recipe.erase_probability, degrade_probability=0.0,
            )  # fmt: skip

    def __len__(self) -> int:
        """Whole batches in an epoch. The remaining faces are left out; each epoch shuffles anew."""
        return sum(count for _, count in self._drawn) // self._recipe.batch

    def order(self) -> torch.Tensor:
        """Rows of the faces that the next epoch sees, int64, shuffled."""

        def shuffled(n: int) -> torch.Tensor:
            return torch.randperm(n, generator=self._generator, device=self._device)

        if len(self._drawn) == 1 and self._drawn[0][1] == len(self._images):
            return shuffled(len(self._images))
        rows = torch.cat([rows[shuffled(len(rows))[:count]] for rows, count in self._drawn])
        return rows[shuffled(len(rows))]

    def make(self, chosen: torch.Tensor, step: int) -> Batch:
        """The faces of the rows ``chosen``, int64 (n,), as batch number ``step`` of the run."""
        recipe, generator = self._recipe, self._generator
        taught: TeacherOutput | None = None
        if self._soft is None:
            grey = self._images[chosen].float().unsqueeze(1)
        else:
            views = torch.randint(len(self._soft), (len(chosen),), generator=generator, device=self._device)
            pictures, classes, shares = self._soft.look_up(views.cpu(), chosen.cpu())
            grey = pictures.to(self._device).float().unsqueeze(1)
            taught = TeacherOutput(classes.to(self._device), None if shares is None else shares.to(self._device))
        grey = augment(grey, self._config, generator)
        target = self._targets[chosen]
        vote = self._votes[chosen] if self._votes is not None else None
        if float(torch.rand((), generator=generator, device=self._device)) < recipe.mixup_probability:
            draw = np.random.default_rng(recipe.seed * 100003 + step)
            share = float(draw.beta(recipe.mixup_alpha, recipe.mixup_alpha))
            other = torch.randperm(len(grey), generator=generator, device=self._device)

            def mixed(values: torch.Tensor) -> torch.Tensor:
                return values * share + values[other] * (1 - share)

            grey, target = mixed(grey), mixed(target)
            vote = mixed(vote) if vote is not None else None
            if taught is not None:
                taught = TeacherOutput(mixed(taught.classes), None if taught.votes is None else mixed(taught.votes))
        return Batch(grey, target, vote, taught)
