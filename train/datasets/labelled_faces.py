"""What every reader returns: faces in memory with their labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import RealtimeFerError

#: FER2013's seven classes in the numbering of Kaggle's ``fer2013.csv`` (0 = angry … 6 = neutral).
FER2013_CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")

#: FER+'s eight classes in the column order of Microsoft's ``fer2013new.csv``.
FERPLUS_CLASSES = ("neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt")


class DatasetError(RealtimeFerError):
    """A data set is missing, half or malformed. The text names the file, and the row where there is one."""


@dataclass(frozen=True)
class LabelledFaces:
    """Grey faces and their classes, whole in memory: FER2013 Training is 66 MB.

    Attributes:
        images: uint8, (n, h, w), grey.
        labels: int64, (n,), index into ``class_names``.
        class_names: expression keys, in the order of the label indices.
        names: the file name or row of each face, for messages.
        votes: float32, (n, 8) or None: share of the FER+ annotators' votes for each class of
            ``FERPLUS_CLASSES``, all 0 where FER+ dropped the image.

    Raises:
        ValueError: an array has another shape or type, or a label is of no class.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    class_names: tuple[str, ...]
    names: tuple[str, ...]
    votes: npt.NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        n = len(self.images)
        if self.images.dtype != np.uint8 or self.images.ndim != 3:
            raise ValueError(f"images must be (n, h, w) uint8, got {self.images.shape} {self.images.dtype}")
        if self.labels.shape != (n,) or len(self.names) != n:
            raise ValueError(f"{n} images but labels {self.labels.shape} and {len(self.names)} names")
        if n and not 0 <= self.labels.min() <= self.labels.max() < len(self.class_names):
            raise ValueError(f"labels must be 0 to {len(self.class_names) - 1}")
        if self.votes is not None and self.votes.shape != (n, len(FERPLUS_CLASSES)):
            raise ValueError(f"votes must be ({n}, {len(FERPLUS_CLASSES)}), got {self.votes.shape}")

    def __len__(self) -> int:
        return len(self.images)
