"""FER+'s ``fer2013new.csv``: ten votes for each row of ``fer2013.csv``, in the same order.

Source: https://github.com/microsoft/FERPlus and Barsoum et al., 2016, arXiv:1608.01041. It names no
image that FER+ dropped.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.data.labelled_faces import DatasetError
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
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file)
            header = [column.strip().lower() for column in next(reader, [])]
            wanted = ("usage", "image name", *(column.lower() for column in VOTE_COLUMNS))
            missing = [column for column in wanted if column not in header]
            if missing:
                raise DatasetError(f"{path}: has no column '{missing[0]}'.")
            usage, image, *votes = (header.index(column) for column in wanted)
            rows: list[VotesRow] = []
            for row in reader:
                where = f"{path}: row {reader.line_num}"
                if len(row) != len(header):
                    raise DatasetError(f"{where}: has {len(row)} fields, not {len(header)}.")
                counts = parse_votes([row[column] for column in votes], where)
                rows.append(VotesRow(where, row[usage].strip(), row[image].strip(), counts))
            return rows
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file.") from None
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DatasetError(f"{path}: cannot be read as CSV: {error}.") from error
