"""A folder per class: ``happy/a.png``, at the top or below ``training/`` and ``validation/`` (or other words for them).

A class may have any name that the program knows for it, in upper or lower case, also after a number (``0_angry``). A
further level called ``images`` changes nothing. The folder decides, even if a ``labels.csv`` lies beside: in copies of
AffectNet it holds what a model predicted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.request import PICTURE_SUFFIXES
from train.data.files.class_words import folder_key
from train.data.labelled_faces import DatasetError, LabelledFaces
from train.data.pictures import PictureRow, read_faces
from train.data.splits import VALIDATION_SHARE, Split, is_split, split_by_name, split_named

#: The expression that a folder's name means, or None.
KeyOf = Callable[[str], str | None]

_LEVELS = ("images", "image")


def folders_in(folder: Path) -> list[Path]:
    """Its folders that are not hidden, sorted."""
    hidden = (".", "__")
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(hidden))


def pictures_in(folder: Path) -> list[Path]:
    """Its pictures that are not hidden, sorted."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in PICTURE_SUFFIXES and not path.name.startswith(".") and path.is_file()
    )


def without_levels(folder: Path) -> Path:
    """The folder itself, or the one below it that is called ``images`` if there is no other."""
    while len(inside := folders_in(folder)) == 1 and inside[0].name.strip().lower() in _LEVELS:
        folder = inside[0]
    return folder


def is_class_folders(folder: Path) -> bool:
    inside = folders_in(without_levels(folder))
    tops = [inside, *(folders_in(without_levels(path)) for path in inside if is_split(path.name))]
    return any(_is_class(path.name) for top in tops for path in top) or any(_are_numbers(top) for top in tops)


def _is_class(name: str) -> bool:
    return folder_key(name) is not None


def _are_numbers(folders: list[Path]) -> bool:
    return len(folders) > 1 and all(path.name.strip().isdecimal() for path in folders)


def read_class_folders(
    folder: Path, split: Split, validation: float = VALIDATION_SHARE, key_of: KeyOf = folder_key
) -> LabelledFaces:
    """Reads one split, converted to 48x48. The classes are those of all splits together, in the program's order.

    Without a validation folder, a hash of each file's class and name splits training; ``test/`` never validates, since
    the epoch would then be chosen on it. Files without a picture's suffix are ignored.

    Args:
        validation: share that validates where no folder does.

    Raises:
        DatasetError: there is no such split, a folder is not a class, or a picture is missing or damaged.
    """
    folder = without_levels(folder)
    by_split: dict[Split, list[Path]] = {}
    for path in folders_in(folder):
        if is_split(path.name):
            by_split.setdefault(split_named(path.name), []).append(without_levels(path))
    everything = [path for paths in by_split.values() for path in paths] or [folder]
    keys = {key for top in everything for _, key in _classes(top, key_of)}
    class_names = tuple(key for key in EXPRESSION_KEYS if key in keys)
    if by_split:
        _only_splits(folder)
    hashed = "validation" not in by_split and split != "test"
    tops = by_split.get("training" if hashed else split, [])
    if hashed and not by_split:
        tops = [folder]
    if not tops:
        raise DatasetError(f"{folder}: has no folder for the split '{split}'.")
    rows = [row for top in tops for row in _pictures(top, key_of)]
    if hashed:
        rows = [row for row in rows if split_by_name(f"{row.key}/{_file_name(row)}", validation) == split]
    if not rows:
        raise DatasetError(f"{folder}: holds no picture of the split '{split}'.")
    return read_faces(rows, class_names)


def _only_splits(folder: Path) -> None:
    for path in folders_in(folder):
        if not is_split(path.name):
            raise DatasetError(f"{path}: lies beside the splits' folders, but '{path.name}' is not a split.")


def _classes(top: Path, key_of: KeyOf) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    for path in folders_in(top):
        key = key_of(path.name)
        if key is None and path.name.strip().isdecimal():
            raise DatasetError(
                f"{path}: '{path.name}' is a number, which data sets use for different classes; "
                "name the folder after its expression, such as 'happy'."
            )
        if key is None:
            raise DatasetError(f"{path}: '{path.name}' is not an expression, such as 'happy'.")
        found.append((path, key))
    return found


def _pictures(top: Path, key_of: KeyOf) -> Iterator[PictureRow]:
    for path, key in _classes(top, key_of):
        for place in dict.fromkeys((path, without_levels(path))):
            for picture in pictures_in(place):
                yield PictureRow(picture, 0, top, picture.relative_to(top).as_posix(), key)


def _file_name(row: PictureRow) -> str:
    return row.name.rpartition("/")[2]
