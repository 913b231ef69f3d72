"""``create_dataset`` reads any data set; it recognises the layout of what lies at a path."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from train.data.affectnet import SET_OF_SPLIT, list_of, read_boxed, read_numbered
from train.data.class_folders import folders_in, is_class_folders, read_class_folders
from train.data.facial_expressions import LEGEND, read_facial_expressions
from train.data.files.archives import is_archive, name_without_suffix, unpacked
from train.data.files.tables import SUFFIXES, columns_of
from train.data.kaggle_csv import read_kaggle_csv
from train.data.labelled_faces import DatasetError, LabelledFaces
from train.data.labelling import LabelsAs, labelled_key
from train.data.raf_db import has_numbered_folders, list_in, read_numbered_folders, read_raf_db
from train.data.splits import VALIDATION_SHARE, Split, is_split, split_named
from train.data.zips import ZIP_OF_USAGE, iterate_zip, read_zip, read_zip_of_any_size

__all__ = [
    "FER2013",
    "LAYOUTS",
    "ZIP_OF_USAGE",
    "LabelsAs",
    "Layout",
    "SplitName",
    "iterate_zip",
    "labelled_key",
    "create_dataset",
    "read_zip",
    "split_name",
]

FER2013 = "FER2013"

#: FER2013's words for the splits.
USAGE_OF_SPLIT: dict[Split, str] = {"training": "Training", "validation": "PublicTest", "test": "PrivateTest"}

#: Kaggle's files; the first that exists is read.
KAGGLE_FILES = ("fer2013.csv", "icml_face_data.csv")

#: Folders that may lie one in another around a data set, as in archives.
MAX_LEVELS = 4


@dataclass(frozen=True)
class Layout:
    """One layout of one data set.

    Attributes:
        name: in messages.
        is_at: whether a folder has this layout.
        read: reads a split; takes folder, split, labels, and the share that validates where there are no splits.
        data_set: the name in cards; "" where only its owner knows it.
        has_votes: whether it may have FER+'s votes.
    """

    name: str
    is_at: Callable[[Path], bool]
    read: Callable[[Path, Split, LabelsAs, float], LabelledFaces]
    data_set: str = ""
    has_votes: bool = False


@dataclass(frozen=True)
class SplitName:
    """What a card calls one split of one data set.

    Attributes:
        data_set: "FER2013" and so on, or the name of a folder with somebody's own faces.
        split: in the data set's own words: FER2013 validates on PublicTest, others on validation.
    """

    data_set: str
    split: str

    def __str__(self) -> str:
        return f"{self.data_set} {self.split}"


def split_name(path: Path, usage: str) -> SplitName:
    """The name of what ``create_dataset`` reads, by its layout; by the path's name for somebody's own faces.

    Raises:
        DatasetError: no known layout lies there, or no split has that name.
    """
    split = split_named(usage)
    data_set = FER2013 if _is_csv(path) else _layout_at(path)[0].data_set
    name = data_set or name_without_suffix(Path(os.path.abspath(path)))
    return SplitName(name, USAGE_OF_SPLIT[split] if data_set == FER2013 else split)


def create_dataset(
    path: Path, usage: str, labels_as: str = "emotion", *, validation: float = VALIDATION_SHARE
) -> LabelledFaces:
    """Reads one split of the data set at ``path``, which it recognises by its layout.

    Faces are converted to 48x48, grey; those of FER2013's zips keep their size.

    Args:
        path: a folder, an archive of one, or one of Kaggle's CSV files.
        usage: Training, PublicTest, PrivateTest, or another word for them such as train, validation, test.
        labels_as: "emotion" gives the data set's own classes. "ferplus", for FER2013 with FER+'s votes, gives
            ``FERPLUS_CLASSES``: the majority as label and the votes as ``targets``, without images that have none.
        validation: share that validates where a data set has no splits.

    Raises:
        DatasetError: no known layout lies there, it lacks the split or the labels, or a file is missing or damaged.
    """
    split = split_named(usage)
    if labels_as not in ("emotion", "ferplus"):
        raise DatasetError(f"Labels are 'emotion' or 'ferplus', not '{labels_as}'.")
    labels: LabelsAs = "ferplus" if labels_as == "ferplus" else "emotion"
    if _is_csv(path):
        return read_kaggle_csv(path, USAGE_OF_SPLIT[split], labels)
    layout, folder = _layout_at(path)
    if labels == "ferplus" and not layout.has_votes:
        raise DatasetError(f"{path}: {layout.name} has no FER+ votes; only FER2013 does.")
    try:
        return layout.read(folder, split, labels, validation)
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read: {error}.") from error


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def _layout_at(path: Path) -> tuple[Layout, Path]:
    """The layout, and the folder that has it: ``path``, an archive's content, or one below that lies there alone."""
    if not path.is_dir() and not is_archive(path):
        raise DatasetError(f"{path}: no such folder or CSV file, and no archive.")
    top = unpacked(path) if is_archive(path) else path
    try:
        for folder in _only_folders(top):
            for layout in LAYOUTS:
                if layout.is_at(folder):
                    return layout, folder
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read: {error}.") from error
    raise DatasetError(f"{path}: holds no data set in a known layout.", "'python -m train datasets' lists the layouts.")


def _only_folders(path: Path) -> Iterator[Path]:
    """The folder, and those below it as long as one lies alone. A split's folder is not entered: it may be a test's."""
    yield path
    for _ in range(MAX_LEVELS):
        inside = folders_in(path)
        if len(inside) != 1 or is_split(inside[0].name):
            return
        path = inside[0]
        yield path


def _labels_columns(folder: Path) -> set[str]:
    try:
        return set(columns_of(folder / "labels.csv"))
    except DatasetError:
        # Its reader will say what is wrong.
        return set()


def _has_split_zips(folder: Path) -> bool:
    columns = _labels_columns(folder)
    return "split" in columns and "usage" not in columns and _has_labelled_zips(folder)


def _has_labelled_zips(folder: Path) -> bool:
    """Whether the folder's labels.csv is for zips, and does not just lie beside a folder per class."""
    return (folder / "labels.csv").is_file() and (any(folder.glob("*.zip")) or not is_class_folders(folder))


def _read_fer2013_zips(folder: Path, split: Split, labels_as: LabelsAs, _: float) -> LabelledFaces:
    usage = USAGE_OF_SPLIT[split]
    return read_zip(folder / ZIP_OF_USAGE[usage], folder / "labels.csv", usage, labels_as, complete=True)


def _read_split_zips(folder: Path, split: Split, _: LabelsAs, __: float) -> LabelledFaces:
    word = "train" if split == "training" else split
    named = [path for path in sorted(folder.glob("*.zip")) if is_split(path.stem) and split_named(path.stem) == split]
    return read_zip_of_any_size(named[0] if named else folder / f"{word}.zip", folder / "labels.csv", word)


def _kaggle_file(folder: Path) -> Path | None:
    present = {path.name.strip().lower(): path for path in sorted(folder.iterdir()) if path.is_file()}
    return next((present[name] for name in KAGGLE_FILES if name in present), None)


def _read_kaggle(folder: Path, split: Split, labels_as: LabelsAs, _: float) -> LabelledFaces:
    return read_kaggle_csv(_kaggle_file(folder) or folder / KAGGLE_FILES[0], USAGE_OF_SPLIT[split], labels_as)


#: The first that matches is read.
LAYOUTS = (
    Layout("facial_expressions as zips", _has_split_zips, _read_split_zips, "facial_expressions"),
    Layout("FER2013 as zips", _has_labelled_zips, _read_fer2013_zips, FER2013, has_votes=True),
    Layout("FER2013 of Kaggle", lambda folder: _kaggle_file(folder) is not None, _read_kaggle, FER2013, has_votes=True),
    Layout(
        "facial_expressions",
        lambda folder: (folder / LEGEND).is_file(),
        lambda folder, split, _, validation: read_facial_expressions(folder, split, validation),
        "facial_expressions",
    ),
    Layout(
        "AffectNet with face boxes",
        lambda folder: any(list_of(folder, split) is not None for split in USAGE_OF_SPLIT),
        lambda folder, split, _, __: read_boxed(folder, split),
        "AffectNet",
    ),
    Layout(
        "AffectNet of numbered faces",
        lambda folder: any((folder / name).is_dir() for name in SET_OF_SPLIT.values()),
        lambda folder, split, _, __: read_numbered(folder, split),
        "AffectNet",
    ),
    Layout(
        "RAF-DB",
        lambda folder: list_in(folder) is not None,
        lambda folder, split, _, validation: read_raf_db(folder, split, validation),
        "RAF-DB",
    ),
    Layout(
        "RAF-DB in numbered folders",
        has_numbered_folders,
        lambda folder, split, _, validation: read_numbered_folders(folder, split, validation),
        "RAF-DB",
    ),
    Layout(
        "a folder per class",
        is_class_folders,
        lambda folder, split, _, validation: read_class_folders(folder, split, validation),
    ),
)
