"""FER2013 as Kaggle distributes it: ``fer2013.csv`` (``emotion,pixels,Usage``), ``icml_face_data.csv`` (spaced header).

With FER+'s ``fer2013new.csv`` beside it, whose rows have the same order, the faces have votes too.
Source: Goodfellow et al., "Challenges in Representation Learning", 2013, arXiv:1307.0414.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.data.ferplus_csv import FILE_NAME, VotesRow, read_ferplus
from train.data.files.tables import table_rows
from train.data.labelled_faces import FER2013_CLASSES, DatasetError, LabelledFaces
from train.data.labelling import LabelsAs, labelled_faces
from train.data.labels_csv import LabelRow

#: Their case and order do not matter.
COLUMNS = ("emotion", "pixels", "usage")


@dataclass(frozen=True, slots=True)
class KaggleRow:
    """One row as text, parsed only on demand, since parsing 2,304 numbers takes time.

    Attributes:
        where: file and line, for messages.
        index: the row's number in the file, counted from 0 without the header.
    """

    where: str
    index: int
    emotion: str
    pixels: str
    usage: str

    def of(self, usage: str) -> bool:
        return self.usage.strip().lower() == usage.strip().lower()

    def label(self) -> int:
        """Index into ``FER2013_CLASSES``. Raises DatasetError: it is not one."""
        try:
            label = int(self.emotion)
        except ValueError:
            label = -1
        if not 0 <= label < len(FER2013_CLASSES):
            raise DatasetError(f"{self.where}: its class {self.emotion!r} is not 0 to {len(FER2013_CLASSES) - 1}.")
        return label

    def image(self) -> npt.NDArray[np.uint8]:
        """uint8 (side, side). Raises DatasetError: the pixels are not a square grey image."""
        try:
            values = np.array(self.pixels.split(), dtype=np.int64)
        except (ValueError, OverflowError):
            raise DatasetError(f"{self.where}: its pixels are not whole numbers.") from None
        side = round(values.size**0.5)
        if side < 1 or side * side != values.size:
            raise DatasetError(f"{self.where}: {values.size} pixels are not a square image.")
        if values.min() < 0 or values.max() > 255:
            raise DatasetError(f"{self.where}: its pixels are not all 0 to 255.")
        return values.astype(np.uint8).reshape(side, side)


def iterate_kaggle_csv(path: Path) -> Iterator[KaggleRow]:
    """Every row, one at a time, since the file has 300 MB.

    Raises:
        DatasetError: no such file, a column is missing, or a row lacks fields.
    """
    for index, row in enumerate(table_rows(path, COLUMNS)):
        yield KaggleRow(row.where, index, row["emotion"], row["pixels"], row["usage"])


def read_kaggle_csv(path: Path, usage: str, labels_as: LabelsAs = "emotion") -> LabelledFaces:
    """Reads one split of the file, with votes if ``fer2013new.csv`` lies beside it.

    Args:
        labels_as: see ``labelled_faces``.

    Raises:
        DatasetError: no such file, a row is damaged (the text names it), the votes belong to other rows, "ferplus"
            without votes, or no row has that usage.
    """
    beside = path.parent / FILE_NAME
    all_votes = read_ferplus(beside) if beside.is_file() else None
    if labels_as == "ferplus" and all_votes is None:
        raise DatasetError(f"{path}: has no FER+ votes; FER+'s {FILE_NAME} must lie beside it.")
    images: list[npt.NDArray[np.uint8]] = []
    kept: list[LabelRow] = []
    count = 0
    for row in iterate_kaggle_csv(path):
        count = row.index + 1
        votes = None if all_votes is None else _votes_of(row, all_votes, beside)
        if not row.of(usage):
            continue
        image, word = row.image(), FER2013_CLASSES[row.label()]
        if images and image.shape != images[0].shape:
            raise DatasetError(f"{row.where}: is {len(image)} pixels wide, the others {len(images[0])}.")
        images.append(image)
        name = f"row {row.where.rpartition(' ')[2]}"
        if votes is None:
            kept.append(LabelRow(row.where, name, word, None))
        else:
            kept.append(LabelRow(row.where, name, word, votes.votes, in_ferplus=bool(votes.image)))
    if all_votes is not None and count != len(all_votes):
        raise DatasetError(f"{beside}: has {len(all_votes)} rows of votes, but {path.name} has {count} images.")
    if not images:
        raise DatasetError(f"{path}: no row has the usage '{usage}'.")
    return labelled_faces(images, kept, labels_as, f"{path}: '{usage}'")


def _votes_of(row: KaggleRow, all_votes: list[VotesRow], path: Path) -> VotesRow:
    if row.index >= len(all_votes):
        raise DatasetError(f"{path}: has {len(all_votes)} rows of votes, and none for {row.where}.")
    votes = all_votes[row.index]
    if not row.of(votes.usage):
        raise DatasetError(f"{votes.where}: is of the usage '{votes.usage}', but the image of '{row.usage.strip()}'.")
    return votes
