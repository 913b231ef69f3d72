"""Faces and labels from a zip of images with its ``labels.csv``, and the one door to FER2013 in either form."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from train.datasets.kaggle_csv import read_kaggle_csv
from train.datasets.labelled_faces import FER2013_CLASSES, DatasetError, LabelledFaces
from train.datasets.labels_csv import LabelRow, read_labels

LabelsAs = Literal["emotion", "ferplus"]

#: Names of the zips in a FER2013 folder, by usage.
ZIP_OF_USAGE = {"Training": "training.zip", "PublicTest": "public_test.zip", "PrivateTest": "private_test.zip"}


def open_dataset(path: Path, usage: str) -> LabelledFaces:
    """One split of the FER2013 at ``path``: a folder with the zips and ``labels.csv``, or Kaggle's ``fer2013.csv``.

    Raises:
        DatasetError: nothing of that form is there, or it is damaged.
    """
    if path.is_dir():
        if (path / "labels.csv").is_file():
            return read_zip(path / ZIP_OF_USAGE[usage], path / "labels.csv", usage)
        if (path / "fer2013.csv").is_file():
            return read_kaggle_csv(path / "fer2013.csv", usage)
        raise DatasetError(f"{path}: holds neither labels.csv with the zips nor fer2013.csv.")
    if path.suffix.lower() == ".csv":
        return read_kaggle_csv(path, usage)
    raise DatasetError(f"{path}: no such folder or CSV file.")


def labelled_key(row: LabelRow, labels_as: LabelsAs) -> str | None:
    """Expression key of the row; None where FER+'s majority rule drops it."""
    return row.majority_key() if labels_as == "ferplus" else row.expression_key()


def iterate_zip(images_zip: Path, rows: list[LabelRow]) -> Iterator[tuple[LabelRow, npt.NDArray[np.uint8]]]:
    """Every row that has an image in the zip, with that image as uint8 (h, w) grey.

    Rows without an image are left out, since each zip holds one split. An image is found by its file name, or by
    its name without the extension. Any format OpenCV reads will do.

    Raises:
        DatasetError: no such file, no zip, or an image in it is damaged.
    """
    try:
        with zipfile.ZipFile(images_zip) as archive:
            members = _members(archive)
            for row in rows:
                name = PurePosixPath(row.image).name
                member = members.get(name) or members.get(PurePosixPath(name).stem)
                if member is not None:
                    yield row, _decode(archive.read(member), f"{images_zip}: '{member}'")
    except FileNotFoundError:
        raise DatasetError(f"{images_zip}: no such file.") from None
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError) as error:
        raise DatasetError(f"{images_zip}: cannot be read as a zip: {error}.") from error


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Full name in the archive by file name, and by file name without the extension."""
    files = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX")]
    stems = {PurePosixPath(name).stem: name for name in files}
    return {**stems, **{PurePosixPath(name).name: name for name in files}}


def _decode(encoded: bytes, where: str) -> npt.NDArray[np.uint8]:
    # OpenCV refuses a WebP under 32 bytes, which an all-black face can be; its reader ignores what follows
    # the RIFF chunk.
    padded = encoded.ljust(64, b"\0")
    try:
        image = cv2.imdecode(np.frombuffer(padded, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        image = None
    if image is None:
        raise DatasetError(f"{where} is not an image.")
    return np.asarray(image, np.uint8)


def read_zip(images_zip: Path, labels_csv: Path, usage: str) -> LabelledFaces:
    """The faces of ``images_zip`` that ``labels_csv`` puts into ``usage``, in FER2013's seven classes.

    Rows of another class are left out. All images must share one size.

    Raises:
        DatasetError: a file is missing or damaged, or nothing is left.
    """
    rows = read_labels(labels_csv, usage)
    images: list[npt.NDArray[np.uint8]] = []
    kept: list[LabelRow] = []
    for row, image in iterate_zip(images_zip, rows):
        if row.expression_key() not in FER2013_CLASSES:
            continue
        if images and image.shape != images[0].shape:
            (height, width), (first_height, first_width) = image.shape, images[0].shape
            raise DatasetError(
                f"{images_zip}: '{row.image}' is {width}x{height}, the others {first_width}x{first_height}."
            )
        images.append(image)
        kept.append(row)
    if not images:
        raise DatasetError(f"{images_zip}: holds none of the images that {labels_csv} puts into '{usage}'.")
    votes = np.stack([row.vote_shares() for row in kept]).astype(np.float32)
    return LabelledFaces(
        np.stack(images),
        np.array([FER2013_CLASSES.index(row.expression_key()) for row in kept], np.int64),
        FER2013_CLASSES,
        tuple(row.image for row in kept),
        votes if kept[0].votes is not None else None,
    )
