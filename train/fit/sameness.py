"""Hashes of what is learned from, and what differs between two sets of facts. Needs PyTorch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import nn

from train.data.labelled_faces import LabelledFaces


def difference(before: Mapping[str, Any], now: Mapping[str, Any], others: Mapping[str, str]) -> str | None:
    """In words what was otherwise ``before``, or None. An entry that was not kept then cannot differ."""
    return next((others[key] for key, value in now.items() if key in before and before[key] != value), None)


def faces_sha256(faces: LabelledFaces) -> str:
    """Of the images, the labels and all that is learned beside them; not of the faces' names."""
    digest = hashlib.sha256(repr((faces.images.shape, faces.class_names)).encode())
    for name in ("images", "labels", "votes", "targets"):
        values = getattr(faces, name)
        digest.update(name.encode())
        if values is not None:
            digest.update(np.ascontiguousarray(values).data.cast("B"))
    return digest.hexdigest()


def network_sha256(network: nn.Module) -> str:
    """Of all weights and buffers by their names, wherever the network lies."""
    return tensors_sha256(network.state_dict())


def tensors_sha256(tensors: Mapping[str, torch.Tensor]) -> str:
    digest = hashlib.sha256()
    for name, tensor in tensors.items():
        digest.update(repr((name, tuple(tensor.shape))).encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).numpy())
    return digest.hexdigest()
