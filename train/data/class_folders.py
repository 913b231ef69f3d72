"""A folder per class: ``happy/a.png``, at the top or below ``training/`` and ``validation/`` (or other words for them).

A class may have any name that the program knows for it, in upper or lower case.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from realtime_fer.core.expressions import EXPRESSION_KEYS, expression_named, is_expression
from realtime_fer.core.request import PICTURE_SUFFIXES
from train.data.labelled_faces import DatasetError, LabelledFaces
from train.data.pictures import PictureRow, read_faces
from train.data.splits import VALIDATION_SHARE, Split, is_split, split_by_name, split_named


def _folders(folder: Path) -> list[Path]:
    hidden = (".", "__")
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(hidden))


def is_class_folders(folder: Path) -> bool:
    inside = _folders(folder)
    classes = [path for path in inside if is_expression(path.name)]
    below = [deeper for path in inside if is_split(path.name) for deeper in _folders(path)]
    return bool(classes) or any(is_expression(path.name) for path in below)


def read_class_folders(folder: Path, split: Split, validation: float = VALIDATION_SHARE) -> LabelledFaces:
    """Reads one split, converted to 48x48. The classes are those of all splits together, in the program's order.

    Without a validation folder, a hash of each file's class and name splits training; ``test/`` never validates, since
    the epoch would then be chosen on it. Files without a picture's suffix are ignored.

    Args:
        validation: share that validates where no folder does.

    Raises:
        DatasetError: there is no such split, a folder is not a class, or a picture is missing or damaged.
    """
    by_split: dict[Split, list[Path]] = {}
    for path in _folders(folder):
        if is_split(path.name):
            by_split.setdefault(split_named(path.name), []).append(path)
    everything = [path for paths in by_split.values() for path in paths] or [folder]
    keys = {expression_named(path.name).key for top in everything for path in _classes(top)}
    class_names = tuple(key for key in EXPRESSION_KEYS if key in keys)
    if by_split:
        _only_splits(folder)
    hashed = "validation" not in by_split and split != "test"
    tops = by_split.get("training" if hashed else split, [])
    if hashed and not by_split:
        tops = [folder]
    if not tops:
        raise DatasetError(f"{folder}: has no folder for the split '{split}'.")
    rows = [row for top in tops for row in _pictures(top)]
    if hashed:
        rows = [row for row in rows if split_by_name(f"{row.key}/{_file_name(row)}", validation) == split]
    if not rows:
        raise DatasetError(f"{folder}: holds no picture of the split '{split}'.")
    return read_faces(rows, class_names)


def _only_splits(folder: Path) -> None:
    for path in _folders(folder):
        if not is_split(path.name):
            raise DatasetError(f"{path}: lies beside the splits' folders, but '{path.name}' is not a split.")


def _classes(top: Path) -> list[Path]:
    found = _folders(top)
    for path in found:
        if not is_expression(path.name):
            raise DatasetError(f"{path}: '{path.name}' is not an expression.")
    return found


def _pictures(top: Path) -> Iterator[PictureRow]:
    for path in _classes(top):
        key = expression_named(path.name).key
        for picture in sorted(path.iterdir()):
            if picture.suffix.lower() in PICTURE_SUFFIXES and not picture.name.startswith("."):
                yield PictureRow(picture, 0, top, f"{path.name}/{picture.name}", key)


def _file_name(row: PictureRow) -> str:
    return row.name.rpartition("/")[2]
