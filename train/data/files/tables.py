"""CSV files as programs of every kind write them.

Fields are separated by commas, semicolons or tabs; the first line decides. A byte order mark, Windows line ends, blank
lines and spaces around a field are allowed. Columns are found in upper or lower case.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from train.data.labelled_faces import DatasetError

SUFFIXES = (".csv", ".tsv")

#: Characters in one field. A picture of 1,024x1,024 in colour, written as numbers, has 12 million.
MAX_FIELD = 2**24

_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row.

    Attributes:
        where: file and line, for messages.
        line: its line in the file.
        values: fields without surrounding spaces, by column in lower case.
    """

    where: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


def numbered_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not blank, with its number; the fields have no surrounding spaces.

    Raises:
        DatasetError: no such file, or it is not a CSV file.
    """
    # The csv module has one limit for the process; its default refuses pictures of 224x224.
    csv.field_size_limit(max(MAX_FIELD, csv.field_size_limit()))
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file, delimiter=_separator(file))
            for fields in reader:
                stripped = [field.strip() for field in fields]
                if any(stripped):
                    yield reader.line_num, stripped
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file.") from None
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DatasetError(f"{path}: cannot be read as CSV: {error}.") from error


def _separator(file: TextIO) -> str:
    """The separator that occurs most often in the first line that is not blank; the file is rewound."""
    first = next((line for line in iter(lambda: file.readline(MAX_FIELD), "") if line.strip()), "")
    file.seek(0)
    return max(_SEPARATORS, key=first.count)


def columns_of(path: Path) -> list[str]:
    """The header in lower case; empty for an empty file.

    Raises:
        DatasetError: no such file, or it is not a CSV file.
    """
    for _, fields in numbered_lines(path):
        return [field.lower() for field in fields]
    return []


def table_rows(path: Path, needed: Sequence[str]) -> Iterator[TableRow]:
    """Every row below the header.

    Args:
        needed: columns that must be there, in lower case.

    Raises:
        DatasetError: no such file, it is not a CSV file, a column is missing, or a row lacks fields.
    """
    header: list[str] = []
    for line, fields in numbered_lines(path):
        if not header:
            header = [field.lower() for field in fields]
            check_columns(path, header, needed)
            continue
        where = f"{path}: row {line}"
        if len(fields) != len(header):
            raise DatasetError(f"{where}: has {len(fields)} fields, not {len(header)}.")
        yield TableRow(where, line, dict(zip(header, fields, strict=True)))
    if not header:
        check_columns(path, header, needed)


def check_columns(path: Path, header: Sequence[str], needed: Sequence[str]) -> None:
    """Raises DatasetError: the header, in lower case, lacks a column."""
    for column in needed:
        if column.lower() not in header:
            raise DatasetError(f"{path}: has no column '{column}'; it needs {', '.join(needed)}.")
