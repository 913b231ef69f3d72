"""Hashes of what a run learns from, and what differs between two sets of facts. Needs PyTorch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import nn

from train.data.labelled_faces import LabelledFaces


def first_difference(before: Mapping[str, Any], now: Mapping[str, Any], words: Mapping[str, str]) -> str | None:
    """What differs, in the words of ``words`` for the first entry that does, or None.

    An entry that ``before`` lacks does not differ: an older version did not keep it.
    """
    return next((words[key] for key, value in now.items() if key in before and before[key] != value), None)


def faces_sha256(faces: LabelledFaces) -> str:
    """SHA-256 of images, labels, votes and targets; the faces' names do not count."""
    digest = hashlib.sha256(repr((faces.images.shape, faces.class_names)).encode())
    for name in ("images", "labels", "votes", "targets"):
        values = getattr(faces, name)
        digest.update(name.encode())
        if values is not None:
            digest.update(np.ascontiguousarray(values).data.cast("B"))
    return digest.hexdigest()


def network_sha256(network: nn.Module) -> str:
    """SHA-256 of all weights and buffers with their names, on whichever device they are."""
    return tensors_sha256(network.state_dict())


def tensors_sha256(tensors: Mapping[str, torch.Tensor]) -> str:
    """SHA-256 of all tensors with their names and shapes."""
    digest = hashlib.sha256()
    for name, tensor in tensors.items():
        digest.update(repr((name, tuple(tensor.shape))).encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).numpy())
    return digest.hexdigest()
