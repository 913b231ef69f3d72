"""Soft targets: an ensemble of teachers' outputs on every training face, computed once and kept. Needs PyTorch.

Teachers cost more than the student. So each face is augmented several times beforehand ("views"), the teachers see each
view once, and any number of students learns from the same views. The student must see the very image that the teachers
saw: Beyer et al. 2022, "Knowledge distillation: A good teacher is patient and consistent" (arXiv:2106.05237).

A folder holds ``view-NN.npz`` (faces uint8 (n, h, w); log-probabilities float16 (n, C) and (n, 8)) and ``facts.json``.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from train.calibration import fit_temperature
from train.cards.card import as_json, write_whole
from train.cards.card_data import merged
from train.data.labelled_faces import DatasetError, LabelledFaces
from train.fit.fingerprints import first_difference, network_sha256
from train.fit.teachers import Teacher

FACTS = "facts.json"

#: What a message says of each entry of a folder's facts that differs.
DIFFERENCES = {
    "n": "other faces",
    "faces_sha256": "other faces",
    "class_names": "other classes",
    "teachers": "other teachers",
    "teachers_sha256": "other teachers",
    "seed": "another seed",
    "changes": "a recipe with other augmentation",
}


class SoftTargets:
    """A folder's views, and the teachers' mean calibrated probabilities for each.

    Attributes:
        teachers: their names.
        teachers_data: the data that they learned from; () where the folder does not say.
    """

    def __init__(
        self,
        views: torch.Tensor,
        classes: torch.Tensor,
        votes: torch.Tensor | None,
        teachers: tuple[str, ...],
        teachers_data: Sequence[dict[str, Any]] = (),
    ) -> None:
        self._views, self._classes, self._votes = views, classes, votes
        self.teachers = teachers
        self.teachers_data = tuple(teachers_data)

    def __len__(self) -> int:
        """Views of each face."""
        return len(self._views)

    def tensors(self) -> dict[str, torch.Tensor]:
        """All tensors by name: faces uint8 (views, n, h, w), log-probabilities float16 (views, n, C)."""
        votes = {} if self._votes is None else {"votes": self._votes}
        return {"faces": self._views, "classes": self._classes, **votes}

    def look_up(
        self, views: torch.Tensor, faces: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor | None]:
        """The given view of each face: pictures uint8 (n, h, w), probabilities float32 (n, C), and (n, 8) or None."""
        votes = None if self._votes is None else self._votes[views, faces].float().exp()
        return self._views[views, faces], self._classes[views, faces].float().exp(), votes


class TeacherEnsemble:
    """Teachers, each calibrated by a temperature of its own.

    Args:
        validation: faces to calibrate on, labelled in the student's classes.
        majority: faces labelled by FER+'s majority, to calibrate the votes' heads on; None where there are no votes.
        mirrored: average each teacher's logits over the face and its mirror image.
    """

    def __init__(
        self,
        teachers: Sequence[Teacher],
        validation: LabelledFaces,
        majority: LabelledFaces | None,
        batch: int = 256,
        mirrored: bool = False,
    ) -> None:
        self._teachers = [teacher.eval() for teacher in teachers]
        self._mirrored = mirrored
        self._batch = batch
        self._temperatures: list[tuple[float, float]] = [(1.0, 1.0)] * len(teachers)
        found = []
        for teacher in self._teachers:
            of_classes = fit_temperature(self._logits(teacher, validation.images)[0].numpy(), validation.labels)
            of_votes = 1.0
            votes = None if majority is None else self._logits(teacher, majority.images)[1]
            if majority is not None and votes is not None:
                of_votes = fit_temperature(votes.numpy(), majority.labels)
            found.append((of_classes, of_votes))
        self._temperatures = found

    def hashes(self) -> list[str]:
        """SHA-256 of each teacher's weights."""
        return [network_sha256(teacher) for teacher in self._teachers]

    def teachers_data(self) -> list[dict[str, Any]]:
        """The data that they and their own teachers learned from."""
        return merged(entry for teacher in self._teachers for entry in teacher.data)

    def facts(self) -> list[dict[str, Any]]:
        return [
            {"network": teacher.name, "temperature": round(classes, 4), "temperature_votes": round(votes, 4)}
            | ({"mirrored": True} if self._mirrored else {})
            for teacher, (classes, votes) in zip(self._teachers, self._temperatures, strict=True)
        ]

    def probabilities(self, images: npt.NDArray[np.uint8]) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Means over the teachers: float32 (n, C), and (n, 8) over those with a head for FER+'s votes, or None."""
        classes, votes = [], []
        for teacher, (of_classes, of_votes) in zip(self._teachers, self._temperatures, strict=True):
            logits, vote_logits = self._logits(teacher, images)
            classes.append(torch.softmax(logits / of_classes, 1))
            if vote_logits is not None:
                votes.append(torch.softmax(vote_logits / of_votes, 1))
        return torch.stack(classes).mean(0), torch.stack(votes).mean(0) if votes else None

    @torch.inference_mode()
    def _logits(self, teacher: Teacher, images: npt.NDArray[np.uint8]) -> tuple[torch.Tensor, torch.Tensor | None]:
        device = teacher.columns.device
        parts = []
        for start in range(0, len(images), self._batch):
            grey = torch.from_numpy(images[start : start + self._batch]).to(device).float().unsqueeze(1)
            with torch.autocast(device.type, torch.bfloat16):
                logits, votes = _opinion(teacher, grey, self._mirrored)
            parts.append((logits.float().cpu(), None if votes is None else votes.float().cpu()))
        both = [votes for _, votes in parts if votes is not None]
        return torch.cat([logits for logits, _ in parts]), torch.cat(both) if both else None


def _opinion(teacher: Teacher, grey: torch.Tensor, mirrored: bool) -> tuple[torch.Tensor, torch.Tensor | None]:
    """Logits (n, C), and (n, 8) or None, of each face, or means of those of the face and of the mirrored face."""
    logits, votes = teacher.forward_both(grey.contiguous(memory_format=torch.channels_last))
    if not mirrored or getattr(teacher.network, "mirrored", False):
        return logits, votes
    others, other_votes = teacher.forward_both(grey.flip(3).contiguous(memory_format=torch.channels_last))
    both = None if votes is None or other_votes is None else (votes + other_votes) / 2
    return (logits + others) / 2, both


def write_soft_targets(
    folder: Path,
    faces: LabelledFaces,
    ensemble: TeacherEnsemble,
    views: int,
    change: Callable[[npt.NDArray[np.uint8], int], npt.NDArray[np.uint8]],
    changed_by: Mapping[str, Any],
    facts: Mapping[str, Any],
    told: Callable[[int], None] = lambda view: None,
) -> None:
    """Writes the views that the folder lacks, so that a stopped run resumes.

    Args:
        change: uint8 (n, h, w) and the view's number -> the augmented faces; the same every time.
        changed_by: what ``change`` depends on: ``seed`` and ``changes``.
        facts: further entries for ``facts.json``.
        told: called with the view's number after each view.

    Raises:
        DatasetError: the folder was begun with other faces, classes, teachers or augmentation, or cannot be written.
    """
    what = {"n": len(faces), "faces_sha256": _hash(faces), "class_names": list(faces.class_names)}
    what |= {"teachers": ensemble.facts(), "teachers_sha256": ensemble.hashes(), **changed_by}
    # In the form that it is read back in: numbers rounded, tuples as lists.
    what = json.loads(as_json(what))
    path = folder / FACTS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            other = first_difference(_facts(folder), what, DIFFERENCES)
            if other is not None:
                raise DatasetError(f"{folder}: was begun with {other}; name another folder.")
        else:
            write_whole({path: as_json({**what, "teachers_data": ensemble.teachers_data(), **facts})})
        for view in range(views):
            target = folder / f"view-{view:02}.npz"
            if not target.exists():
                pictures = change(faces.images, view)
                classes, votes = ensemble.probabilities(pictures)
                content = {"faces": pictures, "classes": _logarithms(classes)}
                if votes is not None:
                    content["votes"] = _logarithms(votes)
                buffer = io.BytesIO()
                np.savez(buffer, **content)  # type: ignore[arg-type]
                write_whole({target: buffer.getvalue()})
            told(view)
    except OSError as error:
        raise DatasetError(f"{folder}: cannot be written: {error.strerror or error}.") from error


def load_soft_targets(folder: Path, faces: LabelledFaces) -> SoftTargets:
    """The views of ``faces`` in a folder.

    Raises:
        DatasetError: the folder holds no views, or views of other faces or classes, or a damaged one.
    """
    facts = _facts(folder)
    if facts.get("class_names") != list(faces.class_names) or facts.get("faces_sha256") != _hash(faces):
        raise DatasetError(f"{folder}: holds soft targets of other faces or classes.")
    paths = sorted(folder.glob("view-*.npz"))
    if not paths:
        raise DatasetError(f"{folder}: holds no view yet.")
    pictures, classes, votes = [], [], []
    for path in paths:
        try:
            with np.load(path) as content:
                pictures.append(torch.from_numpy(content["faces"]))
                classes.append(torch.from_numpy(content["classes"]))
                if "votes" in content:
                    votes.append(torch.from_numpy(content["votes"]))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise DatasetError(f"{path}: is damaged; delete it and run 'soft-targets' again.") from error
    names = tuple(str(teacher["network"]) for teacher in facts["teachers"])
    together = torch.stack(votes) if len(votes) == len(paths) else None
    data = facts.get("teachers_data", ())
    return SoftTargets(torch.stack(pictures), torch.stack(classes), together, names, data)


def taught_by(teachers: Sequence[Teacher], soft_targets: SoftTargets | None) -> dict[str, Any]:
    """The teachers' names and the data that they learned from, for the card."""
    if soft_targets is not None:
        return {"teachers": list(soft_targets.teachers), "teachers_data": list(soft_targets.teachers_data)}
    data = merged(entry for teacher in teachers for entry in teacher.data)
    return {"teachers": [teacher.name for teacher in teachers], "teachers_data": data}


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{folder}: holds no soft targets; 'python -m train soft-targets' makes them.") from error
    if not isinstance(facts, dict) or not isinstance(facts.get("teachers"), list):
        raise DatasetError(f"{folder / FACTS}: is not what 'python -m train soft-targets' writes.")
    return facts


def _hash(faces: LabelledFaces) -> str:
    return hashlib.sha256(np.ascontiguousarray(faces.images).tobytes()).hexdigest()


def _logarithms(probabilities: torch.Tensor) -> npt.NDArray[np.float16]:
    return probabilities.clamp(min=1e-7).log().to(torch.float16).numpy()
