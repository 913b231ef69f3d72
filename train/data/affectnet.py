"""AffectNet, in both layouts that its authors distribute on request. It may not be passed on.

The older one has photographs in folders, and the faces' boxes in ``training.csv`` and ``validation.csv``. The newer one
has cropped faces, ``train_set/images/N.jpg``, with their class in ``annotations/N_exp.npy``.
Source: Mollahosseini et al., "AffectNet", 2017, arXiv:1708.03985.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from realtime_fer.core.request import PICTURE_SUFFIXES
from train.data.files.class_words import class_key, whole_number
from train.data.files.tables import check_columns, numbered_lines
from train.data.labelled_faces import DatasetError, LabelledFaces
from train.data.pictures import BoxXywh, PictureRow, read_faces
from train.data.splits import Split

#: AffectNet's numbers 0 to 7. 8 (none), 9 (uncertain) and 10 (no face) are left out.
AFFECTNET_CLASSES = ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt")
LAST_NUMBER = 10
NO_EXPRESSION = ("none", "uncertain", "no-face", "non-face")

COLUMNS = (
    "subDirectory_filePath",
    "face_x",
    "face_y",
    "face_width",
    "face_height",
    "facial_landmarks",
    "expression",
    "valence",
    "arousal",
)
CSV_OF_SPLIT: dict[Split, str] = {"training": "training.csv", "validation": "validation.csv"}
SET_OF_SPLIT: dict[Split, str] = {"training": "train_set", "validation": "val_set", "test": "test_set"}

# Where people unpack the lists and the photographs; "" is the folder itself.
_LIST_FOLDERS = ("", "Manually_Annotated_file_lists")
_IMAGE_FOLDERS = ("images", "Manually_Annotated_Images", "Manually_Annotated/Manually_Annotated_Images", "")


def list_of(folder: Path, split: Split) -> Path | None:
    """The annotation file of a split, or None."""
    names = [CSV_OF_SPLIT[split]] if split in CSV_OF_SPLIT else []
    paths = [folder / place / name for place in _LIST_FOLDERS for name in names]
    return next((path for path in paths if path.is_file()), None)


def read_boxed(folder: Path, split: Split) -> LabelledFaces:
    """One split of the layout with boxes, each face cut by its box and brought to 48x48.

    Raises:
        DatasetError: there is no such split, a row or an image is damaged or missing, or a box is not in its picture.
    """
    listed_in = list_of(folder, split)
    if listed_in is None:
        raise DatasetError(f"{folder}: holds no {CSV_OF_SPLIT.get(split, f'list of the split {split!r}')}.")
    rows = list(_listed(listed_in, folder))
    if not rows:
        raise DatasetError(f"{listed_in}: no row has one of the eight expressions.")
    return read_faces(rows, AFFECTNET_CLASSES)


def _listed(path: Path, folder: Path) -> Iterator[PictureRow]:
    images: Path | None = None
    positions: list[int] = []
    width = 0
    for line, fields in numbered_lines(path):
        if not positions:
            positions, width = _positions(fields, path), len(fields)
            if fields[positions[0]].lower() == COLUMNS[0].lower():
                continue
        where = f"{path}: row {line}"
        if len(fields) != width:
            raise DatasetError(f"{where}: has {len(fields)} fields, not {width}.")
        name, *box, expression = (fields[position] for position in positions)
        key = _key(expression, where)
        if key is None:
            continue
        # Lists that were edited on Windows contain backslashes.
        name = name.replace("\\", "/")
        if not name:
            raise DatasetError(f"{where}: names no image.")
        if images is None:
            places = [folder / place for place in _IMAGE_FOLDERS]
            images = next((place for place in places if (place / name).is_file()), None)
            images = images or next(place for place in places if place.is_dir())
        yield PictureRow(path, line, images, name, key, _box(box, where))


def _positions(first: list[str], path: Path) -> list[int]:
    """Columns of name, box and expression. One split's list is distributed without a header."""
    wanted = [COLUMNS[0], *COLUMNS[1:5], COLUMNS[6]]
    header = [field.lower() for field in first]
    if len(first) == len(COLUMNS) and header[6].isdigit():
        return [COLUMNS.index(column) for column in wanted]
    check_columns(path, header, wanted)
    return [header.index(column.lower()) for column in wanted]


def _key(text: str, where: str) -> str | None:
    key = class_key(text, AFFECTNET_CLASSES)
    number = whole_number(text)
    is_known = text.lower() in NO_EXPRESSION if number is None else number <= LAST_NUMBER
    if key is None and not is_known:
        raise DatasetError(f"{where}: its expression {text!r} is not 0 to {LAST_NUMBER} or a word such as 'happy'.")
    return key


def _box(fields: list[str], where: str) -> BoxXywh:
    try:
        x, y, width, height = (round(float(field)) for field in fields)
    except (ValueError, OverflowError):
        raise DatasetError(f"{where}: its face box ({', '.join(fields)}) is not four numbers.") from None
    return x, y, width, height


def read_numbered(folder: Path, split: Split) -> LabelledFaces:
    """Reads one split of the layout with numbered faces, converted to 48x48.

    Raises:
        DatasetError: there is no such split, a face lacks its annotation or vice versa, or a file is damaged.
    """
    place = folder / SET_OF_SPLIT[split]
    for part in ("images", "annotations"):
        if not (place / part).is_dir():
            raise DatasetError(f"{place / part}: no such folder.")
    pictures = {p.stem: p.name for p in sorted((place / "images").iterdir()) if p.suffix.lower() in PICTURE_SUFFIXES}
    annotated = {p.name.removesuffix("_exp.npy") for p in (place / "annotations").iterdir() if p.match("*_exp.npy")}
    for number in sorted(pictures.keys() - annotated)[:1]:
        raise DatasetError(f"{place / 'annotations' / f'{number}_exp.npy'}: no such file for {pictures[number]}.")
    for number in sorted(annotated - pictures.keys())[:1]:
        raise DatasetError(f"{place / 'images' / f'{number}.jpg'}: no such file for {number}_exp.npy.")
    rows: list[PictureRow] = []
    for number in sorted(pictures, key=lambda text: (len(text), text)):
        key = _annotated_key(place / "annotations" / f"{number}_exp.npy")
        if key is not None:
            picture = pictures[number]
            rows.append(PictureRow(place / "images" / picture, 0, place / "images", picture, key))
    if not rows:
        raise DatasetError(f"{place}: holds no face with one of the eight expressions.")
    return read_faces(rows, AFFECTNET_CLASSES)


def _annotated_key(path: Path) -> str | None:
    try:
        # One number, which the distributed files store as text.
        with path.open("rb") as file:
            value = np.lib.format.read_array(file, allow_pickle=False)
        text = str(value.reshape(-1)[0]) if value.size == 1 else f"{value.size} values"
    except (OSError, ValueError, EOFError) as error:
        raise DatasetError(f"{path}: is not a NumPy file.") from error
    return _key(text, str(path))
