"""FER+'s ``fer2013new.csv``: ten votes for each row of ``fer2013.csv``, in the same order.

Source: https://github.com/microsoft/FERPlus and Barsoum et al., 2016, arXiv:1608.01041. It names no
image that FER+ dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.data.files.tables import table_rows
from train.data.labels_csv import VOTE_COLUMNS, parse_votes

FILE_NAME = "fer2013new.csv"


@dataclass(frozen=True, slots=True)
class VotesRow:
    """One row. ``votes``: int64 (10,) in the order of ``VOTE_COLUMNS``. ``image``: '' where FER+ dropped it."""

    where: str
    usage: str
    image: str
    votes: npt.NDArray[np.int64]


def read_ferplus(path: Path) -> list[VotesRow]:
    """All rows, of every usage.

    Raises:
        DatasetError: no such file, a column is missing, or a row is damaged.
    """
    columns = [column.lower() for column in VOTE_COLUMNS]
    rows: list[VotesRow] = []
    for row in table_rows(path, ("usage", "image name", *columns)):
        votes = parse_votes([row[column] for column in columns], row.where)
        rows.append(VotesRow(row.where, row["usage"], row["image name"], votes))
    return rows
