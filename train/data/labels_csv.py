"""``labels.csv``: a row for each image with its split, its class in words and, for FER2013, ten FER+ votes.

Source of the votes and of the majority rule: Barsoum et al., "Training Deep Networks for Facial Expression
Recognition with Crowd-Sourced Label Distribution", 2016, arXiv:1608.01041, and its published reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.data.files.class_words import class_key, whole_number
from train.data.files.tables import columns_of, table_rows
from train.data.labelled_faces import FER2013_NUMBERING, FERPLUS_CLASSES, DatasetError
from train.data.splits import same_split

#: FER+'s ten vote columns: the eight classes, then two that are not expressions.
VOTE_COLUMNS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF")


@dataclass(frozen=True)
class LabelRow:
    """One image's labels.

    Attributes:
        where: file and line, for messages.
        image: the image's name, with or without folder and extension.
        word: its class in the file's words.
        votes: int64 (10,) in the order of ``VOTE_COLUMNS``, or None.
        in_ferplus: False where FER+ does not publish the image.
        numbering: what numbers instead of words mean.
    """

    where: str
    image: str
    word: str
    votes: npt.NDArray[np.int64] | None
    in_ferplus: bool = True
    numbering: tuple[str, ...] = ()

    def expression_key(self) -> str:
        """Raises DatasetError: the word is not an expression."""
        key = class_key(self.word, self.numbering)
        if key is None:
            raise DatasetError(f"{self.where}: '{self.word}' is not an expression, such as 'happy'.")
        return key

    def majority_key(self) -> str | None:
        """The class by FER+'s majority rule, or None. Raises DatasetError: the file has no votes."""
        if self.votes is None:
            raise DatasetError(f"{self.where}: the file has no FER+ vote columns ({', '.join(VOTE_COLUMNS)}).")
        winner = ferplus_majority(self.votes)
        return None if winner is None else FERPLUS_CLASSES[winner]

    def vote_shares(self) -> npt.NDArray[np.float64]:
        """Votes as a distribution over ``FERPLUS_CLASSES``; zeros where FER+ has none."""
        if self.votes is None or not self.in_ferplus:
            return np.zeros(len(FERPLUS_CLASSES))
        return shares_of(self.votes)


def without_outliers(votes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sets single votes, which FER+ calls outliers, to 0."""
    return np.where(votes > 1, votes, 0)


def shares_of(votes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Votes (10,) as a distribution (8,) over ``FERPLUS_CLASSES``, without outliers; zeros where none is left.

    Where the majority rule keeps an image, its shares sum to 1, whether FER+ published the image or not.
    """
    kept = without_outliers(votes)[: len(FERPLUS_CLASSES)]
    return kept / kept.sum() if kept.sum() else np.zeros(len(FERPLUS_CLASSES))


def ferplus_majority(votes: npt.NDArray[np.int64]) -> int | None:
    """FER+'s official majority rule for one image.

    Outliers are set to 0 first. The image is dropped (None) when the winner is ``unknown`` or ``NF``, or has at most
    half of the remaining votes. The votes alone decide: on FER2013 that keeps the official 25,060
    (Training), 3,199 (PublicTest) and 3,153 (PrivateTest). Four of those images (three of Training) were left out
    of FER+'s published pictures although their votes have a majority; asking for ``in_ferplus`` as well would
    lose them.

    Args:
        votes: (10,) counts in the order of :data:`VOTE_COLUMNS`.

    Returns:
        Index into ``FERPLUS_CLASSES``, or None.
    """
    kept = without_outliers(votes)
    winner = int(kept.argmax())
    if winner >= len(FERPLUS_CLASSES) or kept[winner] * 2 <= kept.sum():
        return None
    return winner


def read_labels(path: Path, usage: str) -> list[LabelRow]:
    """The rows of ``path`` whose ``usage`` (or ``split``) is ``usage`` or another word for the same split.

    Raises:
        DatasetError: no such file, a column is missing, a row is damaged, or no row has that usage.
    """
    columns = columns_of(path)
    split = "usage" if "usage" in columns else "split"
    vote_columns = [column.lower() for column in VOTE_COLUMNS]
    # Only FER2013's table has usages.
    numbering = FER2013_NUMBERING if split == "usage" else ()
    has_votes = all(column in columns for column in vote_columns)
    rows: list[LabelRow] = []
    seen: set[str] = set()
    for row in table_rows(path, ("image", split, "emotion")):
        if not same_split(row[split], usage):
            continue
        image = row["image"]
        if not image or image in seen:
            raise DatasetError(f"{row.where}: {f'image {image!r} is there twice' if image else 'names no image'}.")
        seen.add(image)
        in_ferplus = whole_number(row.values.get("in_ferplus", "1")) == 1
        votes = parse_votes([row[column] for column in vote_columns], row.where) if has_votes else None
        rows.append(LabelRow(row.where, image, row["emotion"], votes, in_ferplus, numbering))
    if not rows:
        raise DatasetError(f"{path}: no row has the usage '{usage}'.")
    return rows


def parse_votes(fields: Sequence[str], where: str) -> npt.NDArray[np.int64]:
    """Ten fields as int64 (10,). Raises DatasetError, beginning with ``where``: not whole numbers, or negative."""
    try:
        votes = np.array([int(field) for field in fields], np.int64)
    except (ValueError, OverflowError):
        raise DatasetError(f"{where}: its votes are not whole numbers.") from None
    if votes.min() < 0:
        raise DatasetError(f"{where}: its votes are negative.")
    return votes
