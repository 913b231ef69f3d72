"""facial_expressions by muxspace: press photographs in eight classes, in its repository's layout.

``images/`` holds the pictures, ``data/legend.csv`` (``user.id,image,emotion``) their classes in upper or lower case. It
has no splits, so a hash of the person's name makes them: nobody is in both training and validation.
Source: https://github.com/muxspace/facial_expressions.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from realtime_fer.core.expressions import expression_named, is_expression
from train.data.files.tables import table_rows
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError, LabelledFaces
from train.data.pictures import PictureRow, read_faces
from train.data.splits import VALIDATION_SHARE, Split, split_by_name

#: The data set's name in cards.
PRESS = "facial_expressions"

LEGEND = Path("data") / "legend.csv"
IMAGES = Path("images")

# "A_Name_0012.jpg" is the twelfth picture of A_Name; some numbers have a letter behind them.
_NUMBER = re.compile(r"[_\- ]*\d+[A-Za-z]?$")


def person_in(image: str) -> str:
    """The person's name in an image's name, in lower case: what comes before the number."""
    stem = PurePosixPath(image).stem
    return (_NUMBER.sub("", stem) or stem).casefold()


def read_facial_expressions(folder: Path, split: Split, validation: float = VALIDATION_SHARE) -> LabelledFaces:
    """Reads one split, converted to 48x48.

    Args:
        folder: the repository's checkout.
        validation: share of the people in validation.

    Raises:
        DatasetError: a file is missing or damaged, a row lacks an expression or an image, an image has two classes, or
            nobody is in the split.
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
    for fields in table_rows(path, ("image", "emotion")):
        name, word = fields["image"], fields["emotion"]
        if not name:
            raise DatasetError(f"{fields.where}: names no image.")
        if not is_expression(word):
            raise DatasetError(f"{fields.where}: '{word}' is not an expression.")
        row = PictureRow(path, fields.line, images, name, expression_named(word).key)
        # Several people labelled; equal labels count once.
        if rows.setdefault(name, row).key != row.key:
            raise DatasetError(f"{fields.where}: '{name}' is {row.key}, but {rows[name].key} in row {rows[name].row}.")
    return list(rows.values())
