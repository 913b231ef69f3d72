"""Trained networks that another one learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from realtime_fer.core.cards.model_spec import read_model_spec
from train.cards.card_data import as_teachers_data
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError
from train.fit.checkpoint import load_checkpoint
from train.measure.predictors import Float32, TflitePredictor

#: Faces that an exported network is given at once.
BATCH = 16


class Teacher(nn.Module):
    """A trained network's logits, in the order of the student's classes.

    A class that only the teacher knows is left out: the softmax over the others is then the teacher's opinion
    given that the face shows one of them.

    Args:
        network: (n, 1, h, w) grey values 0 to 255 -> logits of ``class_names``.
        wanted: the student's classes.
        name: of the teacher, for the student's card.
        data: what the teacher and its own teachers learned from, for that card too.

    Raises:
        DatasetError: the teacher lacks one of them.
    """

    columns: torch.Tensor

    def __init__(
        self,
        network: nn.Module,
        class_names: tuple[str, ...],
        wanted: tuple[str, ...],
        name: str = "",
        data: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__()
        missing = [name for name in wanted if name not in class_names]
        if missing:
            raise DatasetError(f"lacks the classes to be learned: {', '.join(missing)}.")
        self.network = network
        self.name = name
        self.data = tuple(data)
        self.register_buffer("columns", torch.tensor([class_names.index(name) for name in wanted]))

    def forward_both(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Logits of the student's classes, and of FER+'s eight where the teacher has learned the votes."""
        logits, votes = self.network.forward_both(grey)
        return logits[:, self.columns], votes

    def forward(self, grey: torch.Tensor) -> torch.Tensor:
        return self.forward_both(grey)[0]


class ShippedNetwork(nn.Module):
    """An exported file as a network, for teachers of which no checkpoint is left.

    Its outputs are logarithms of probabilities, which differ from its logits by a constant for each face.

    Args:
        path: the card whose output has the classes. The votes come from the card beside it that shares its file and
            has FER+'s eight classes, if there is one.

    Raises:
        ModelError: the card or its file cannot be read.
    """

    sha256: torch.Tensor

    def __init__(self, path: Path, threads: int = 1) -> None:
        super().__init__()
        spec = read_model_spec(path)
        beside = [read_model_spec(other) for other in sorted(path.parent.glob("*.json")) if other != path]
        same_file = [other for other in beside if other.path == spec.path]
        voting = [other for other in same_file if set(other.class_names) == set(FERPLUS_CLASSES)]
        content = spec.verify_file()
        self.spec = spec
        self._network = TflitePredictor(
            content, spec.class_names, spec.input, threads, BATCH, spec.output, spec.activation
        )
        self._voting = voting[0] if voting else None
        #: A file that looks at the mirrored face by itself need not be asked about it.
        self.mirrored = bool(spec.card.get("mirrored"))
        self.register_buffer("sha256", torch.tensor(list(bytes.fromhex(spec.sha256))))

    @property
    def votes(self) -> bool:
        """Whether the file has an output for FER+'s votes."""
        return self._voting is not None

    def forward_both(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """(n, 1, h, w) grey values 0 to 255 -> (n, C) and (n, 8) or None."""
        faces = grey.float().permute(0, 2, 3, 1).cpu().numpy()
        classes, votes = [], []
        for start in range(0, len(faces), BATCH):
            classes.append(self._network.predict(faces[start : start + BATCH]))
            if self._voting is not None:
                columns = [self._voting.class_names.index(name) for name in FERPLUS_CLASSES]
                votes.append(self._network.also(self._voting.output, self._voting.activation)[:, columns])
        return _logarithm(classes, grey.device), _logarithm(votes, grey.device) if votes else None


def load_teacher(path: Path, wanted: tuple[str, ...]) -> Teacher:
    """The network of a checkpoint, or of an exported file's card (.json), as a teacher of ``wanted``.

    Raises:
        DatasetError: it lacks one of the classes.
        ModelError: not a checkpoint, or not a card with its file.
    """
    if path.suffix == ".json":
        return _exported_teacher(path, wanted)
    checkpoint = load_checkpoint(path)
    data = [*as_teachers_data(checkpoint.sets(), checkpoint.ferplus), *checkpoint.teachers_data]
    try:
        return Teacher(checkpoint.network, checkpoint.class_names, wanted, str(checkpoint.recipe["model"]), data)
    except DatasetError as error:
        raise DatasetError(f"The teacher {path} {error}") from error


def _exported_teacher(path: Path, wanted: tuple[str, ...]) -> Teacher:
    network = ShippedNetwork(path)
    learned = network.spec.card.get("data", {})
    data = as_teachers_data(learned.get("sets", []), network.votes)
    data += [dict(entry) for entry in learned.get("teachers", [])]
    try:
        return Teacher(network, network.spec.class_names, wanted, network.spec.model_id, data)
    except DatasetError as error:
        raise DatasetError(f"The teacher {path} {error}") from error


def _logarithm(parts: list[Float32], device: torch.device) -> torch.Tensor:
    return torch.from_numpy(np.concatenate(parts)).clamp(min=1e-6).log().to(device)
