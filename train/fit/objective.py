"""The loss that training minimises. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from train.fit.batches import Batch, TeacherOutput
from train.recipe import Recipe


class Objective:
    """Cross-entropy with label smoothing, FER+'s votes as an auxiliary task, and distillation.

    Distillation follows Hinton et al. 2015 (arXiv:1503.02531): the student's softened probabilities approach the mean
    of the teachers' on the same augmented faces. The loss is scaled by the squared temperature, so that gradients keep
    their size. Teachers with a head for FER+'s votes teach the auxiliary task in the same way.

    Args:
        teachers: networks in evaluation mode with ``forward_both``, whose outputs are in the order of the student's
            classes. They are not asked where a batch has their output already.
    """

    def __init__(self, recipe: Recipe, teachers: Sequence[Any] = ()) -> None:
        self._recipe = recipe
        self._teachers = list(teachers)

    def __call__(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Loss and logits (n, C) of a batch. Rows of zeros in targets and votes add nothing."""
        recipe = self._recipe
        grey, target, vote, taught = batch
        faces = grey.contiguous(memory_format=torch.channels_last)
        with torch.autocast(grey.device.type, torch.bfloat16):
            logits, vote_logits = network.forward_both(faces)
        logits = logits.float()
        loss = _cross_entropy(logits, target, recipe.label_smoothing)
        vote_loss = torch.zeros((), device=grey.device)
        if vote is not None and vote_logits is not None:
            vote_loss = -(vote * F.log_softmax(vote_logits.float(), 1)).sum(1).mean()
        if self._teachers or taught is not None:
            share = recipe.teacher_weight
            said = self._teacher_outputs(faces) if taught is None else self._softened(taught)
            loss = (1 - share) * loss + share * self._distance(logits, said.classes)
            if said.votes is not None and vote_logits is not None:
                vote_loss = (1 - share) * vote_loss + share * self._distance(vote_logits.float(), said.votes)
        return loss + recipe.auxiliary_weight * vote_loss, logits

    def _softened(self, taught: TeacherOutput) -> TeacherOutput:
        def soft(probabilities: torch.Tensor) -> torch.Tensor:
            raised = probabilities.pow(1 / self._recipe.teacher_temperature)
            return raised / raised.sum(1, keepdim=True)

        return TeacherOutput(soft(taught.classes), None if taught.votes is None else soft(taught.votes))

    def _teacher_outputs(self, faces: torch.Tensor) -> TeacherOutput:
        """The teachers' mean softened probabilities of the classes, and of FER+'s votes where all have them."""
        temperature = self._recipe.teacher_temperature
        with torch.no_grad(), torch.autocast(faces.device.type, torch.bfloat16):
            both = [teacher.forward_both(faces) for teacher in self._teachers]
        taught = torch.stack([torch.softmax(logits.float() / temperature, 1) for logits, _ in both]).mean(0)
        shares = [torch.softmax(votes.float() / temperature, 1) for _, votes in both if votes is not None]
        return TeacherOutput(taught, torch.stack(shares).mean(0) if len(shares) == len(both) else None)

    def _distance(self, logits: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
        temperature = self._recipe.teacher_temperature
        softened = F.log_softmax(logits / temperature, 1)
        return F.kl_div(softened, taught, reduction="batchmean") * temperature**2


def _cross_entropy(logits: torch.Tensor, target: torch.Tensor, smoothing: float) -> torch.Tensor:
    """Cross-entropy with label smoothing: the mean over the faces that have a target."""
    mass = target.sum(1, keepdim=True)
    smoothed = target * (1 - smoothing) + mass * smoothing / target.shape[1]
    return -(smoothed * F.log_softmax(logits, 1)).sum() / mass.sum().clamp(min=1)
