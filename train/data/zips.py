"""Faces and labels from a zip of images with its ``labels.csv``."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES, DatasetError, LabelledFaces
from train.data.labelling import LabelsAs, labelled_faces
from train.data.labels_csv import LabelRow, read_labels
from train.data.pictures import decode, to_face

#: Names of the zips in a FER2013 folder, by usage.
ZIP_OF_USAGE = {"Training": "training.zip", "PublicTest": "public_test.zip", "PrivateTest": "private_test.zip"}

#: Of one picture in a zip.
MAX_PICTURE_BYTES = 64 * 2**20


def iterate_zip(
    images_zip: Path, rows: list[LabelRow], *, complete: bool = False
) -> Iterator[tuple[LabelRow, npt.NDArray[np.uint8]]]:
    """Every row that has an image in the zip, with that image as uint8 (h, w), grey.

    Images are found by file name, with or without suffix, in any format that OpenCV reads.

    Args:
        complete: a row without an image is an error; otherwise it is left out.

    Raises:
        DatasetError: no such file, not a zip, or an image is damaged or, with ``complete``, missing.
    """
    try:
        with zipfile.ZipFile(images_zip) as archive:
            members = _members(archive)
            for row in rows:
                name = PurePosixPath(row.image).name
                member = members.get(name) or members.get(PurePosixPath(name).stem)
                if member is not None:
                    yield row, decode(_read(archive, member, images_zip), f"{images_zip}: '{member}'")
                elif complete:
                    raise DatasetError(f"{row.where}: {images_zip} holds no image '{row.image}'.")
    except FileNotFoundError:
        raise DatasetError(f"{images_zip}: no such file.") from None
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError) as error:
        raise DatasetError(f"{images_zip}: cannot be read as a zip: {error}.") from error


def _read(archive: zipfile.ZipFile, member: str, images_zip: Path) -> bytes:
    if archive.getinfo(member).file_size > MAX_PICTURE_BYTES:
        raise DatasetError(f"{images_zip}: '{member}' is larger than {MAX_PICTURE_BYTES // 2**20} MB.")
    return archive.read(member)


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Full name in the archive by file name, and by file name without the extension."""
    files = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX")]
    stems = {PurePosixPath(name).stem: name for name in files}
    return {**stems, **{PurePosixPath(name).name: name for name in files}}


def read_zip(
    images_zip: Path, labels_csv: Path, usage: str, labels_as: LabelsAs = "emotion", *, complete: bool = False
) -> LabelledFaces:
    """The faces of ``images_zip`` that ``labels_csv`` puts into ``usage``, labelled as ``labelled_faces`` says.

    Rows of a class that FER2013 lacks are left out. All images must share one size.

    Args:
        complete: a row without an image is an error, and not left out.

    Raises:
        DatasetError: a file is missing or damaged, or nothing is left.
    """
    images: list[npt.NDArray[np.uint8]] = []
    kept: list[LabelRow] = []
    for row, image in iterate_zip(images_zip, read_labels(labels_csv, usage), complete=complete):
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
    return labelled_faces(images, kept, labels_as, f"{images_zip}: '{usage}'")


def read_zip_of_any_size(images_zip: Path, labels_csv: Path, split: str) -> LabelledFaces:
    """As ``read_zip``, but of eight classes, and each image is brought to 48x48. No image may be missing.

    Raises:
        DatasetError: a file is missing or damaged, or no row is of that split.
    """
    rows = read_labels(labels_csv, split)
    keys = [row.expression_key() for row in rows]
    faces = [to_face(image) for _, image in iterate_zip(images_zip, rows, complete=True)]
    return LabelledFaces(
        np.stack(faces),
        np.array([FERPLUS_CLASSES.index(key) for key in keys], np.int64),
        FERPLUS_CLASSES,
        tuple(row.image for row in rows),
    )
