"""``LabelledFaces``, which every reader returns: faces in memory with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import RealtimeFerError

#: FER2013's seven classes in the numbering of Kaggle's ``fer2013.csv`` (0 = angry … 6 = neutral).
FER2013_CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")

#: The same in tables that number an eighth class, 7 = contempt.
FER2013_NUMBERING = (*FER2013_CLASSES, "contempt")

#: FER+'s eight classes in the column order of Microsoft's ``fer2013new.csv``.
FERPLUS_CLASSES = ("neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt")


class DatasetError(RealtimeFerError):
    """A data set is missing, incomplete or malformed. The text names the file and, where there is one, the row."""


@dataclass(frozen=True)
class LabelledFaces:
    """Grey faces and their labels, wholly in memory: FER2013 Training takes 66 MB.

    Attributes:
        images: uint8 (n, h, w), grey.
        labels: int64 (n,), index into ``class_names``.
        class_names: expression keys, in the order of the labels' indices.
        names: file name or row of each face, for messages.
        votes: float32 (n, 8) or None: shares of the FER+ annotators' votes for ``FERPLUS_CLASSES``, all 0 where FER+
            dropped the image; the auxiliary task.
        targets: float32 (n, C) or None: distributions to learn instead of single labels, such as the votes.
        epoch_share: float32 (n,) or None: share of the epochs in which each face is seen.

    Raises:
        ValueError: the shapes or types of the arrays do not match.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    class_names: tuple[str, ...]
    names: tuple[str, ...]
    votes: npt.NDArray[np.float32] | None = None
    targets: npt.NDArray[np.float32] | None = None
    epoch_share: npt.NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        n = len(self.images)
        if self.images.dtype != np.uint8 or self.images.ndim != 3:
            raise ValueError(f"images must be (n, h, w) uint8, got {self.images.shape} {self.images.dtype}")
        if self.labels.shape != (n,) or len(self.names) != n:
            raise ValueError(f"{n} images but labels {self.labels.shape} and {len(self.names)} names")
        if n and not 0 <= int(self.labels.min()) <= int(self.labels.max()) < len(self.class_names):
            raise ValueError(
                f"labels must be 0 to {len(self.class_names) - 1}, got {self.labels.min()} to {self.labels.max()}"
            )
        if self.votes is not None and self.votes.shape != (n, len(FERPLUS_CLASSES)):
            raise ValueError(f"votes must be ({n}, {len(FERPLUS_CLASSES)}), got {self.votes.shape}")
        if self.targets is not None and self.targets.shape != (n, len(self.class_names)):
            raise ValueError(f"targets must be ({n}, {len(self.class_names)}), got {self.targets.shape}")
        if self.epoch_share is not None and self.epoch_share.shape != (n,):
            raise ValueError(f"epoch_share must be ({n},), got {self.epoch_share.shape}")

    def __len__(self) -> int:
        return len(self.images)

    def rows(self, kept: npt.NDArray[np.intp]) -> LabelledFaces:
        """The faces of these rows, int (k,)."""

        def of(values: npt.NDArray[np.float32] | None) -> npt.NDArray[np.float32] | None:
            return None if values is None else values[kept]

        return LabelledFaces(
            self.images[kept],
            self.labels[kept],
            self.class_names,
            tuple(self.names[row] for row in kept),
            of(self.votes),
            of(self.targets),
            of(self.epoch_share),
        )

    def soft_targets(self) -> npt.NDArray[np.float32]:
        """float32 (n, C): ``targets``, or one-hot labels."""
        return np.eye(len(self.class_names), dtype=np.float32)[self.labels] if self.targets is None else self.targets

    def select(self, classes: Sequence[str]) -> LabelledFaces:
        """Only the faces of these classes, numbered in this order. Targets are renormalised to sum to 1.

        Raises:
            DatasetError: the data set lacks a class, or no face is left.
        """
        unknown = [key for key in classes if key not in self.class_names]
        if unknown:
            raise DatasetError(f"The data set has no class '{unknown[0]}'; it has {', '.join(self.class_names)}.")
        columns = [self.class_names.index(key) for key in classes]
        position = np.full(len(self.class_names), -1, np.int64)
        position[columns] = np.arange(len(columns))
        kept = np.flatnonzero(position[self.labels] >= 0)
        if not len(kept):
            raise DatasetError(f"The data set holds no face of {', '.join(classes)}.")
        targets = None
        if self.targets is not None:
            targets = self.targets[kept][:, columns]
            targets = (targets / targets.sum(1, keepdims=True)).astype(np.float32)
        return LabelledFaces(
            self.images[kept],
            position[self.labels[kept]],
            tuple(classes),
            tuple(self.names[row] for row in kept),
            self.votes[kept] if self.votes is not None else None,
            targets,
            self.epoch_share[kept] if self.epoch_share is not None else None,
        )

    def in_order(self, classes: Sequence[str]) -> LabelledFaces:
        """The same faces numbered by ``classes``, which may include classes that the data set lacks.

        Raises:
            DatasetError: the data set has a class that ``classes`` lacks.
        """
        missing = [key for key in self.class_names if key not in classes]
        if missing:
            raise DatasetError(f"The class '{missing[0]}' is not among {', '.join(classes)}.")
        columns = [classes.index(key) for key in self.class_names]
        targets = None
        if self.targets is not None:
            targets = np.zeros((len(self), len(classes)), np.float32)
            targets[:, columns] = self.targets
        return replace(
            self, labels=np.array(columns, np.int64)[self.labels], class_names=tuple(classes), targets=targets
        )


def concatenate(first: LabelledFaces, second: LabelledFaces) -> LabelledFaces:
    """Both sets, numbered by the classes of the first. Faces of a set without votes get votes of 0.

    Raises:
        DatasetError: the second has a class that the first lacks, or images of another size.
    """
    if first.images.shape[1:] != second.images.shape[1:]:
        raise DatasetError(f"The data sets' faces differ in size: {first.images.shape[1:]}, {second.images.shape[1:]}.")
    second = second.in_order(first.class_names)
    votes = None
    if first.votes is not None or second.votes is not None:
        none = [np.zeros((len(faces), len(FERPLUS_CLASSES)), np.float32) for faces in (first, second)]
        votes = np.concatenate(
            [none[i] if faces.votes is None else faces.votes for i, faces in enumerate((first, second))]
        )
    targets = None
    if first.targets is not None or second.targets is not None:
        targets = np.concatenate([first.soft_targets(), second.soft_targets()])
    shares = None
    if first.epoch_share is not None or second.epoch_share is not None:
        shares = np.concatenate(
            [np.ones(len(f), np.float32) if f.epoch_share is None else f.epoch_share for f in (first, second)]
        )
    return LabelledFaces(
        np.concatenate([first.images, second.images]),
        np.concatenate([first.labels, second.labels]),
        first.class_names,
        first.names + second.names,
        votes,
        targets,
        shares,
    )
