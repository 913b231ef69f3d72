"""A run's folder: ``last.pt`` to resume from, ``best.pt`` to export, ``log.csv`` with a row an epoch. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from torch import nn

from realtime_fer.core.errors import RealtimeFerError
from train.data.labelled_faces import LabelledFaces
from train.fit.checkpoint import load_state, save_state
from train.fit.fingerprints import faces_sha256, first_difference, network_sha256, tensors_sha256
from train.fit.run_log import append_row, trim_log
from train.fit.soft_targets import SoftTargets
from train.fit.teachers import Teacher
from train.fit.training_state import TrainingState
from train.recipe import Recipe

#: What a message says of each entry of a run's fingerprint that differs.
DIFFERENCES = {
    "n": "other faces",
    "faces_sha256": "other faces or labels",
    "validation_sha256": "other faces or labels to choose the best epoch on",
    "data_sources": "data sets of other names",
    "teachers_sha256": "other teachers",
    "soft_targets_sha256": "other soft targets",
    "start_sha256": "another network to start from",
}


class RunError(RealtimeFerError):
    """A run folder or a device cannot be used as asked."""


class RunFolder:
    """Where one run keeps its checkpoints and its log.

    Args:
        path: made if missing.
        recipe, fingerprint: what the run depends on; only a run of the same is resumed.
        resume: whether ``path`` may hold a run already.

    Raises:
        RunError: it holds a run and ``resume`` is False, or it cannot be made.
    """

    def __init__(self, path: Path, recipe: Recipe, fingerprint: Mapping[str, Any], resume: bool) -> None:
        self.path = path
        self.best, self.last, self.log = path / "best.pt", path / "last.pt", path / "log.csv"
        self._recipe = recipe
        self._fingerprint = dict(fingerprint)
        if self.last.exists() and not resume:
            raise RunError(f"{path}: holds a run already; go on with --resume, or name another folder with --run.")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"{path}: cannot be made: {error.strerror}.") from error

    def restore(self, state: TrainingState) -> None:
        """Sets ``state`` to that of the last whole epoch, where there is one.

        Raises:
            RunError: the run there was begun with another recipe, other faces or other teachers, or is damaged.
        """
        if not self.last.is_file():
            return
        kept = load_state(self.last, state.device)
        # A run begun by a former version lacks the entries that are new since; it was made with their defaults.
        if {**Recipe().as_mapping(), **kept.get("recipe", self._recipe.as_mapping())} != self._recipe.as_mapping():
            raise RunError(f"{self.path}: was begun with another recipe; name another folder with --run.")
        other = first_difference(kept.get("begun_with", {}), self._fingerprint, DIFFERENCES)
        if other is not None:
            raise RunError(f"{self.path}: was begun with {other}; name another folder with --run.")
        try:
            state.load_state_dict(kept)
        except (KeyError, RuntimeError, ValueError) as error:
            raise RunError(f"{self.last}: is not of this network and data; name another folder with --run.") from error
        trim_log(self.log, state.epoch)

    def save_last(self, state: TrainingState) -> None:
        """Everything that ``restore`` needs."""
        recipe = {"recipe": self._recipe.as_mapping(), "begun_with": self._fingerprint}
        save_state(self.last, {**state.state_dict(), **recipe})

    def save_best(self, state: TrainingState, facts: Mapping[str, Any]) -> None:
        """The averaged weights, with the recipe, the epoch and what a card says of them."""
        weights = {"network": state.averaged.state_dict(), "recipe": self._recipe.as_mapping()}
        save_state(self.best, {**weights, **facts, "epoch": state.epoch})

    def append_log(self, row: dict[str, float]) -> None:
        append_row(self.log, row, fresh=row["epoch"] == 1)


def run_fingerprint(
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
