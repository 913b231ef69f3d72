"""RAF-DB, basic expressions: as its authors distribute it, and in numbered folders as others pass it on.

The authors' layout lists ``train_00001.jpg 5`` in ``EmoLabel/list_patition_label.txt`` (spelled so), with faces in
``Image/aligned/train_00001_aligned.jpg``. The other one has ``train/5/train_00001_aligned.jpg`` and ``test/``. Neither
has a validation split, so a hash of the file names takes it from training; what is called test stays apart.
Source: Li et al., "Reliable Crowdsourcing and Deep Locality-Preserving Learning", 2017, doi:10.1109/CVPR.2017.277.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from train.data.class_folders import folders_in, pictures_in, read_class_folders
from train.data.files.class_words import whole_number
from train.data.labelled_faces import DatasetError, LabelledFaces
from train.data.pictures import PictureRow, read_faces
from train.data.splits import VALIDATION_SHARE, Split, is_split, split_by_name

#: Of the numbers 1 to 7.
RAF_DB_CLASSES = ("surprise", "fear", "disgust", "happy", "sad", "angry", "neutral")

_LISTS = tuple(
    f"{folder}{name}"
    for folder in ("", "EmoLabel/", "basic/EmoLabel/")
    for name in ("list_patition_label.txt", "list_partition_label.txt")
)
_IMAGE_FOLDERS = ("Image/aligned", "basic/Image/aligned", "aligned", "Image", "")
_PREFIXES = ("train_", "test_")


def raf_db_key(text: str) -> str | None:
    """The expression of a number from 1 to 7, or None."""
    number = whole_number(text)
    return RAF_DB_CLASSES[number - 1] if number is not None and 1 <= number <= len(RAF_DB_CLASSES) else None


def list_in(folder: Path) -> Path | None:
    """The list of a folder in the authors' layout, or None."""
    return next((folder / name for name in _LISTS if (folder / name).is_file()), None)


def has_numbered_folders(folder: Path) -> bool:
    """Whether train/ or test/ hold folders 1 to 7 whose pictures are called as RAF-DB's."""
    numbered = [path for split in folders_in(folder) if is_split(split.name) for path in folders_in(split)]
    if not numbered or any(raf_db_key(path.name) is None for path in numbered):
        return False
    first = next((picture for path in numbered for picture in pictures_in(path)), None)
    return first is not None and first.name.startswith(_PREFIXES)


def read_numbered_folders(folder: Path, split: Split, validation: float = VALIDATION_SHARE) -> LabelledFaces:
    """As ``read_class_folders``, for folders 1 to 7."""
    return read_class_folders(folder, split, validation, raf_db_key)


def read_raf_db(folder: Path, split: Split, validation: float = VALIDATION_SHARE) -> LabelledFaces:
    """Reads one split of the authors' layout, converted to 48x48.

    Args:
        validation: share of the training faces that validates.

    Raises:
        DatasetError: the list or a face is missing or damaged, or nothing is in the split.
    """
    path = list_in(folder) or folder / _LISTS[0]
    rows = [row for row in _listed(path, folder) if _split_of(row, validation) == split]
    if not rows:
        raise DatasetError(f"{path}: lists no picture of the split '{split}'.")
    return read_faces(rows, RAF_DB_CLASSES)


def _split_of(row: PictureRow, validation: float) -> Split:
    name = PurePosixPath(row.name).stem.removesuffix("_aligned")
    return "test" if name.startswith("test_") else split_by_name(name, validation)


def _listed(path: Path, folder: Path) -> Iterator[PictureRow]:
    images: Path | None = None
    suffix = "_aligned"
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line, text in enumerate(file, 1):
                where = f"{path}: row {line}"
                fields = text.split()
                if not fields:
                    continue
                if len(fields) != 2 or not fields[0].startswith(_PREFIXES):
                    raise DatasetError(f"{where}: is not a name such as 'train_00001.jpg' and a number.")
                name, number = PurePosixPath(fields[0]), fields[1]
                key = raf_db_key(number)
                if key is None:
                    raise DatasetError(f"{where}: its class '{number}' is not 1 to {len(RAF_DB_CLASSES)}.")
                if images is None:
                    images, suffix = _images(folder, name)
                yield PictureRow(path, line, images, f"{name.stem}{suffix}{name.suffix}", key)
    except (UnicodeDecodeError, OSError) as error:
        raise DatasetError(f"{path}: cannot be read as a list: {error}.") from error


def _images(folder: Path, name: PurePosixPath) -> tuple[Path, str]:
    """The faces' folder, and what stands behind the listed name; both from the first face that is listed."""
    for place in _IMAGE_FOLDERS:
        for suffix in ("_aligned", ""):
            if (folder / place / f"{name.stem}{suffix}{name.suffix}").is_file():
                return folder / place, suffix
    return folder / next((place for place in _IMAGE_FOLDERS if (folder / place).is_dir()), ""), "_aligned"
