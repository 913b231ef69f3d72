"""What a step of training makes smaller."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as F

from train.recipe import Recipe


class Objective:
    """Cross-entropy to the labels, with label smoothing; FER+ votes as a second task; a teacher's opinion.

    Distillation is after Hinton et al. 2015 (arXiv:1503.02531): the student's softened probabilities follow the
    mean of the teachers' on the very same augmented faces, and the loss is scaled by the temperature squared, so
    that its gradients keep their size.

    Args:
        teachers: trained networks in evaluation mode, whose outputs are in the order of the student's classes.
    """

    def __init__(self, recipe: Recipe, teachers: Sequence[nn.Module] = ()) -> None:
        self._recipe = recipe
        self._teachers = list(teachers)

    def __call__(
        self, network: nn.Module, grey: torch.Tensor, target: torch.Tensor, vote: torch.Tensor | None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Loss and logits of a batch.

        Args:
            grey: float32 (n, 1, h, w), 0 to 255.
            target: float32 (n, C), rows summing to 1.
            vote: float32 (n, 8) shares of FER+'s votes, or None; rows of 0 add nothing.
        """
        recipe = self._recipe
        faces = grey.contiguous(memory_format=torch.channels_last)
        with torch.autocast(grey.device.type, torch.bfloat16):
            logits, vote_logits = network.forward_both(faces)
        logits = logits.float()
        loss = F.cross_entropy(logits, target, label_smoothing=recipe.label_smoothing)
        if self._teachers:
            loss = (1 - recipe.teacher_weight) * loss + recipe.teacher_weight * self._distance(logits, faces)
        if vote is not None and vote_logits is not None:
            log_shares = F.log_softmax(vote_logits.float(), 1)
            loss = loss - recipe.auxiliary_weight * (vote * log_shares).sum(1).mean()
        return loss, logits

    def _distance(self, logits: torch.Tensor, faces: torch.Tensor) -> torch.Tensor:
        temperature = self._recipe.teacher_temperature
        with torch.no_grad(), torch.autocast(faces.device.type, torch.bfloat16):
            opinions = [torch.softmax(teacher(faces).float() / temperature, 1) for teacher in self._teachers]
        opinion = torch.stack(opinions).mean(0)
        softened = F.log_softmax(logits / temperature, 1)
        return F.kl_div(softened, opinion, reduction="batchmean") * temperature**2
