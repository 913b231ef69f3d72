"""FER2013 as Kaggle distributes it: ``fer2013.csv`` (``emotion,pixels,Usage``), ``icml_face_data.csv`` (spaced header).

With FER+'s ``fer2013new.csv`` beside it, whose rows have the same order, the faces have votes too.
Source: Goodfellow et al., "Challenges in Representation Learning", 2013, arXiv:1307.0414.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.data.ferplus_csv import FILE_NAME, VotesRow, read_ferplus
from train.data.files.class_words import class_key
from train.data.files.tables import table_rows
from train.data.labelled_faces import FER2013_CLASSES, FER2013_NUMBERING, DatasetError, LabelledFaces
from train.data.labelling import LabelsAs, labelled_faces
from train.data.labels_csv import LabelRow
from train.data.pictures import to_face
from train.data.splits import same_split

#: Their case and order do not matter.
COLUMNS = ("emotion", "pixels", "usage")

#: Usages that a message lists.
MOST_USAGES = 5


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
        return same_split(self.usage, usage)

    def label(self) -> int:
        """Index into ``FER2013_NUMBERING``. Raises DatasetError: it is not one."""
        key = class_key(self.emotion, FER2013_NUMBERING)
        if key is None:
            expected = f"0 to {len(FER2013_NUMBERING) - 1} or a word such as 'happy'"
            raise DatasetError(f"{self.where}: its class {self.emotion!r} is not {expected}.")
        return FER2013_NUMBERING.index(key)

    def image(self) -> npt.NDArray[np.uint8]:
        """uint8 (side, side), or (side, side, 3) in BGR for three times as many numbers, which are RGB pixel by pixel.

        Raises:
            DatasetError: the pixels are not a square image.
        """
        try:
            values = np.array(self.pixels.split(), dtype=np.int64)
        except (ValueError, OverflowError):
            raise DatasetError(f"{self.where}: its pixels are not whole numbers.") from None
        side, in_colour = isqrt(values.size), isqrt(values.size // 3)
        shape: tuple[int, ...] = (side, side)
        if in_colour > 1 and 3 * in_colour**2 == values.size:
            shape = (in_colour, in_colour, 3)
        elif not values.size or side**2 != values.size:
            raise DatasetError(f"{self.where}: {values.size} pixels are not a square image, in grey or RGB.")
        if values.min() < 0 or values.max() > 255:
            raise DatasetError(f"{self.where}: its pixels are not all 0 to 255.")
        image = values.astype(np.uint8).reshape(shape)
        return image if image.ndim == 2 else np.ascontiguousarray(image[:, :, ::-1])


def iterate_kaggle_csv(path: Path) -> Iterator[KaggleRow]:
    """Every row, one at a time, since the file has 300 MB.

    Raises:
        DatasetError: no such file, a column is missing, or a row lacks fields.
    """
    for index, row in enumerate(table_rows(path, COLUMNS)):
        yield KaggleRow(row.where, index, row["emotion"], row["pixels"], row["usage"])


def read_kaggle_csv(path: Path, usage: str, labels_as: LabelsAs = "emotion") -> LabelledFaces:
    """Reads one split of the file, converted to 48x48, with votes if ``fer2013new.csv`` lies beside it.

    The classes are FER2013's seven, and contempt where a row of any split has it.

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
    count = side = 0
    class_names: tuple[str, ...] = FER2013_CLASSES
    usages: set[str] = set()
    for row in iterate_kaggle_csv(path):
        count = row.index + 1
        votes = None if all_votes is None else _votes_of(row, all_votes, beside)
        if class_key(row.emotion, FER2013_NUMBERING) == "contempt":
            class_names = FER2013_NUMBERING
        if len(usages) < MOST_USAGES:
            usages.add(row.usage)
        if not row.of(usage):
            continue
        image, word = row.image(), FER2013_NUMBERING[row.label()]
        side = side or len(image)
        if len(image) != side:
            raise DatasetError(f"{row.where}: is {len(image)} pixels wide, the others {side}.")
        images.append(to_face(image))
        name = f"row {row.where.rpartition(' ')[2]}"
        if votes is None:
            kept.append(LabelRow(row.where, name, word, None))
        else:
            kept.append(LabelRow(row.where, name, word, votes.votes, in_ferplus=bool(votes.image)))
    if all_votes is not None and count != len(all_votes):
        raise DatasetError(f"{beside}: has {len(all_votes)} rows of votes, but {path.name} has {count} images.")
    if not images:
        seen = f"; there is {', '.join(sorted(usages))}" if usages else ""
        raise DatasetError(f"{path}: no row has the usage '{usage}'{seen}.")
    return labelled_faces(images, kept, labels_as, f"{path}: '{usage}'", class_names)


def _votes_of(row: KaggleRow, all_votes: list[VotesRow], path: Path) -> VotesRow:
    if row.index >= len(all_votes):
        raise DatasetError(f"{path}: has {len(all_votes)} rows of votes, and none for {row.where}.")
    votes = all_votes[row.index]
    if not row.of(votes.usage):
        raise DatasetError(f"{votes.where}: is of the usage '{votes.usage}', but the image of '{row.usage.strip()}'.")
    return votes
