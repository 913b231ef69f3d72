"""Teachers: trained networks to distil from. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from train.cards.card_data import FERPLUS_SOURCE, as_teachers_data, merged
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError
from train.fit.checkpoint import load_checkpoint
from train.predictors import TflitePredictor


class Teacher(nn.Module):
    """A trained network's logits, in the order of the student's classes.

    Classes that the student lacks are left out: the softmax over the others is the teacher's output, given that the
    face shows one of them.

    Args:
        network: (n, 1, h, w) grey values 0 to 255 -> logits of ``class_names``.
        wanted: the student's classes.
        name: for the student's card.
        data: the data that the teacher and its own teachers learned from, for that card too.

    Raises:
        DatasetError: the teacher lacks one of the student's classes.
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
        """Logits (n, C) of the student's classes, and (n, 8) of FER+'s votes where the teacher has a head for them."""
        logits, votes = self.network.forward_both(grey)
        return logits[:, self.columns], votes

    def forward(self, grey: torch.Tensor) -> torch.Tensor:
        return self.forward_both(grey)[0]


class ExportedNetwork(nn.Module):
    """An exported file as a teacher's network, where its checkpoint is not kept.

    It gives logarithms of probabilities, which differ from logits by one constant for each face.

    Args:
        card: describes the output with the classes. The votes are read from the same file where a card beside it
            describes an output with FER+'s eight classes.
        threads: of LiteRT.

    Attributes:
        mirrored: the file looks at the mirrored face by itself.

    Raises:
        ModelError: a card in the folder or the file cannot be read.
    """

    sha256: torch.Tensor

    def __init__(self, card: Path, threads: int = 1) -> None:
        super().__init__()
        self.spec = read_model_spec(card)
        self.mirrored = bool(self.spec.card.get("mirrored"))
        self._votes = _votes_beside(card, self.spec)
        self._predictor = TflitePredictor.of_card(self.spec, threads)
        # The file's hash stands for its weights when soft targets are compared with their teachers.
        self.register_buffer("sha256", torch.tensor(list(bytes.fromhex(self.spec.sha256))))

    def forward_both(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """(n, 1, h, w) grey values 0 to 255 -> (n, C), and (n, 8) in the order of FER+ or None."""
        specs = [self.spec] if self._votes is None else [self.spec, self._votes]
        faces = grey.float().permute(0, 2, 3, 1).cpu().numpy()
        given = self._predictor.predict_outputs(faces, [(spec.output, spec.activation) for spec in specs])
        classes, *votes = (torch.from_numpy(values).clamp(min=1e-6).log().to(grey.device) for values in given)
        if self._votes is None:
            return classes, None
        return classes, votes[0][:, [self._votes.class_names.index(name) for name in FERPLUS_CLASSES]]


def load_teacher(path: Path, wanted: tuple[str, ...]) -> Teacher:
    """A checkpoint's network, or that of an exported file's card (.json), as a teacher of the classes ``wanted``.

    Raises:
        DatasetError: the network lacks one of the classes.
        ModelError: neither a checkpoint nor a card with its file.
    """
    if path.suffix == ".json":
        return _exported_teacher(path, wanted)
    checkpoint = load_checkpoint(path)
    data = [*as_teachers_data(checkpoint.sets(), checkpoint.ferplus), *checkpoint.teachers_data]
    try:
        return Teacher(checkpoint.network, checkpoint.class_names, wanted, str(checkpoint.recipe["model"]), data)
    except DatasetError as error:
        raise DatasetError(f"The teacher {path} {error}") from error


def _exported_teacher(card: Path, wanted: tuple[str, ...]) -> Teacher:
    network = ExportedNetwork(card)
    try:
        return Teacher(network, network.spec.class_names, wanted, network.spec.model_id, data_of_exported(network.spec))
    except DatasetError as error:
        raise DatasetError(f"The teacher {card} {error}") from error


def data_of_exported(spec: ModelSpec) -> list[dict[str, Any]]:
    """The data that an exported network and its teachers learned from."""
    described = spec.card.get("data", {})
    ferplus = FERPLUS_SOURCE in described.get("source", "")
    return merged([*as_teachers_data(described.get("sets", []), ferplus), *described.get("teachers", [])])


def _votes_beside(card: Path, spec: ModelSpec) -> ModelSpec | None:
    """The card that describes the output for FER+'s votes in the same file."""
    others = (read_model_spec(path) for path in sorted(card.parent.glob("*.json")) if path != card)
    return next((o for o in others if o.path == spec.path and set(o.class_names) == set(FERPLUS_CLASSES)), None)
