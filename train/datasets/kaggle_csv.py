"""Kaggle's own forms of FER2013: ``fer2013.csv`` (``emotion,pixels,Usage``) and ``icml_face_data.csv`` (spaced header).

Source: Goodfellow et al., "Challenges in Representation Learning", 2013, arXiv:1307.0414.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.datasets.labelled_faces import FER2013_CLASSES, DatasetError, LabelledFaces


def read_kaggle_csv(path: Path, usage: str) -> LabelledFaces:
    """One split of the file.

    Raises:
        DatasetError: no such file, another form, a damaged row (named), or no row of that usage.
    """
    images: list[npt.NDArray[np.uint8]] = []
    labels: list[int] = []
    names: list[str] = []
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file)
            header = [column.strip().lower() for column in next(reader, [])]
            missing = [column for column in ("emotion", "pixels", "usage") if column not in header]
            if missing:
                raise DatasetError(f"{path}: has no column '{missing[0]}'.")
            emotion, pixels, split = (header.index(column) for column in ("emotion", "pixels", "usage"))
            for row in reader:
                where = f"{path}: row {reader.line_num}"
                if len(row) != len(header):
                    raise DatasetError(f"{where}: has {len(row)} fields, not {len(header)}.")
                if row[split].strip().lower() != usage.strip().lower():
                    continue
                images.append(_image(row[pixels], where))
                if images[-1].shape != images[0].shape:
                    raise DatasetError(f"{where}: is {len(images[-1])} pixels wide, the others {len(images[0])}.")
                labels.append(_label(row[emotion], where))
                names.append(f"row {reader.line_num}")
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file.") from None
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DatasetError(f"{path}: cannot be read as CSV: {error}.") from error
    if not images:
        raise DatasetError(f"{path}: no row has the usage '{usage}'.")
    return LabelledFaces(np.stack(images), np.asarray(labels, np.int64), FER2013_CLASSES, tuple(names))


def _image(text: str, where: str) -> npt.NDArray[np.uint8]:
    try:
        values = np.array(text.split(), dtype=np.int64)
    except ValueError:
        raise DatasetError(f"{where}: its pixels are not whole numbers.") from None
    side = round(values.size**0.5)
    if side < 1 or side * side != values.size:
        raise DatasetError(f"{where}: {values.size} pixels are no square image.")
    if values.min() < 0 or values.max() > 255:
        raise DatasetError(f"{where}: its pixels are not all 0 to 255.")
    return values.astype(np.uint8).reshape(side, side)


def _label(text: str, where: str) -> int:
    try:
        label = int(text)
    except ValueError:
        label = -1
    if not 0 <= label < len(FER2013_CLASSES):
        raise DatasetError(f"{where}: its class {text!r} is not 0 to {len(FER2013_CLASSES) - 1}.")
    return label
