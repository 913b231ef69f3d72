"""facial_expressions of muxspace: press photographs in eight classes, as its repository lays them out.

``images/`` holds the pictures, ``data/legend.csv`` (``user.id,image,emotion``) their classes in words of either case.
It has no splits, so a hash of the person's name makes them: nobody is both learned from and validated on.
Source: https://github.com/muxspace/facial_expressions.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path, PurePosixPath

from realtime_fer.core.expressions import expression_named, is_expression
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError, LabelledFaces
from train.data.pictures import PictureRow, read_faces
from train.data.splits import VALIDATION_SHARE, Split, split_by_name

LEGEND = Path("data") / "legend.csv"
IMAGES = Path("images")

# "A_Name_0012.jpg" is the twelfth picture of A_Name; some numbers have a letter behind them.
_NUMBER = re.compile(r"[_\- ]*\d+[A-Za-z]?$")


def person_in(image: str) -> str:
    """The name of an image before its number, in small letters."""
    stem = PurePosixPath(image).stem
    return (_NUMBER.sub("", stem) or stem).casefold()


def read_facial_expressions(folder: Path, split: Split, validation: float = VALIDATION_SHARE) -> LabelledFaces:
    """One split, brought to 48x48.

    Args:
        folder: the repository's checkout.
        validation: share of the persons who validate.

    Raises:
        DatasetError: a file is missing or damaged, a row names no expression or no image, an image has two classes,
            or nobody is in the split.
    """
    if not (folder / IMAGES).is_dir():
        raise DatasetError(f"{folder / IMAGES}: no such folder, though {LEGEND.as_posix()} is there.")
    rows = [
        row
        for row in _legend(folder / LEGEND, folder / IMAGES)
        if split_by_name(person_in(row.name), validation) == split
    ]
    if not rows:
        raise DatasetError(f"{folder / LEGEND}: nobody is in the split '{split}'.")
    return read_faces(rows, FERPLUS_CLASSES)


def _legend(path: Path, images: Path) -> list[PictureRow]:
    rows: dict[str, PictureRow] = {}
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file)
            header = [column.strip().lower() for column in next(reader, [])]
            for column in ("image", "emotion"):
                if column not in header:
                    raise DatasetError(f"{path}: has no column '{column}'.")
            image, emotion = header.index("image"), header.index("emotion")
            for fields in reader:
                where = f"{path}: row {reader.line_num}"
                if len(fields) != len(header):
                    raise DatasetError(f"{where}: has {len(fields)} fields, not {len(header)}.")
                name, word = fields[image].strip(), fields[emotion].strip()
                if not name:
                    raise DatasetError(f"{where}: names no image.")
                if not is_expression(word):
                    raise DatasetError(f"{where}: '{word}' is no expression.")
                row = PictureRow(path, reader.line_num, images, name, expression_named(word).key)
                # Several people labelled: who agrees is counted once.
                if rows.setdefault(name, row).key != row.key:
                    raise DatasetError(f"{where}: '{name}' is {row.key}, but {rows[name].key} in row {rows[name].row}.")
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file.") from None
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DatasetError(f"{path}: cannot be read as CSV: {error}.") from error
    return list(rows.values())
