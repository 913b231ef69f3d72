"""What a run was begun with, so that only the same is gone on with. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import nn

from train.data.labelled_faces import LabelledFaces
from train.fit.sameness import faces_sha256, network_sha256, tensors_sha256
from train.fit.soft_targets import SoftTargets
from train.fit.teachers import Teacher

#: What a person is told differs, by the entry that does.
OTHERS = {
    "n": "other faces",
    "faces_sha256": "other faces or labels",
    "validation_sha256": "other faces or labels to choose the best epoch on",
    "data_sources": "data sets of other names",
    "teachers_sha256": "other teachers",
    "soft_targets_sha256": "other soft targets",
    "start_sha256": "another network to start from",
}


def fingerprint(
    training: LabelledFaces,
    validation: LabelledFaces,
    data_sources: Sequence[Mapping[str, Any]],
    teachers: Sequence[Teacher],
    soft_targets: SoftTargets | None,
    start: nn.Module | None = None,
) -> dict[str, Any]:
    """What decides a run besides its recipe, in plain values that a checkpoint can hold."""
    return {
        "n": len(training),
        "faces_sha256": faces_sha256(training),
        "validation_sha256": faces_sha256(validation),
        "data_sources": [dict(source) for source in data_sources],
        "teachers_sha256": [network_sha256(teacher) for teacher in teachers],
        "soft_targets_sha256": "" if soft_targets is None else tensors_sha256(soft_targets.tensors()),
        "start_sha256": "" if start is None else network_sha256(start),
    }
