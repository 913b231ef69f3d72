"""A run's ``log.csv``: one row an epoch."""

from __future__ import annotations

import csv
from pathlib import Path

from train.data.labelled_faces import DatasetError


def append_row(path: Path, row: dict[str, float], fresh: bool) -> None:
    """Appends a row; ``fresh`` starts a new file with a header."""
    with path.open("w" if fresh else "a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        if fresh:
            writer.writeheader()
        writer.writerow(row)


def trim_log(path: Path, epochs: int) -> None:
    """Keeps the first ``epochs`` rows: a run may stop between its log and its checkpoint."""
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(lines[: epochs + 1]) + "\n", encoding="utf-8")


def read_log(path: Path) -> dict[str, list[float]]:
    """The columns of a run's ``log.csv``.

    Raises:
        DatasetError: no such file, or a row is damaged.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        columns = {name: [float(row[name]) for row in rows] for name in (rows[0] if rows else {})}
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file; give a run's folder, written by 'fit'.") from None
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, TypeError, KeyError) as error:
        raise DatasetError(f"{path}: is not a log of a run: {error}.") from error
    if not columns:
        raise DatasetError(f"{path}: holds no epoch yet.")
    for needed in ("epoch", "loss", "training_accuracy", "validation_accuracy"):
        if needed not in columns:
            raise DatasetError(f"{path}: has no column '{needed}'.")
    return columns
